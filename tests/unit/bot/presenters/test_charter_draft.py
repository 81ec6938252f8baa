"""Ranking before and after a charter change."""

from datetime import UTC, datetime

from bot.presenters.charter_draft import compared
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import charter_drafts
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_draft_preview__hides_results_below_quorum(team: ListenerHarness) -> None:
    """The draft's smaller quorum doesn't reveal results either."""
    team.channel.proposes("V1")
    team.channel.scores("U1", {"cost": 3})
    with team.database.transaction() as session:
        board = team.board
        charter_drafts.save(
            session, board.id, 1, DEFAULT_CHARTER.with_settings(quorum=1), by="U1", now=NOW
        )
        draft = charter_drafts.find_open(session, board.id)
        assert draft is not None
        comparison = compared(session, board, draft)
    assert (comparison.before.projects, comparison.after.projects, comparison.newly_visible) == (
        (),
        (),
        1,
    )
