"""Submitted forms of a charter's values and thresholds."""

from dataclasses import replace
from typing import Any

import pytest

from bot.views.blocks.modal import InvalidInput
from bot.views.data.charter_draft import CharterChange
from bot.views.modals import charter_change, charter_value
from bot.views.parts.charter_thresholds import THRESHOLDS
from bot.views.posts.charter_draft import has_changes
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from tests.support import charter_surfaces
from tests.support.modal_input import answering, submitted

CHOICES = charter_surfaces.choices(DEFAULT_CHARTER)


def value_view(key: str, **inputs: Any) -> dict[str, Any]:
    """Return the submitted form of a value, or of a new value if the key is empty."""
    form = charter_value.form(CHOICES, CHOICES.value(key))
    return submitted(form, **inputs)


def value_errors(view: dict[str, Any], choices: charter_value.Choices = CHOICES) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        charter_value.parse(view, choices)
    return refusal.value.errors


def changed_value(key: str, **inputs: Any) -> Value:
    value = charter_value.parse(value_view(key, **inputs), CHOICES).value(key)
    assert value is not None
    return value


@pytest.mark.parametrize("key", DEFAULT_CHARTER.keys)
def test_untouched_form__keeps_value(key: str) -> None:
    assert charter_value.parse(value_view(key), CHOICES) == DEFAULT_CHARTER


def test_filled_form__sets_every_field() -> None:
    assert changed_value(
        "cost", name=" Money  spent ", emoji=":euro:", weight="2.5", number_one="true", rubric="a"
    ) == Value(
        key="cost", name="Money spent", emoji="euro", weight=2.5, number_one=True, rubric="a"
    )
    assert changed_value("cost", rubric="").rubric == ""
    assert changed_value("cost", name="Cost").name is None


def test_retired_value__is_restored_unchanged() -> None:
    without = charter_value.parse(value_view("cost", stays="false"), CHOICES)
    assert without == DEFAULT_CHARTER.without_value("cost")
    restored = charter_value.parse(value_view("toil"), CHOICES)
    assert restored.value("toil") == CHOICES.value("toil")
    assert restored.keys == (*DEFAULT_CHARTER.keys, "toil")


def test_new_value__gets_unique_key() -> None:
    added = charter_value.parse(value_view("", name="Time to ship", emoji="ship"), CHOICES)
    assert added.values[-1] == Value(key="time_to_ship", emoji="ship", weight=1)
    renamed = DEFAULT_CHARTER.with_value(
        Value(key="cost", name="Money", emoji="moneybag", weight=1)
    )
    again = charter_value.parse(
        value_view("", name="Cost", emoji="coin"), charter_surfaces.choices(renamed)
    ).values[-1]
    assert (again.key, again.label) == ("cost_2", "Cost")


@pytest.mark.parametrize("name", ["安全性", "Безопасность", "Toilet"])
def test_new_value__never_gets_the_scores_of_a_retired_one(name: str) -> None:
    first = charter_value.parse(value_view("", name="信頼", emoji="ship"), CHOICES).values[-1]
    retired = replace(CHOICES, retired_values=[*CHOICES.retired_values, first])
    second = charter_value.parse(value_view("", name=name, emoji="coin"), retired).values[-1]
    assert second.key not in {value.key for value in retired.retired_values}


def test_new_value_with_a_retired_name__is_the_retired_value() -> None:
    first = charter_value.parse(value_view("", name="信頼", emoji="ship"), CHOICES).values[-1]
    retired = replace(CHOICES, retired_values=[first])
    again = charter_value.parse(value_view("", name="信頼", emoji="coin"), retired).values[-1]
    assert again.key == first.key


def test_emoji_of_another_value_by_another_name__is_taken() -> None:
    draft = DEFAULT_CHARTER.with_value(Value(key="joy", emoji="collision", weight=1))
    view = value_view("", name="Explosions", emoji="boom")
    assert value_errors(view, replace(CHOICES, draft=draft)) == {
        "-emoji": charter_value.EMOJI_TAKEN
    }


@pytest.mark.parametrize("field", ["name", "emoji", "weight", "number_one", "rubric", "stays"])
def test_field_that_the_form_lacks__stays(field: str) -> None:
    view = value_view("security")
    del view["state"]["values"][f"security-{field}"]
    assert charter_value.parse(view, CHOICES) == CHOICES.draft


def test_forged_key__adds_a_value_at_most() -> None:
    view = value_view("cost", name="Coins", emoji="coin")
    view["private_metadata"] = view["private_metadata"].replace('"cost"', '"<!channel>"')
    assert charter_value.parse(view, CHOICES).keys == (*DEFAULT_CHARTER.keys, "coins")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "<!channel>"),
        ("name", " x "),
        ("name", None),
        ("name", "*bold*"),
        ("emoji", "👍"),
        ("emoji", "thumbsup"),
        ("emoji", "+1"),
        ("emoji", "two words"),
        ("emoji", "x" * 101),
        ("emoji", "wave::skin-tone-2"),
        ("emoji", None),
        ("weight", "0"),
        ("weight", "-1"),
        ("weight", "nan"),
        ("weight", "inf"),
        ("weight", "1001"),
        ("weight", "much"),
        ("rubric", "x" * 501),
    ],
)
def test_invalid_field__has_its_own_error(field: str, value: str | None) -> None:
    view = answering(value_view("cost"), **{field: value})
    assert value_errors(view) == {f"cost-{field}": charter_value.ERRORS[field]}


