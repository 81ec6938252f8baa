"""People who leave the channel: their projects have no owner once Slack has been asked."""

import pytest

from storage.locks import STORE
from storage.posts import outbox
from storage.projects import projects
from storage.tables import PostKind
from tests.support.channel import NOW
from tests.support.listener_harness import ListenerHarness


@pytest.fixture
def owned(team: ListenerHarness) -> ListenerHarness:
    """A board with the steward U3, whose only project U2 owns."""
    team.appoints("U3")
    number = team.channel.proposes("V1")
    with team.database.transaction(STORE) as session:
        projects.set_owner(session, team.channel.project(number).id, "U2", by="U1", now=NOW)
    return team


def stewards_asked(team: ListenerHarness) -> list[str | None]:
    with team.database.snapshot() as session:
        return [post.person for post in outbox.pending(session) if post.kind is PostKind.OWNER_LEFT]


def test_event_alone__takes_no_project_away(owned: ListenerHarness) -> None:
    """Slack may send the event again when the owner is back."""
    owned.leaves("U2")
    assert owned.channel.project().owner == "U2"
    assert stewards_asked(owned) == []
    assert owned.board.members_changed_at is not None


def test_bot_joins_direct_message__makes_no_board(team: ListenerHarness) -> None:
    before = team.dump()
    team.joins(team.bot_user, "D1")
    assert team.dump() == before
