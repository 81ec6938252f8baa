"""Committed quarters, and posts that show an old revision."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlmodel import select

from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity, PeopleSource
from domain.planning.commitment import Commitment, CommittedProject, UndoneCommit
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards, charters, fires
from storage.database import Database, Session
from storage.locks import STORE
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.projects import history, projects
from storage.tables import AccountType, PostKind, RoadmapRow
from tests.support.channel import PROPOSAL, Channel, mark_sent
from tests.support.statements import recorded_statements

Q3 = Quarter(2026, 3)
LONG, MOMENT = 10, 0.5  # seconds
JULY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
CAPACITY = Capacity(
    people=4,
    weeks=4.8,
    weeks_away=2,
    planned_share=0.75,
    share_is_measured=True,
    people_source=PeopleSource.ACTIVITY,
)


class PlanningBoard:
    """A board with four projects. A quarter can commit the first two."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.database: Database = channel.database
        for number in range(1, 5):
            channel.proposes(f"V{number}")

    def commit(self, *items: CommittedProject, quarter: Quarter = Q3) -> bool:
        items = items or (item(1, 2), item(2, 1))
        commitment = Commitment(CAPACITY, 1, "U1", JULY, items)
        with self.database.transaction(STORE) as session:
            return roadmaps.commit(session, self.channel.board, quarter, commitment)

    def change(
        self, added: list[CommittedProject], removed: list[int], quarter: Quarter = Q3
    ) -> None:
        with self.database.transaction(STORE) as session:
            roadmaps.change(
                session,
                self.channel.board,
                quarter,
                added=added,
                removed=removed,
                reason="a fire",
                by="U2",
                now=JULY + timedelta(days=9),
            )

    @property
    def commitment(self) -> Commitment:
        with self.database.snapshot() as session:
            commitment = roadmaps.find(session, self.channel.board.id, Q3)
        assert commitment is not None
        return commitment

    def mark_shown(self, kind: PostKind, quarter: Quarter = Q3) -> None:
        """Mark a post as posted with the current revision."""
        board = self.channel.board
        with self.database.transaction(STORE) as session:
            outbox.enqueue(session, board.id, kind, QuarterSubject(quarter.key))
            post = outbox.latest(session, board.id, kind, QuarterSubject(quarter.key))
            assert post is not None
            revision = roadmaps.revision(session, board, quarter)
            if post.is_pending:
                mark_sent(session, post, f"{kind}{quarter}", shown_revision=revision)
            else:
                outbox.mark_redrawn(session, post, revision)

    def stale_posts(self, now: datetime = JULY) -> list[str]:
        with self.database.snapshot() as session:
            return [
                post.kind for post in roadmaps.stale_posts(session, boards.list_all(session), now)
            ]

    def history_of(self, number: int) -> list[tuple[str, str]]:
        project = self.channel.project(number)
        with self.database.snapshot() as session:
            return [
                (event.what, event.detail)
                for event in history.list_for_project(session, project.id)
            ]


def item(number: int, rank: int | None, *, carried_over: bool = False) -> CommittedProject:
    return CommittedProject(number, rank, 12.5, 3.0, {"cost": 1.5}, carried_over)


@pytest.fixture
def planning(channel: Channel) -> PlanningBoard:
    return PlanningBoard(channel)


def test_commit_and_undo__take_one_statement_a_project_each(planning: PlanningBoard) -> None:
    counts = []
    for items in ([item(1, 1)], [item(number, number) for number in range(1, 5)]):
        with recorded_statements() as statements:
            planning.commit(*items)
            with planning.database.transaction(STORE) as session:
                roadmaps.undo(session, planning.channel.board, Q3, by="U2", now=JULY)
        counts.append(len(statements))
    # The second commit deletes the first, which was undone, and its projects. SQLite inserts one
    # event at a time, so that their ids are in order.
    assert counts[1] <= counts[0] + 2 + 2 * 3
    assert planning.history_of(4) == [("committed", "Q3 2026"), ("commit_undone", "Q3 2026")]


