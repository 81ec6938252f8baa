from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.ranking.charter import (
    DEFAULT_CHARTER,
    IMPACTS,
    Charter,
    EmojiTaken,
    Value,
    generate_key,
)
from domain.ranking.voting import count_votes
from tests.support.strategies import KEYS

SECURITY = {"key": "security", "emoji": "lock", "weight": 3}
COST = {"key": "cost", "emoji": "moneybag", "weight": 1}


def test_default_charter__number_one_values_weigh_three() -> None:
    number_ones = {value.key: value.weight for value in DEFAULT_CHARTER.values if value.number_one}
    assert number_ones == {"security": 3, "availability": 3}


def test_default_values__describe_the_highest_impact() -> None:
    assert all(value.rubric.startswith("+3: ") for value in DEFAULT_CHARTER.values)


def test_impacts__range_from_minus_three_to_three() -> None:
    assert sorted(IMPACTS) == [-3, -2, -1, 0, 1, 2, 3]
    assert (IMPACTS[-3], IMPACTS[3]) == ("unacceptable", "moves the needle")


def test_value_without_name__label_comes_from_key() -> None:
    assert Value(key="time_to_ship", emoji="ship", weight=1).label == "Time to ship"


def test_charter_round_trip__is_unchanged() -> None:
    assert Charter.model_validate_json(DEFAULT_CHARTER.model_dump_json()) == DEFAULT_CHARTER


@pytest.mark.parametrize(
    "change",
    [
        {"key": "Security"},
        {"key": "1st"},
        {"key": "a" * 31},
        {"emoji": "two words"},
        {"emoji": "<!channel>"},
        {"emoji": "a*b"},
        {"emoji": ""},
        {"emoji": "a" * 101},
        {"emoji": "thumbsup"},
        {"weight": 0},
        {"weight": -1},
        {"weight": float("nan")},
        {"weight": float("inf")},
        {"weight": True},
        {"weight": "3"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_invalid_value__is_rejected(change: dict[str, object]) -> None:
    Value.model_validate(SECURITY)
    with pytest.raises(ValidationError):
        Value.model_validate(SECURITY | change)


@pytest.mark.parametrize(
    "change",
    [
        {"values": [SECURITY]},
        {"values": [SECURITY, SECURITY | {"emoji": "key"}]},
        {"values": [SECURITY, COST | {"emoji": "lock"}]},
        {"values": [COST | {"key": f"v{n}", "emoji": f"e{n}"} for n in range(9)]},
        {"prior_people": -1},
        {"moves_at": 0},
        {"breadth_bonus": -0.1},
        {"breadth_bonus": float("nan")},
        {"quorum": 0},
        {"quorum": 2.5},
        {"quick_impact": 4},
        {"mood": "good"},
    ],
    ids=str,
)
def test_invalid_charter__is_rejected(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Charter.model_validate(change)


def test_renamed_value__keeps_its_key() -> None:
    renamed = Value(key="cost", name="MTTR", emoji="moneybag", weight=1)
    assert (renamed.key, renamed.label, renamed.inline_name) == ("cost", "MTTR", "MTTR")
    plain = Value(key="time_to_ship", emoji="ship", weight=1)
    assert (plain.label, plain.inline_name) == ("Time to ship", "time to ship")


def test_shortest_texts__are_accepted() -> None:
    Value.model_validate(SECURITY | {"key": "a", "emoji": "e", "name": "It", "rubric": ""})


def test_longest_texts__are_accepted() -> None:
    Value.model_validate(SECURITY | {"emoji": "a" * 100, "name": "é" * 30, "rubric": "x" * 500})


@pytest.mark.parametrize("name", ["Zero touch", "Coût", "Безопасность", "安全性", "Don’t page"])
def test_name_in_any_language__is_accepted(name: str) -> None:
    assert Value.model_validate(SECURITY | {"name": name}).label == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        " cost",
        "24/7",
        "<!channel>",
        "*bold*",
        "_it_",
        "`code`",
        ":fire:",
        "a&b",
        "a.test",
        "@here",
        "two\nlines",
        "x" * 31,
        "a\u202eb",
        "a\u200db",
        "~out~",
        "a|b",
        "#ops",
    ],
)
def test_name_with_markup_or_mention__is_rejected(name: str) -> None:
    with pytest.raises(ValidationError):
        Value.model_validate(SECURITY | {"name": name})


def test_unknown_value__is_named_by_its_key() -> None:
    charter = Charter.model_validate({"values": [SECURITY, COST | {"name": "Money"}]})
    assert [charter.inline_name(key) for key in ("cost", "on_call")] == ["Money", "on call"]
    assert [charter.label(key) for key in ("security", "on_call")] == ["Security", "On call"]


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Time to ship", (), "time_to_ship"),
        ("Cost", ("cost",), "cost_2"),
        ("Cost", ("cost", "cost_2"), "cost_3"),
        ("Coût d’exploitation", (), "cout_dexploitation"),
        ("Безопасность", (), "value"),
        ("安全性", ("value",), "value_2"),
        ("A" * 30, (), "a" * 27),
        ("Out", (), "out_2"),  # `/fire out` is something else
    ],
)
def test_new_name__gives_a_unique_key(name: str, taken: tuple[str, ...], key: str) -> None:
    assert generate_key(name, taken) == key


