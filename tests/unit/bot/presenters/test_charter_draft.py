"""Ranking before and after a charter change."""

from datetime import UTC, datetime, timedelta

from bot.presenters.charter_draft import compared
from bot.views.data.charter_draft import DraftPreview
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import Ranking, Section
from storage.boards import charter_drafts
from storage.locks import STORE
from storage.projects import reveals
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def preview(team: ListenerHarness, **settings: float) -> DraftPreview:
    """Return the preview of a draft that changes these parameters."""
    board = team.board
    charter = DEFAULT_CHARTER.with_settings(**settings)
    with team.database.transaction(STORE) as session:
        charter_drafts.save(session, board.id, 1, charter, by="U1", now=NOW)
        draft = charter_drafts.find_open(session, board.id)
        assert draft is not None
        return compared(session, board, draft, NOW)


def in_ranking(ranking: Ranking) -> list[tuple[int, Section]]:
    return [(ranked.candidate.id, ranked.section) for ranked in ranking.projects]


def scored_once(team: ListenerHarness, number: int, age: timedelta) -> None:
    team.channel.proposes(f"V{number}", at=NOW - age)
    team.channel.scores("U1", {"cost": 3}, number=number)


def test_draft_preview__hides_results_below_quorum(team: ListenerHarness) -> None:
    """The draft's smaller quorum doesn't reveal results either."""
    scored_once(team, 1, age=timedelta())
    comparison = preview(team, quorum=1)
    assert (in_ranking(comparison.before), in_ranking(comparison.after)) == ([], [])
    assert comparison.newly_visible == 1


def test_draft_reveals_later__preview_shows_what_is_hidden(team: ListenerHarness) -> None:
    scored_once(team, 1, age=timedelta(days=20))
    scored_once(team, 2, age=timedelta(days=40))
    with team.database.transaction(STORE) as session:
        reveals.update_due(session, team.board, NOW)
    comparison = preview(team, reveal_after_days=30)
    assert in_ranking(comparison.before) == [(1, Section.RANKED), (2, Section.RANKED)]
    assert in_ranking(comparison.after) == [(2, Section.RANKED), (1, Section.UNSCORED)]
    assert comparison.newly_visible == 0


def test_draft_reveals_earlier__preview_counts_results(team: ListenerHarness) -> None:
    scored_once(team, 1, age=timedelta(days=9))
    scored_once(team, 2, age=timedelta(days=5))
    comparison = preview(team, reveal_after_days=7)
    assert (in_ranking(comparison.before), in_ranking(comparison.after)) == ([], [])
    assert comparison.newly_visible == 1
