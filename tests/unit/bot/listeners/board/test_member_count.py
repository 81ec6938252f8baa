"""Events of a channel: whenever someone joins or leaves, Slack is asked who is there."""

import pytest

from storage.boards import boards, channel_members
from storage.locks import STORE
from tests.support.listener_harness import HERE, ListenerHarness


@pytest.fixture
def listed(team: ListenerHarness) -> ListenerHarness:
    """A board whose channel has two full members, as Slack listed them."""
    with team.database.transaction(STORE) as session:
        channel_members.save(
            session,
            team.board.id,
            ["U1", "U2", "UGUEST"],
            last_change=team.board.members_changed_at,
        )
    return team


def test_person_joins__members_are_listed_again(listed: ListenerHarness) -> None:
    assert (listed.board.quorum_needed, listed.board.members_changed_at) == (2, None)
    listed.joins("U3", "C2")
    assert listed.board.members_changed_at is None
    listed.joins("U3", HERE)
    assert listed.board.members_changed_at is not None


def test_person_leaves__members_are_listed_again(listed: ListenerHarness) -> None:
    listed.leaves("U2")
    assert listed.board.members_changed_at is not None


def test_bot_joins__board_starts_without_member_count(listed: ListenerHarness) -> None:
    listed.joins(listed.bot_user, "C2")
    with listed.database.snapshot() as session:
        board = boards.find(session, "T1", "C2")
    assert board is not None
    assert (board.full_members, board.quorum_needed) == (None, 3)