def test_commitment__is_stored_in_rank_order(planning: PlanningBoard) -> None:
    assert planning.commit(item(1, 2), item(2, 1), item(3, None, carried_over=True))
    commitment = planning.commitment
    assert commitment.projects == (item(2, 1), item(1, 2), item(3, None, carried_over=True))
    assert (
        commitment.capacity,
        commitment.charter_version,
        commitment.committed_by,
        commitment.committed_at,
    ) == (
        CAPACITY,
        1,
        "U1",
        JULY,
    )
    assert planning.history_of(1) == [("committed", "Q3 2026")]


def test_old_capacity__counts_carried_over_projects_once(
    planning: PlanningBoard,
) -> None:
    planning.commit(item(1, 2), item(2, None, carried_over=True))
    stored = {"people": 4, "weeks": 13, "weeks_away": 0, "planned_share": 0.5, "carried_over": 3.0}
    with planning.database.transaction(STORE) as session:
        row = session.exec(select(RoadmapRow)).one()
        row.capacity = stored
        session.add(row)
    assert planning.commitment.capacity == Capacity(
        4, 13, planned_share=0.5, share_is_measured=True, people_source=PeopleSource.SETTING
    )
    assert planning.commitment.capacity.engineer_weeks == 26  # and not 23


def test_second_commit_of_a_quarter__stores_nothing(planning: PlanningBoard) -> None:
    assert planning.commit()
    assert not planning.commit(item(3, 1))
    assert planning.commitment.current_numbers == (2, 1)
    assert planning.history_of(3) == []
    assert planning.commit(item(3, 1), quarter=Q3.next())


def test_change__is_stored_with_person_and_reason(planning: PlanningBoard) -> None:
    planning.commit()
    planning.change([item(4, None), item(3, 3)], [2])
    assert planning.commitment.current_numbers == (1, 4, 3)
    assert [(change.number, change.added) for change in planning.commitment.changes] == [
        (4, True),
        (3, True),
        (2, False),
    ]
    assert [change.project for change in planning.commitment.changes] == [
        item(4, None),
        item(3, 3),
        None,
    ]
    assert {(change.changed_by, change.reason) for change in planning.commitment.changes} == {
        ("U2", "a fire")
    }
    assert planning.history_of(4) == [("taken_in", "Q3 2026: a fire")]
    assert planning.history_of(2)[1:] == [("taken_out", "Q3 2026: a fire")]


def test_change_of_uncommitted_quarter__is_refused(planning: PlanningBoard) -> None:
    with pytest.raises(LookupError):
        planning.change([item(1, 1)], [])


def test_commit__makes_a_posted_plan_stale(planning: PlanningBoard) -> None:
    planning.mark_shown(PostKind.ROADMAP)
    assert planning.stale_posts() == []
    planning.commit()
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_status_of_committed_project__makes_both_posts_stale(
    planning: PlanningBoard,
) -> None:
    planning.commit()
    for kind in (PostKind.RETROSPECTIVE, PostKind.ROADMAP):
        planning.mark_shown(kind)
    assert planning.stale_posts() == []
    planning.channel.changes_status(1, Status.STARTED)
    assert planning.stale_posts() == [PostKind.RETROSPECTIVE, PostKind.ROADMAP]
    planning.mark_shown(PostKind.ROADMAP)
    assert planning.stale_posts() == [PostKind.RETROSPECTIVE]


def test_change_and_status_of_added_project__make_posts_stale(planning: PlanningBoard) -> None:
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    planning.change([item(3, 3)], [])
    assert planning.stale_posts() == [PostKind.ROADMAP]
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(3, Status.DROPPED)
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_event_of_another_project__makes_roadmap_stale(planning: PlanningBoard) -> None:
    """It may be below the line, or shipped outside the roadmap."""
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(1, Status.MERGED, into=4)
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(4, Status.OPEN)
    assert planning.stale_posts() == [PostKind.ROADMAP]
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(3, Status.SHIPPED)
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_edit_of_committed_project__makes_posts_stale(planning: PlanningBoard) -> None:
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    with planning.database.transaction(STORE) as session:
        project = planning.channel.project(1)
        projects.edit(session, project.id, PROPOSAL, changes="title", by="U1", now=JULY)
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_votes_and_scores__make_no_quarter_post_stale(planning: PlanningBoard) -> None:
    planning.channel.adds_people("U1")
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.scores("U1", {"cost": 3})
    assert planning.stale_posts() == []


