"""Outcomes and paybacks as digests and retrospectives show them."""

from datetime import timedelta

import pytest

from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import in_week, team_foresight
from tests.support.channel import NOW
from tests.support.listener_harness import ListenerHarness
from tests.support.shipped_projects import outcome_form, ship_scored_project


@pytest.fixture
def shipped(team: ListenerHarness) -> ListenerHarness:
    """Board with a project that U1 and U2 scored, shipped at NOW."""
    return ship_scored_project(team)


def test_team_foresight_below_quorum__is_hidden(shipped: ListenerHarness) -> None:
    def rows() -> list[tuple[str, float, float]]:
        with shipped.database.snapshot() as session:
            foresight = team_foresight(BoardSnapshot(session, shipped.board), [1])
        return [(row.value, row.forecast, row.observed) for row in foresight]

    shipped.channel.adds_people("U3")
    shipped.channel.scores("U3", {"cost": 0})
    for person, impact in (("U1", "1"), ("U2", "2")):
        shipped.submits(person, outcome_form(cost=impact))
    assert rows() == []
    shipped.submits("U3", outcome_form(cost="0"))
    assert ("cost", 2, 1) in rows()
    reply = shipped.types("U1", "/roadmap retro 2026-Q3")
    assert "Cost: expected +2.0, observed +1.0 (3 answers)" in reply


def test_digest__reports_each_payback_once(shipped: ListenerHarness) -> None:
    first_measured = (NOW + timedelta(days=30)).date()

    def reported_days(days_later: int) -> list[int]:
        with shipped.database.snapshot() as session:
            after = first_measured + timedelta(days=days_later)
            return [
                payback.days_after_shipping
                for _, payback in in_week(BoardSnapshot(session, shipped.board), after)
            ]

    assert [
        reported_days(0),
        reported_days(1),
        reported_days(7),
        reported_days(8),
        reported_days(61),
    ] == [[], [30], [30], [], [90]]
