from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.ranking.emoji import NAMES_BY_ALIAS, emoji_name
from domain.ranking.voting import Votes, count_votes
from slack_sandbox.model.emoji import NAMES

TONES = ("", *(f"::skin-tone-{tone}" for tone in range(2, 7)))
EMOJI = ("+1", "thumbsup", "-1", "tada", "key", *(value.emoji for value in DEFAULT_CHARTER.values))

reactions = st.lists(
    st.tuples(
        st.sampled_from(["U1", "U2", "U3"]),
        st.builds("{}{}".format, st.sampled_from(EMOJI), st.sampled_from(TONES)),
    )
)


@pytest.mark.parametrize(
    ("reaction", "name"),
    [
        ("+1", "+1"),
        ("thumbsup", "+1"),
        ("+1::skin-tone-3", "+1"),
        ("thumbsup::skin-tone-6", "+1"),
        ("handshake::skin-tone-2::skin-tone-3", "handshake"),
        ("collision", "boom"),
        ("boom", "boom"),
        ("raised_hand::skin-tone-4", "hand"),
        ("lock", "lock"),
        ("-1", "-1"),
        ("thumbsup_all", "thumbsup_all"),
    ],
)
def test_skin_tone_or_alias__gives_one_emoji_name(reaction: str, name: str) -> None:
    assert emoji_name(reaction) == name


def test_aliases__are_those_of_the_sandbox() -> None:
    assert {alias: name for alias, name in NAMES.items() if alias != name} == NAMES_BY_ALIAS


def test_value_with_an_alias_as_emoji__gets_quick_scores() -> None:
    explosive = Value(key="cost", emoji="collision", weight=1)
    charter = Charter(values=(explosive, Value(key="joy", emoji="tada", weight=1)))
    for reaction in ("boom", "collision"):
        assert count_votes([("U1", reaction)], charter).quick_scores == {"U1": ["cost"]}


@pytest.mark.parametrize(
    ("emoji", "key"),
    [
        (("boom", "collision"), "cost"),
        (("collision", "boom"), "joy"),
        (("couple", "woman_and_man_holding_hands"), "cost"),
    ],
)
def test_values_with_one_emoji__literal_name_counts(emoji: tuple[str, str], key: str) -> None:
    cost, joy = emoji
    values = (Value(key="cost", emoji=cost, weight=1), Value(key="joy", emoji=joy, weight=1))
    reaction = emoji_name(cost)
    assert count_votes([("U1", reaction)], Charter(values=values)).quick_scores == {"U1": [key]}


def test_reactions__become_backers_and_quick_scores() -> None:
    reactions = [("U1", "+1"), ("U1", "zap"), ("U1", "lock"), ("U2", "moneybag"), ("U3", "tada")]
    assert count_votes(reactions, DEFAULT_CHARTER) == Votes(
        backers=frozenset({"U1"}),
        quick_scores={"U1": ["performance", "security"], "U2": ["cost"]},
    )


def test_no_reactions__gives_no_votes() -> None:
    assert count_votes([], DEFAULT_CHARTER) == Votes()


def test_emoji_not_in_charter__is_ignored() -> None:
    charter = Charter(
        values=(
            Value(key="safety", emoji="raised_hands", weight=1),
            Value(key="cost", emoji="moneybag", weight=1),
        )
    )
    given = [("U1", "raised_hands"), ("U2", "raised_hands::skin-tone-2"), ("U3", "lock")]
    assert count_votes(given, charter).quick_scores == {"U1": ["safety"], "U2": ["safety"]}


@given(reactions, st.randoms(use_true_random=False), st.sampled_from(TONES))
def test_reactions_shuffled_or_repeated__votes_are_the_same(
    given: list[tuple[str, str]], chance: Random, tone: str
) -> None:
    again = [(person, emoji.split("::")[0] + tone) for person, emoji in given] + given
    chance.shuffle(again)
    assert count_votes(again, DEFAULT_CHARTER) == count_votes(given, DEFAULT_CHARTER)


@given(reactions)
def test_any_reactions__votes_match_them(given: list[tuple[str, str]]) -> None:
    votes = count_votes(given, DEFAULT_CHARTER)
    plain = {(person, emoji.split("::")[0]) for person, emoji in given}
    assert votes.backers == {person for person, emoji in plain if emoji in ("+1", "thumbsup")}
    emoji_of = {value.key: value.emoji for value in DEFAULT_CHARTER.values}
    cast = {(person, emoji_of[key]) for person, keys in votes.quick_scores.items() for key in keys}
    assert cast == {(person, emoji) for person, emoji in plain if emoji in emoji_of.values()}
    assert all(votes.quick_scores.values())