def test_old_quarter__is_never_stale(planning: PlanningBoard) -> None:
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(1, Status.SHIPPED)
    assert planning.stale_posts(JULY + timedelta(days=95)) == [PostKind.ROADMAP]
    assert planning.stale_posts(JULY + timedelta(days=190)) == []


def test_another_boards_quarter__is_not_found(planning: PlanningBoard, database: Database) -> None:
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    other = Channel(database, "C2")
    other.proposes("V9")
    other.changes_status(1, Status.SHIPPED)
    assert planning.stale_posts() == []
    with database.snapshot() as session:
        assert roadmaps.find(session, other.board.id, Q3) is None


def test_other_results_show_than_before__roadmap_is_redrawn(planning: PlanningBoard) -> None:
    planning.commit()
    people, no_opinion = ("U1", "U2", "U3"), dict.fromkeys(DEFAULT_CHARTER.keys)
    planning.channel.adds_people(*people)
    for person in people:
        planning.channel.scores(person, {"cost": 1}, number=1)
    planning.mark_shown(PostKind.ROADMAP)
    assert planning.stale_posts() == []
    planning.channel.scores("U1", no_opinion, number=1)
    for person in people:
        planning.channel.scores(person, {"cost": 1}, number=2)
    assert planning.stale_posts() == ["roadmap"]


def test_results_are_hidden_again__roadmap_is_redrawn(planning: PlanningBoard) -> None:
    channel = planning.channel
    channel.adds_people("U1", "U2", "U3")
    planning.commit(item(1, 1))
    planning.mark_shown(PostKind.ROADMAP)
    for person in ("U1", "U2"):
        channel.scores(person, {"cost": 3}, number=1)
    assert planning.stale_posts() == []
    channel.scores("U3", {"cost": 3}, number=1)
    assert planning.stale_posts() == [PostKind.ROADMAP]
    planning.mark_shown(PostKind.ROADMAP)
    channel.adds_people("U3", kind=AccountType.GUEST)
    assert planning.stale_posts() == [PostKind.ROADMAP]


@pytest.mark.parametrize("is_committed", [True, False])
def test_results_of_another_project_hidden__roadmap_is_redrawn(
    planning: PlanningBoard, *, is_committed: bool
) -> None:
    """The post shows projects below the line too, and so does a plan that isn't committed."""
    channel = planning.channel
    channel.adds_people("U1", "U2", "U3")
    if is_committed:
        planning.commit()
    for person in ("U1", "U2", "U3"):
        channel.scores(person, {"cost": 3}, number=3)
    planning.mark_shown(PostKind.ROADMAP)
    channel.scores("U1", {"cost": 2}, number=3)
    assert planning.stale_posts() == []
    channel.adds_people("U3", kind=AccountType.GUEST)
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_results_of_merge_target_are_hidden__roadmap_is_redrawn(planning: PlanningBoard) -> None:
    channel = planning.channel
    channel.adds_people("U1", "U2", "U3")
    planning.commit()
    for person in ("U1", "U2", "U3"):
        channel.scores(person, {"cost": 3}, number=4)
    channel.changes_status(1, Status.MERGED, into=4)
    channel.changes_status(4, Status.SHIPPED)
    planning.mark_shown(PostKind.ROADMAP)
    channel.adds_people("U3", kind=AccountType.GUEST)
    assert planning.stale_posts() == [PostKind.ROADMAP]


def test_fire_charter_or_review__makes_roadmap_stale(planning: PlanningBoard) -> None:
    board = planning.channel.board
    planning.commit()

    def declare(session: Session) -> None:
        fires.declare(session, board.id, value="cost", what="", by="U1", now=JULY)

    def clear(session: Session) -> None:
        fires.clear(session, 1, by="U1", now=JULY)

    def adopt(session: Session) -> None:
        charters.adopt(session, board.id, board.charter, version=2, agreed_by=[], now=JULY)

    def review(session: Session) -> None:
        outbox.enqueue(session, board.id, PostKind.RETROSPECTIVE, QuarterSubject(Q3.key))

    for change in (declare, clear, adopt, review):
        planning.mark_shown(PostKind.ROADMAP)
        assert planning.stale_posts() == []
        with planning.database.transaction(STORE) as session:
            change(session)
        assert planning.stale_posts() == [PostKind.ROADMAP], change


