"""A life of two boards: what people do, by chance, and the time that passes between."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sqlmodel import select

from domain.calendar.cadence import Cadence
from domain.planning.capacity import Capacity, PeopleSource
from domain.planning.commitment import Commitment
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.boards import boards, charters, fires
from storage.database import Database
from storage.locks import STORE, OfBoard, StoreWide
from storage.people import people
from storage.planning import roadmaps
from storage.posts import outbox
from storage.projects import outcomes, votes
from storage.tables import AccountType, PostRow, ProjectRow
from tests.support.channel import Channel

# In two weeks, clocks are set back in Europe, and in three in America.
START = datetime(2026, 10, 12, 7, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = ("U1", "U2", "U3", "U4")
ZONES = ("UTC", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
PROPOSAL = Proposal(title="Less paging", summary="Fewer pages at night.", toil_source="db")
REVEAL_DAYS = (1, 4, 14)
WAITS = tuple(MINUTE * minutes for minutes in (1, 1, 20, 60, 180, 400, 1_440, 1_440, 8_000, 8_000))


CAPACITY = Capacity(
    people=4,
    weeks=4.8,
    weeks_away=2,
    planned_share=0.75,
    share_is_measured=True,
    people_source=PeopleSource.ACTIVITY,
)


class BoardLife:
    """What people do on two boards, by chance: the same in each store with the same seed."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.chance = random.Random(seed)  # noqa: S311 — no secret
        self.channels = [Channel(database, f"C{number}") for number in (1, 2)]
        self.channels[0].adds_people(*PEOPLE, at=START)
        self.now = START
        self.acts = 0
        self.moments: list[datetime] = []  # at which something may come due

    def pass_time(self) -> Iterator[datetime]:
        """Let time pass. Yield the moments at which something may come due, and the last one."""
        end = self.now + self.chance.choice(WAITS)
        yield from sorted(each for each in {*self.moments} if self.now < each < end)
        self.now = end
        yield end

    def _note_moments(self, *days: int) -> None:
        self.moments += [self.now + timedelta(days=each) for each in days]

    def act(self) -> None:
        """Let something happen on one of the boards."""
        self.acts += 1
        on_board = self.chance.choice(self.channels)
        self.chance.choices(
            (
                self._propose,
                self._score,
                self._react,
                self._change_status,
                self._post,
                self._start_or_clear_fire,
                self._change_settings,
                self._change_charter,
                self._pause_or_resume,
                self._commit_or_undo,
                self._change_person,
                self._conflict_or_adopt,
                self._report_outcome,
            ),
            weights=(5, 5, 3, 4, 6, 2, 1, 1, 1, 1, 2, 1, 2),
        )[0](on_board)

    def _project(self, channel: Channel) -> ProjectRow | None:
        with self.database.snapshot() as session:
            of_board = select(ProjectRow).where(ProjectRow.board_id == channel.board.id)
            rows = session.exec(of_board.order_by("number")).all()
            return self.chance.choice(rows) if rows else None

    def _propose(self, channel: Channel) -> None:
        self._note_moments(channel.board.charter.reveal_after_days)
        channel.proposes(f"V{self.acts}", PROPOSAL, at=self.now)

    def _score(self, channel: Channel) -> None:
        project, person = self._project(channel), self.chance.choice(PEOPLE)
        if project is not None:
            channel.scores(person, {"performance": 1}, number=project.number, at=self.now)

    def _react(self, channel: Channel) -> None:
        person, project = self.chance.choice(PEOPLE), self._project(channel)
        if project is not None:
            ts = f"{project.number}.000001"
            reaction = channel.reaction(person, at=f"{self.acts}.0", ts=ts)
            self.database.write_together(channel.lock, votes.save_reactions, reaction)

    def _change_status(self, channel: Channel) -> None:
        project = self._project(channel)
        status = self.chance.choice((Status.SHIPPED, Status.SHIPPED, Status.OPEN, Status.DROPPED))
        if project is not None and project.status != status:
            channel.changes_status(project.number, status, at=self.now)
            self._note_moments(30, 90)

    def _post(self, channel: Channel) -> None:
        """Claim a post. Then post it, give the claim up, or queue it again."""
        with self.database.transaction(OfBoard(channel.board.id)) as session:
            due = [each for each in outbox.pending(session) if each.board_id == channel.board.id]
            if not due:
                return
            post, fate = self.chance.choice(due), self.chance.random()
            if fate < 0.2 and (claimed := outbox.claim(session, post.id, self.now)):
                outbox.release(session, claimed)
            elif outbox.claim(session, post.id, self.now):
                outbox.mark_posted(session, post.id, None if post.person else f"{post.id}.000001")
                if fate > 0.9:
                    outbox.requeue(session, post)

    def _start_or_clear_fire(self, channel: Channel) -> None:
        with self.database.transaction(OfBoard(channel.board.id)) as session:
            burning = fires.burning(session, channel.board.id)
            if burning:
                fires.clear(session, burning[0].id, by="U1", now=self.now)
            else:
                self._note_moments(7)
                fires.declare(
                    session, channel.board.id, value="performance", what="W", by="U1", now=self.now
                )

    def _change_settings(self, channel: Channel) -> None:
        cadence = Cadence(
            time_zone=self.chance.choice(ZONES),
            digest_weekday=self.chance.randrange(7),
            digest_time=self.chance.choice((time(0), time(1, 30), time(9, 30), time(23, 59))),
            fiscal_start=self.chance.choice((1, 2, 11)),
        )
        with self.database.transaction(OfBoard(channel.board.id)) as session:
            boards.change_settings(
                session,
                channel.board,
                cadence=cadence,
                people=4,
                weeks_away=0,
                stewards=(),
                quorum=self.chance.choice((1, 2, 3)),
                by="U1",
                now=self.now,
            )

    def _change_charter(self, channel: Channel) -> None:
        board = channel.board
        charter = board.charter.with_settings(
            reveal_after_days=self.chance.choice((0, *REVEAL_DAYS))
        )
        with self.database.transaction(OfBoard(board.id)) as session:
            charters.adopt(
                session,
                board.id,
                charter,
                version=board.charter_version + 1,
                agreed_by=[],
                now=self.now,
            )

    def _pause_or_resume(self, channel: Channel) -> None:
        board, days = channel.board, self.chance.choice((None, 3, 10))
        until = None if days is None else board.cadence.today(self.now) + timedelta(days=days)
        with self.database.transaction(OfBoard(board.id)) as session:
            boards.pause_digests(session, board, until, self.now)

    def _commit_or_undo(self, channel: Channel) -> None:
        board = channel.board
        quarter = board.cadence.quarter(self.now)
        with self.database.transaction(OfBoard(board.id)) as session:
            if not roadmaps.undo(session, board, quarter, by="U1", now=self.now):
                commitment = Commitment(CAPACITY, 1, "U1", self.now, ())
                roadmaps.commit(session, board, quarter, commitment)

    def _change_person(self, channel: Channel) -> None:
        person = self.chance.choice(PEOPLE)
        if self.chance.random() < 0.5:
            kind = self.chance.choice((AccountType.MEMBER, AccountType.MEMBER, AccountType.GUEST))
            channel.adds_people(person, kind=kind, at=self.now)
        else:
            wanted = self.chance.random() < 0.6
            with self.database.transaction(STORE) as session:
                people.set_wants_reminders(session, channel.team_id, person, wanted=wanted)

    def _conflict_or_adopt(self, channel: Channel) -> None:
        board = channel.board
        with self.database.transaction(StoreWide((board.id,))) as session:
            if board.has_conflict:
                boards.adopt_conflicting_store(session, board.id, self.now)
            else:
                boards.mark_conflict(session, board.id, f"store {self.acts}")

    def _report_outcome(self, channel: Channel) -> None:
        project = self._project(channel)
        if project is not None and project.status == Status.SHIPPED:
            with self.database.transaction(OfBoard(channel.board.id)) as session:
                outcomes.save(session, project.id or 0, "U1", {"performance": 1}, self.now)

    def outcome(self) -> list[object]:
        """Return all posts and reveals."""
        with self.database.snapshot() as session:
            posts = [
                (each.board_id, each.kind, each.subject, each.edition, each.person, each.state)
                for each in session.exec(select(PostRow)).all()
            ]
            revealed = [
                (each.board_id, each.number, each.revealed_at)
                for each in session.exec(select(ProjectRow)).all()
            ]
        return [*sorted(posts, key=repr), *sorted(revealed, key=repr)]
