"""Plans and retrospectives, read from the database."""

from datetime import UTC, date, datetime

import pytest

from bot.presenters import quarter_posts, quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.quarter import QuarterProgress
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject
from domain.projects.lifecycle import Status
from domain.ranking.whatif import rerank
from domain.toil.ledger import ToilEntry, ToilType
from storage.locks import STORE
from storage.planning import roadmaps, toil
from storage.projects import outcomes
from tests.support.listener_harness import ListenerHarness
from tests.support.statements import recorded_statements

Q3 = Quarter(2026, 3)
JULY = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
# 4 people × 20 working days × 9 hours, in the four weeks from 1 July on.
FOUR_WEEKS = 4 * 20 * 9 * 60


@pytest.fixture
def with_a_bad_july(team: ListenerHarness) -> ListenerHarness:
    """A board where one page took a fifth of July's four weeks."""
    entry = ToilEntry(ToilType.PAGE, "db-primary", FOUR_WEEKS // 5, JULY)
    team.channel.sets_people(4)
    with team.database.transaction(STORE) as session:
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


def test_plans_by_two_rankings__read_the_store_once(team: ListenerHarness) -> None:
    with team.database.snapshot() as session:
        snapshot = BoardSnapshot(session, team.board)
        now = overview(snapshot).ranking
        rankings = [now, rerank(now, {"cost": 2})]
        with recorded_statements() as for_one:
            alone = [quarters.planned(snapshot, now, Q3, JULY)]
        with recorded_statements() as for_both:
            plans = quarters.planned_by_each(snapshot, rankings, Q3, JULY)
    assert plans[:1] == alone
    assert len(plans) == len(rankings)
    assert for_both == for_one


def test_retrospective__uses_its_own_quarters_figures(team: ListenerHarness) -> None:
    """#1 shipped in Q2, and #2 in Q3. Everyone reported an outcome of both."""
    team.channel.adds_people("U1", "U2", "U3")
    june, july, august = (datetime(2026, month, 10, 12, 0, tzinfo=UTC) for month in (6, 7, 8))
    for number, started, shipped in ((1, june, june), (2, june, july), (3, july, None)):
        team.channel.proposes(f"V{number}", at=june)
        for person in ("U1", "U2", "U3"):
            team.channel.scores(person, {"cost": number}, number=number, at=june)
        team.channel.changes_status(number, Status.STARTED, at=started)
        if shipped:
            team.channel.changes_status(number, Status.SHIPPED, at=shipped)
            with team.database.transaction(STORE) as session:
                for person in ("U1", "U2", "U3"):
                    project_id = team.channel.project(number).id
                    outcomes.save(session, project_id, person, {"cost": -number}, august)
    with team.database.snapshot() as session:
        snapshot = BoardSnapshot(session, team.board)
        review = quarter_posts.retrospective(snapshot, Q3, date(2026, 10, 1))
        running = quarter_posts.retrospective(snapshot, Q3, date(2026, 9, 30))
        earlier = quarter_posts.retrospective(snapshot, Q3.previous(), date(2026, 10, 1))
    assert [(row.forecast, row.observed, row.answers) for row in review.foresight] == [(2, -2, 3)]
    assert [(row.forecast, row.observed, row.answers) for row in earlier.foresight] == [(1, -1, 3)]
    assert (review.ended, running.ended) == (True, False)
    assert review.retrospective.median_days_to_ship == 30
    assert earlier.retrospective.median_days_to_ship == 0


def test_progress__counts_the_current_quarters_projects(team: ListenerHarness) -> None:
    team.channel.adds_people("U1")
    for number in range(1, 6):
        team.channel.proposes(f"V{number}", at=JULY)
    items = tuple(CommittedProject(number, number, 1.0, 1.0) for number in range(1, 6))
    commitment = Commitment(Capacity(4, 13), 1, "U1", JULY, items)
    with team.database.transaction(STORE) as session:
        roadmaps.commit(session, team.board, Q3, commitment)
    team.channel.changes_status(1, Status.SHIPPED, at=JULY)
    team.channel.changes_status(2, Status.STARTED, at=JULY)
    team.channel.changes_status(3, Status.DROPPED, at=JULY)
    team.channel.changes_status(4, Status.MERGED, into=5, at=JULY)
    with team.database.snapshot() as session:
        snapshot = BoardSnapshot(session, team.board)
        progress = quarters.quarter_progress(snapshot, datetime(2026, 9, 24, 9, 0, tzinfo=UTC))
        assert quarters.quarter_progress(snapshot, datetime(2026, 10, 1, 9, 0, tzinfo=UTC)) is None
    assert progress == QuarterProgress(
        label="Q3 2026",
        numbers=frozenset({1, 2, 3, 5}),
        shipped=1,
        in_progress=1,
        not_started=1,
        closed=1,
        weeks_left=1.0,
        permalink=None,
    )
