"""Plans and retrospectives, read from the database."""

from datetime import UTC, date, datetime

import pytest

from bot.presenters import quarters
from bot.presenters.board_snapshot import BoardSnapshot
from domain.calendar.quarter import Quarter
from domain.toil.ledger import ToilEntry, ToilType
from storage.planning import toil
from tests.support.listener_harness import ListenerHarness

Q3 = Quarter(2026, 3)
JULY = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
# 4 people × 20 working days × 9 hours, in the four weeks from 1 July on.
FOUR_WEEKS = 4 * 20 * 9 * 60


@pytest.fixture
def with_a_bad_july(team: ListenerHarness) -> ListenerHarness:
    """A board where one page took a fifth of July's four weeks."""
    entry = ToilEntry(ToilType.PAGE, "db-primary", FOUR_WEEKS // 5, JULY)
    team.channel.sets_people(4)
    with team.database.transaction() as session:
        toil.log(session, team.board, entry, origin="1", by="U1")
    return team


@pytest.mark.parametrize(
    ("until", "share"),
    [
        (None, None),
        (date(2026, 6, 30), None),  # before it begins
        (date(2026, 7, 28), None),  # too short to say
        (date(2026, 7, 29), 0.8),
        (date(2026, 8, 26), 0.9),
        (date(2026, 10, 1), 1 - 4 / 66),  # all of its 66 working days
        (date(2027, 3, 1), 1 - 4 / 66),
    ],
)
def test_quarter_in_progress__planned_share_counts_past_days(
    with_a_bad_july: ListenerHarness, until: date | None, share: float | None
) -> None:
    with with_a_bad_july.database.snapshot() as session:
        snapshot = BoardSnapshot(session, with_a_bad_july.board)
        seen = quarters.retrospective(snapshot, Q3, None, until)
    assert seen.planned_share == (None if share is None else pytest.approx(share))
