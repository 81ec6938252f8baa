"""Backfill of reactions: what a list of people that isn't complete says."""

from hypothesis import given
from hypothesis import strategies as st

from bot.reconciler.backfill import reactions_in_slack
from bot.slack.answers.messages import ReactionCount, SlackMessage

PEOPLE = ("U1", "U2", "U3", "U4")
EMOJI = ("lock", "zap", "+1")
keys = st.frozensets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(EMOJI)))


def message(true: frozenset[tuple[str, str]], left_out: frozenset[tuple[str, str]]) -> SlackMessage:
    """Return a message with these reactions. Some people are counted, but not named."""
    reactions = tuple(
        ReactionCount(
            name=emoji,
            users=tuple(sorted(p for p, e in true - left_out if e == emoji)),
            count=sum(e == emoji for _, e in true),
        )
        for emoji in sorted({emoji for _, emoji in true})
    )
    return SlackMessage(ts="1.1", reactions=reactions)


@given(keys, keys)
def test_complete_lists__replace_what_is_stored(
    true: frozenset[tuple[str, str]], stored: frozenset[tuple[str, str]]
) -> None:
    assert reactions_in_slack(message(true, frozenset()), stored) == true


@given(keys, keys, keys)
def test_people_left_out__their_votes_stay(
    true: frozenset[tuple[str, str]],
    stored: frozenset[tuple[str, str]],
    left_out: frozenset[tuple[str, str]],
) -> None:
    in_slack = reactions_in_slack(message(true, left_out), stored)
    assert in_slack >= stored & true, "a vote that is still there is never removed"
    assert in_slack <= stored | true, "none is invented"
