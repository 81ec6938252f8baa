"""Boards with a past, written directly to the database: what is open now, and what closed before.

Every board is up to date: what was due is posted, and Slack shows it.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col

from benchmarks.boards import NOW
from domain.calendar.cadence import Cadence
from domain.calendar.quarter import Quarter
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database
from storage.locks import STORE
from storage.planning import roadmaps
from storage.tables import (
    AccountType,
    BoardRow,
    BoardScheduleRow,
    CharterRow,
    HistoryRow,
    OutcomeRow,
    PersonRow,
    PostKind,
    PostRow,
    PostState,
    ProjectRow,
    ReactionRow,
    RoadmapItemRow,
    RoadmapRow,
    ScoreRow,
    ToilRow,
)

TEAM = "T1"
PEOPLE = tuple(f"U{number}" for number in range(12))
SCORERS = 5  # of each project
# How projects end, in turn: of ten, six ship.
ENDINGS = (
    *(Status.SHIPPED, Status.DECLINED, Status.SHIPPED, Status.SHIPPED, Status.MERGED),
    *(Status.SHIPPED, Status.DROPPED, Status.SHIPPED, Status.SHIPPED, Status.HANDED_OFF),
)
EFFORTS = (1, 2, 3, 5, 8)
TOIL_SOURCES = ("db-primary", "deploys", "certificates", "disk-full")
TOIL_PER_WEEK = 6
# Needle still measures and asks about what shipped in the last 120 days: that isn't past.
RECENT = timedelta(days=150)
QUARTER_SIZE = 8  # projects in a roadmap
WEEK = timedelta(weeks=1)
NAMED_PER_DIGEST = 5


@dataclass(frozen=True)
class Size:
    """How many projects of a board are open, how many are closed, and since when it works."""

    open: int
    closed: int
    past: timedelta = timedelta(days=12 * 365)


class Writer:
    """Inserts that are collected by table. A board's rows are complete, then `write` stores them.

    Ids are counted here: the database must be empty at first.
    """

    def __init__(self, team_id: str = TEAM, seed: int = 1) -> None:
        self._team_id = team_id
        self._chance = random.Random(seed)  # noqa: S311 — no secret
        self._rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
        self._ids: dict[type[SQLModel], Iterator[int]] = {}
        self._ts = count(1)

    def add(self, table: type[SQLModel], **columns: Any) -> int:
        """Add a row, with the next id if the table has one. Return the id."""
        row_id = next(self._ids.setdefault(table, count(1)))
        if "id" in table.model_fields:
            columns["id"] = row_id
        self._rows.setdefault(table, []).append(columns)
        return row_id

    def write(self, session: Session) -> None:
        """Store all rows, parents first."""
        for table in SQLModel.metadata.sorted_tables:
            for model, rows in self._rows.items():
                if model.__tablename__ == table.name:
                    defaults = _defaults_of(model)
                    session.execute(insert(model), [{**defaults, **row} for row in rows])
        self._rows.clear()

    def add_people(self) -> None:
        """Add the workspace's people. Slack was asked about them just now."""
        for person in PEOPLE:
            self.add(
                PersonRow,
                team_id=self._team_id,
                user_id=person,
                kind=AccountType.MEMBER,
                name=person.lower(),
                time_zone="UTC",
                asked_at=NOW,
            )

    def add_board(self, channel: str, size: Size) -> int:
        """Add a board with its past. Return its id."""
        started_at = NOW - size.past - 8 * WEEK
        board_id = self.add(
            BoardRow,
            team_id=self._team_id,
            channel_id=channel,
            created_at=started_at,
            invited_by="U0",
            name=channel.lower(),
            time_zone="UTC",
            full_members=len(PEOPLE),
            stewards=["U0"],
        )
        self.add(BoardScheduleRow, board_id=board_id)
        self.add(
            CharterRow,
            board_id=board_id,
            version=1,
            content=DEFAULT_CHARTER.model_dump(mode="json"),
            agreed_by=["U0"],
            agreed_at=started_at,
        )
        self._post(board_id, PostKind.INTRODUCTION, "", at=started_at)
        shipped = self._closed(board_id, size)
        current = [
            self._project(board_id, size.closed + number, _opened_at(number), {})
            for number in range(1, size.open + 1)
        ]
        self._digests(board_id, shipped, size.past)
        self._roadmaps(board_id, [project for project, _, _ in shipped], current, size.past)
        self._toil(board_id, size.past if size.closed else 8 * WEEK)
        return board_id

    def _closed(self, board_id: int, size: Size) -> list[tuple[int, int, datetime]]:
        """Add closed projects, oldest first. Return id, number and time of those that shipped."""
        shipped: list[tuple[int, int, datetime]] = []
        for number in range(1, size.closed + 1):
            closed_at = NOW - size.past + (size.past - RECENT) * number / (size.closed + 1)
            status = ENDINGS[number % len(ENDINGS)]
            into = shipped[-1][0] if status is Status.MERGED and shipped else None
            if status is Status.MERGED and into is None:
                status = Status.DROPPED
            ending = {
                "status": status,
                "status_at": closed_at,
                "status_by": "U0",
                "merged_into": into,
            }
            project = self._project(board_id, number, closed_at - 6 * WEEK, ending)
            self._event(board_id, project, number, Status.STARTED, closed_at - 2 * WEEK)
            self._event(board_id, project, number, status, closed_at)
            if status is Status.SHIPPED:
                shipped.append((project, number, closed_at))
                self._follow_ups(board_id, project, number, closed_at)
        return shipped

    def _project(
        self, board_id: int, number: int, proposed_at: datetime, ending: Mapping[str, Any]
    ) -> int:
        """Add a project with its card, scores and votes. Return its id."""
        proposal = Proposal(
            title=f"Retire the {number}th box that pages us",
            summary="A single instance still fronts three networks; when it dies we are paged.",
            effort_weeks=EFFORTS[number % len(EFFORTS)],
            steps=("Add a second instance", "Move the traffic", "Turn off the first"),
            toil_source=TOIL_SOURCES[number % len(TOIL_SOURCES)],
            toil_per_month=3,
        )
        project = self.add(
            ProjectRow,
            board_id=board_id,
            permanent_id=f"benchmark-{board_id}-{number}",
            number=number,
            origin=f"V{board_id}-{number}",
            proposer=PEOPLE[number % len(PEOPLE)],
            owner=PEOPLE[(number + 1) % len(PEOPLE)],
            proposed_at=proposed_at,
            changed_at=proposed_at,
            proposal=proposal.model_dump(mode="json"),
            # The default charter reveals results after two weeks.
            **{"revealed_at": proposed_at + 3 * WEEK, **ending},
        )
        ts = self._post(
            board_id,
            PostKind.CARD,
            f"{number}",
            at=proposed_at,
            project_id=project,
            shown_revision=1,
        )
        # A project is merged into the one before it, and the same people scored both.
        first = number - (1 if ending.get("merged_into") else 0)
        voters = [PEOPLE[(first + each) % len(PEOPLE)] for each in range(SCORERS)]
        for person in voters:
            self.add(
                ScoreRow,
                project_id=project,
                person=person,
                impacts={
                    key: self._chance.choice((-1, 0, 0, 1, 2)) for key in DEFAULT_CHARTER.keys
                },
                given_at=proposed_at,
            )
        for person in voters[:3]:
            self.add(
                ReactionRow,
                board_id=board_id,
                message_ts=ts,
                person=person,
                emoji="+1",
                present=True,
                event_ts=int(proposed_at.timestamp()) * 1_000_000,
            )
        return project

    def _event(self, board_id: int, project: int, number: int, what: str, at: datetime) -> None:
        """Add an event, and the reply in the card's thread that tells it."""
        event = self.add(HistoryRow, project_id=project, at=at, person="U0", what=what)
        self._post(board_id, PostKind.UPDATE, f"{number}:{event}", at=at, project_id=project)

    def _follow_ups(self, board_id: int, project: int, number: int, shipped_at: datetime) -> None:
        """Add what Needle asked and posted after the project shipped, if it is due by now."""
        day = shipped_at.date()
        for days in (30, 90):
            if shipped_at + timedelta(days=days) <= NOW:
                subject = f"{number}:{days}:{day}"
                self._post(board_id, PostKind.PAYBACK, subject, at=shipped_at, project_id=project)
        if shipped_at + timedelta(days=30) <= NOW:
            for person in (PEOPLE[(number + each) % len(PEOPLE)] for each in range(SCORERS)):
                self._post(
                    board_id,
                    PostKind.OUTCOME,
                    f"{person}:{number}:{day}",
                    at=shipped_at,
                    project_id=project,
                    person=person,
                )
                self.add(
                    OutcomeRow,
                    project_id=project,
                    person=person,
                    value="cost",
                    impact=1,
                    given_at=shipped_at + timedelta(days=31),
                )

    def _digests(
        self, board_id: int, shipped: list[tuple[int, int, datetime]], past: timedelta
    ) -> None:
        """Add each week's digest. All name what shipped, but at most five projects each."""
        cadence, waiting = Cadence(), iter(shipped)
        next_one = next(waiting, None)
        for week in range(past // WEEK, -1, -1) if shipped else (0,):
            due = cadence.latest_digest(NOW - week * WEEK)
            named: list[tuple[int, int, datetime]] = []
            while next_one and next_one[2] <= due.due_at and len(named) < NAMED_PER_DIGEST:
                named.append(next_one)
                next_one = next(waiting, None)
            for project, _, _ in named:
                self._rows[ProjectRow][project - 1]["digest_week"] = due.period
            self._post(
                board_id,
                PostKind.DIGEST,
                due.period,
                at=due.due_at,
                ranks={},
                shipped=[number for _, number, _ in named],
                shippings={f"{number}": at.isoformat() for _, number, at in named},
            )

    def _roadmaps(
        self, board_id: int, shipped: list[int], current: list[int], past: timedelta
    ) -> None:
        """Add the committed roadmap of each quarter, with its post and its retrospective."""
        quarter = Quarter.containing(NOW.date(), 1)
        self._roadmap(board_id, quarter, current[:QUARTER_SIZE], is_over=False)
        quarter = quarter.previous()
        while shipped and quarter.end > (NOW - past).date():
            share = (NOW.date() - quarter.end).days / past.days
            last = max(round(len(shipped) * (1 - share)), 0)
            items = shipped[max(last - QUARTER_SIZE, 0) : last]
            self._roadmap(board_id, quarter, items, is_over=True)
            quarter = quarter.previous()

    def _roadmap(
        self, board_id: int, quarter: Quarter, projects: list[int], *, is_over: bool
    ) -> None:
        at = _noon(quarter.start)
        roadmap = self.add(
            RoadmapRow,
            board_id=board_id,
            quarter=quarter.key,
            charter_version=1,
            capacity={
                "people": 6,
                "people_source": "setting",
                "weeks": 13,
                "weeks_away": 0,
                "planned_share": 0.82,
                "share_is_measured": False,
            },
            committed_by="U0",
            committed_at=at,
        )
        for rank, project in enumerate(projects, start=1):
            self.add(
                RoadmapItemRow,
                roadmap_id=roadmap,
                project_id=project,
                rank=rank,
                needle=20.0,
                effort_weeks=2.0,
                impact={"cost": 1.0},
                carried_over=False,
            )
        self._post(board_id, PostKind.ROADMAP, quarter.key, at=at, shown_revision=None)
        if is_over:
            self._post(board_id, PostKind.RETROSPECTIVE, quarter.key, at=at, shown_revision=None)

    def _toil(self, board_id: int, since: timedelta) -> None:
        for number in range(TOIL_PER_WEEK * (since // WEEK)):
            at = NOW - since + since * number / (TOIL_PER_WEEK * (since // WEEK))
            self.add(
                ToilRow,
                board_id=board_id,
                origin=f"V{board_id}-{number}",
                kind="page",
                source=TOIL_SOURCES[number % len(TOIL_SOURCES)],
                minutes=45,
                at=at,
                out_of_hours=False,
                by="U0",
            )

    def _post(
        self, board_id: int, kind: PostKind, subject: str, *, at: datetime, **columns: Any
    ) -> str:
        """Add a post that Slack shows. Return its ts."""
        ts = f"{int(at.timestamp())}.{next(self._ts):06d}"
        self.add(
            PostRow,
            board_id=board_id,
            kind=kind,
            subject=subject,
            state=PostState.POSTED,
            attempts=1,
            taken_at=at,
            first_tried_at=at,
            ts=None if columns.get("person") else ts,
            permalink=f"https://example.slack.com/archives/C/p{ts}",
            **columns,
        )
        return ts


def _defaults_of(table: type[SQLModel]) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required() and name != "id"
    }


def write_boards(database: Database, channels: Iterable[str], size: Size) -> list[Board]:
    """Create boards of a size, with everything posted. Return them in the order of channels."""
    with database.transaction(STORE) as session:
        writer = Writer()
        writer.add_people()
        ids = [writer.add_board(channel, size) for channel in channels]
        writer.write(session)
    with database.transaction(STORE) as session:
        created = [boards.get(session, board_id) for board_id in ids]
        for board in created:
            _mark_shown(session, board)
    return created


def _mark_shown(session: Session, board: Board) -> None:
    """Record that the posts about the current and the last quarter show their current revision."""
    for quarter in (this_quarter := board.cadence.quarter(NOW), this_quarter.previous()):
        session.execute(
            update(PostRow)
            .where(
                col(PostRow.board_id) == board.id,
                col(PostRow.kind).in_(roadmaps.QUARTER_KINDS),
                col(PostRow.subject) == quarter.key,
            )
            .values(shown_revision=roadmaps.revision(session, board, quarter))
        )


def _opened_at(number: int) -> datetime:
    """Return when the open project of this number was proposed: in the last three months."""
    return NOW - 13 * WEEK + timedelta(hours=number % 1_000)


def _noon(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)