changes = st.one_of(
    st.tuples(st.just("retire"), st.sampled_from(KEYS)),
    st.tuples(st.just("have"), st.sampled_from(KEYS), st.sampled_from(["lock", "zap", "e1", "+1"])),
    st.tuples(st.just("add"), st.text(max_size=40), st.sampled_from(["ship", "e2", "lock", ""])),
    st.tuples(st.just("by"), st.integers(-1, 5)),
)


@given(st.lists(changes, max_size=30))
def test_any_sequence_of_changes__leaves_a_valid_charter(sequence: list[tuple[Any, ...]]) -> None:
    charter = DEFAULT_CHARTER
    for change in sequence:
        with suppress(ValidationError, EmojiTaken):
            charter = changed(charter, *change)
        assert Charter.model_validate(charter.model_dump()) == charter
        assert 2 <= len(charter.values) <= 8
        assert (
            set(count_votes([("U1", value.emoji) for value in charter.values], charter).backers)
            == set()
        )


def changed(charter: Charter, what: str, *how: Any) -> Charter:
    if what == "retire":
        return charter.without_value(how[0])
    if what == "by":
        return charter.with_settings(quorum=how[0], quick_impact=how[0])
    key = how[0] if what == "have" else generate_key(how[0], charter.keys)
    name = None if what == "have" else how[0]
    return charter.with_value(Value(key=key, name=name, emoji=how[1], weight=2))


def test_items_by_key__are_in_charter_order() -> None:
    weights = [value.weight for value in DEFAULT_CHARTER.values]
    assert dict(DEFAULT_CHARTER.by_key(weights)) == {
        value.key: value.weight for value in DEFAULT_CHARTER.values
    }


@pytest.mark.parametrize("missing_or_extra", [-1, 1])
def test_items_by_key__are_one_for_each_value(missing_or_extra: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        dict(DEFAULT_CHARTER.by_key(range(len(DEFAULT_CHARTER.values) + missing_or_extra)))


def test_name_or_key__finds_the_value() -> None:
    ship = Value(key="performance", name="Time to Ship", emoji="zap", weight=1)
    charter = DEFAULT_CHARTER.with_value(ship)
    for word in ("time_to_ship", "Time_To_Ship", "performance"):
        assert charter.find_by_name(word) == ship
    assert charter.find_by_name("cost") == DEFAULT_CHARTER.value("cost")
    assert charter.find_by_name("money") is None


def test_value_added_or_removed__others_keep_their_order() -> None:
    ship = Value(key="ship", name="Time to Ship", emoji="ship", weight=1)
    charter = DEFAULT_CHARTER.without_value("efficiency").with_value(ship)
    assert charter.keys == (*DEFAULT_CHARTER.keys[:-1], "ship")
    assert charter.without_value("ship").with_value(ship) == charter
    assert charter.without_value("security").keys == charter.keys[1:]


def test_label_and_inline_name__use_name_or_key() -> None:
    ship = Value(key="performance", name="Time to Ship", emoji="zap", weight=1)
    charter = DEFAULT_CHARTER.with_value(ship)
    assert [charter.label(key) for key in ("performance", "cost", "run_less")] == [
        "Time to Ship",
        "Cost",
        "Run less",
    ]
    assert [charter.inline_name(key) for key in ("performance", "cost", "run_less")] == [
        "Time to Ship",
        "cost",
        "run less",
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("4 Nines", "nines"),
        ("_Nines_", "nines"),
        ("Xenial", "xenial"),
        ("9x speed x9", "x_speed_x9"),
        (f"{'a' * 26} b", "a" * 26),
        ("Čas & peníze!", "cas_penize"),
    ],
)
def test_generated_key__is_lowercase_without_outer_underscores(name: str, key: str) -> None:
    assert generate_key(name, ()) == key


@pytest.mark.parametrize(
    ("full_members", "needed"), [(None, 3), (0, 1), (1, 1), (2, 2), (3, 3), (4, 3)]
)
def test_needed_quorum__is_at_most_the_full_members(full_members: int | None, needed: int) -> None:
    assert Charter(quorum=3).needed_quorum(full_members) == needed


def test_apostrophe_typed_either_way__finds_the_value() -> None:
    trust = Value(key="trust", emoji="handshake", weight=1, name="People's trust")
    charter = DEFAULT_CHARTER.with_value(trust)
    assert charter.find_by_name("people’s trust") == trust
    assert charter.find_by_name("People's  Trust") == trust