def test_plan_of_past_quarter__stays_as_it_was(planning: PlanningBoard) -> None:
    planning.mark_shown(PostKind.ROADMAP)
    planning.channel.changes_status(1, Status.SHIPPED)
    assert planning.stale_posts() == [PostKind.ROADMAP]
    assert planning.stale_posts(JULY + timedelta(days=95)) == []


def test_search_for_stale_posts__runs_few_statements(planning: PlanningBoard) -> None:
    planning.commit()
    planning.mark_shown(PostKind.ROADMAP)
    planning.mark_shown(PostKind.RETROSPECTIVE)
    with planning.database.snapshot() as session:
        active_boards = boards.list_all(session)
        with recorded_statements() as statements:
            roadmaps.stale_posts(session, active_boards, JULY)
    assert len(statements) <= 4, statements


def undo(planning: PlanningBoard) -> bool:
    with planning.database.transaction(STORE) as session:
        return roadmaps.undo(session, planning.channel.board, Q3, by="U2", now=JULY)


def test_undone_commit__is_kept_until_the_next_commit(planning: PlanningBoard) -> None:
    assert not undo(planning)  # Nothing is committed.
    planning.commit()
    assert undo(planning)
    assert not undo(planning)
    with planning.database.snapshot() as session:
        board_id = planning.channel.board.id
        assert roadmaps.find(session, board_id, Q3) is None
        assert roadmaps.find_undone(session, board_id, Q3) == UndoneCommit("U2", JULY)
        assert not roadmaps.has_commitment(session, board_id)
    assert planning.history_of(1)[-1] == ("commit_undone", "Q3 2026")
    assert planning.commit(item(3, 1))
    assert planning.commitment.current_numbers == (3,)


def test_changed_commit__cannot_be_undone(planning: PlanningBoard) -> None:
    planning.commit()
    planning.change([item(3, 3)], [])
    assert not undo(planning)
    assert planning.commitment.current_numbers == (2, 1, 3)


def test_undo_during_a_change__is_refused(planning: PlanningBoard) -> None:
    """Both have read the roadmap before either writes, unless writers wait for each other."""
    planning.commit()
    board, has_read, is_undone = planning.channel.board, Event(), Event()

    def undo_meanwhile() -> bool:
        assert has_read.wait(LONG)
        undone = undo(planning)
        is_undone.set()
        return undone

    with ThreadPoolExecutor(1) as pool:
        undoing = pool.submit(undo_meanwhile)
        with planning.database.transaction(STORE) as session:
            assert roadmaps.find(session, board.id, Q3) is not None
            has_read.set()
            assert not is_undone.wait(MOMENT)
            added = [item(3, 3)]
            roadmaps.change(
                session, board, Q3, added=added, removed=[], reason="a fire", by="U1", now=JULY
            )
        assert undoing.result(LONG) is False
    assert planning.commitment.current_numbers == (2, 1, 3)


def test_commit_after_undo__makes_roadmap_stale(planning: PlanningBoard) -> None:
    """Another commit has other projects, so the count of their events may be the same."""
    planning.commit()
    undo(planning)
    with planning.database.transaction(STORE) as session:
        board = planning.channel.board
        outbox.enqueue(session, board.id, PostKind.ROADMAP, QuarterSubject(Q3.key))
        post = outbox.latest(session, board.id, PostKind.ROADMAP)
        assert post is not None
        shown = roadmaps.revision(session, board, Q3)
        mark_sent(session, post, "9.000001", shown_revision=shown)
    assert planning.stale_posts() == []
    planning.commit(item(1, 1), item(3, 2), item(4, 3))
    assert planning.stale_posts() == ["roadmap"]