def test_indistinguishable_values__are_refused() -> None:
    assert value_errors(value_view("cost", emoji="lock")) == {
        "cost-emoji": charter_value.EMOJI_TAKEN
    }
    assert value_errors(value_view("cost", name="SECURITY")) == {
        "cost-name": charter_value.NAME_TAKEN
    }
    assert value_errors(value_view("", name="cost", emoji="coin")) == {
        "-name": charter_value.NAME_TAKEN
    }


def test_charter_outside_two_to_eight_values__is_refused() -> None:
    two = Charter(values=DEFAULT_CHARTER.values[:2])
    without_security = value_view("security", stays="false")
    errors = value_errors(without_security, charter_surfaces.choices(two))
    assert errors == {"security-stays": charter_value.ERRORS["stays"]}
    eight = DEFAULT_CHARTER
    for number in (1, 2):
        eight = eight.with_value(Value(key=f"v{number}", emoji=f"e{number}", weight=1))
    ninth_value = value_view("", name="Ninth", emoji="e9")
    assert value_errors(ninth_value, charter_surfaces.choices(eight)) == {
        "-name": charter_value.TOO_MANY_VALUES
    }
    [field, *_] = charter_change.choice_form(charter_surfaces.choices(eight))["blocks"]
    offered = [option["text"]["text"] for option in field["element"]["options"]]
    assert "Add a value" not in offered
    assert "Bring back Toil" not in offered


def test_errors__name_blocks_of_the_form() -> None:
    blocks = {
        block["block_id"] for block in charter_value.form(CHOICES, CHOICES.value("cost"))["blocks"]
    }
    assert blocks == {f"cost-{field}" for field in charter_value.ERRORS}


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("value:cost", "Cost"),
        ("value:toil", "Toil"),
        ("add", "New value"),
        ("thresholds", "Thresholds"),
    ],
)
def test_choice__opens_its_form(choice: str, title: str) -> None:
    view = submitted(charter_change.choice_form(CHOICES), choice=choice)
    assert charter_change.form_for_choice(view, CHOICES)["title"]["text"] == title


def test_missing_or_unknown_choice__has_error() -> None:
    view = submitted(charter_change.choice_form(CHOICES))
    with pytest.raises(InvalidInput) as refusal:
        charter_change.form_for_choice(view, CHOICES)
    assert refusal.value.errors == {"choice": charter_change.CHOICE_MISSING}


def test_thresholds_form__sets_every_threshold() -> None:
    form = charter_change.thresholds_form("C1", DEFAULT_CHARTER)
    assert charter_change.parse_thresholds(submitted(form), DEFAULT_CHARTER) == DEFAULT_CHARTER
    inputs = {
        "quorum": "4",
        "prior_people": "1.5",
        "moves_at": "0.75",
        "breadth_bonus": "12.5",
        "backing_bonus": "7.5",
        "quick_impact": "2",
        "reveal_after_days": "0",
    }
    changed_charter = charter_change.parse_thresholds(submitted(form, **inputs), DEFAULT_CHARTER)
    assert changed_charter.model_dump(exclude={"values"}) == {
        "quorum": 4,
        "prior_people": 1.5,
        "moves_at": 0.75,
        "breadth_bonus": 0.125,
        "backing_bonus": 0.075,
        "quick_impact": 2,
        "reveal_after_days": 0,
    }


def test_thresholds_form_of_earlier_needle__keeps_the_others() -> None:
    before = DEFAULT_CHARTER.with_settings(backing_bonus=0.3)
    form = submitted(charter_change.thresholds_form("C1", before), quorum="4")
    for block in list(form["state"]["values"]):
        if "backing_bonus" in form["state"]["values"][block]:
            del form["state"]["values"][block]
    changed = charter_change.parse_thresholds(form, before)
    assert (changed.quorum, changed.backing_bonus) == (4, 0.3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quorum", "0"),
        ("quorum", "51"),
        ("quorum", "2.5"),
        ("prior_people", "-1"),
        ("prior_people", "nan"),
        ("moves_at", "0"),
        ("moves_at", "3.1"),
        ("breadth_bonus", "101"),
        ("breadth_bonus", "inf"),
        ("backing_bonus", "101"),
        ("reveal_after_days", "-1"),
        ("reveal_after_days", "1.5"),
        ("quick_impact", "4"),
        ("quick_impact", None),
        ("reveal_after_days", "366"),
    ],
)
def test_invalid_threshold__has_its_own_error(field: str, value: str | None) -> None:
    form = submitted(charter_change.thresholds_form("C1", DEFAULT_CHARTER))
    with pytest.raises(InvalidInput) as refusal:
        charter_change.parse_thresholds(answering(form, **{field: value}), DEFAULT_CHARTER)
    [known] = [threshold for threshold in THRESHOLDS if threshold.name == field]
    assert refusal.value.errors == {field: known.error}


@pytest.mark.parametrize("reason", ["", "   ", "why", "         x"])
def test_post_without_reason__is_refused(reason: str) -> None:
    view = submitted(charter_surfaces.drawing_up(""), reason=reason)
    with pytest.raises(InvalidInput) as refusal:
        charter_change.parse_reason(view)
    assert refusal.value.errors == {"reason": charter_change.REASON_TOO_SHORT}
    more_view = submitted(charter_surfaces.drawing_up(""), then="more", reason=reason)
    assert charter_change.parse_reason(more_view) is None


def test_value_order__does_not_matter() -> None:
    cost = DEFAULT_CHARTER.value("cost")
    assert cost is not None
    reordered = DEFAULT_CHARTER.without_value("cost").with_value(cost)
    assert reordered != DEFAULT_CHARTER
    assert not has_changes(CharterChange(1, DEFAULT_CHARTER, reordered, ()))
    assert has_changes(CharterChange(1, DEFAULT_CHARTER, reordered.with_settings(quorum=4), ()))
