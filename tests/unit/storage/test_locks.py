"""Writers of a board wait for each other, and for no other board's writers."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import psycopg
import pytest

from storage import locks
from storage.boards import boards, channel_members, removal
from storage.database import (
    Database,
    DatabaseUnavailable,
    Session,
    open_database,
)
from storage.engine import WRITERS_LOCK
from storage.locks import BOARDS, STORE, OfBoard, OfChannel, StoreWide, WriterLock
from storage.people import homes, people
from storage.projects import projects, votes
from storage.projects.projects import Created, Elsewhere
from storage.tables import AccountType
from tests.support.channel import NOW, PROPOSAL, Channel
from tests.support.postgres import Postgres

LONG_ENOUGH = 60  # seconds
VOTERS = 10
EVERYONE = [f"U{number}" for number in range(VOTERS)]
POLL_SECONDS = 0.02
IMPATIENT_SECONDS = 0.2
WAITING_FOR = """SELECT classid::bigint, objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND NOT granted"""

Write = Callable[[Session], object]


@pytest.fixture
def address(postgres: Postgres) -> str:
    """A PostgreSQL database of its own, so that its locks are this test's."""
    return postgres.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Database]:
    with closing(open_database(address)) as database:
        yield database


@pytest.fixture
def two_channels(store: Database) -> tuple[Channel, Channel]:
    """Two boards. Each has a project with a posted card."""
    channels = Channel(store, "C1"), Channel(store, "C2")
    for channel in channels:
        channel.proposes("V1")
        channel.shows_card()
    return channels


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon on a lock that is held."""
    monkeypatch.setattr("storage.time_limits.LOCK_SECONDS", IMPATIENT_SECONDS)


@contextmanager
def open_transaction(
    database: Database, lock: WriterLock, write: Write = lambda _: None
) -> Iterator[None]:
    """Hold a lock, with uncommitted writes, in another thread until the block ends."""
    is_open, may_commit = threading.Event(), threading.Event()

    def hold() -> None:
        with database.transaction(lock) as session:
            write(session)
            session.flush()
            is_open.set()
            assert may_commit.wait(LONG_ENOUGH)

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(hold)
        try:
            while not is_open.wait(POLL_SECONDS):
                assert not holder.done(), holder.result()
            yield
        finally:
            may_commit.set()
        holder.result(LONG_ENOUGH)


def until_waiting(postgres: Postgres, address: str, waiting: Future[Any]) -> tuple[int, int]:
    """Return both keys of the only advisory lock that a transaction waits for."""
    deadline = time.monotonic() + LONG_ENOUGH
    while not (found := postgres.query(address, WAITING_FOR)):
        assert not waiting.done(), waiting.result()
        assert time.monotonic() < deadline
        time.sleep(POLL_SECONDS)
    [(kind, key)] = found
    return kind, key


def write_everything(channel: Channel, person: str) -> None:
    """Write to one board: a vote, a score, a project, a card, and settings."""
    channel.reacts(person, at="5.000000")
    channel.scores(person, {"cost": 2})
    number = channel.proposes("V2")
    channel.shows_card(number)
    channel.sets_people(7)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (OfBoard(1), OfBoard(1)),
        (OfBoard(1), OfChannel("T1", "C1")),
        (OfChannel("T1", "C1"), OfBoard(1)),
        (OfBoard(2), StoreWide((1, 2))),
        (StoreWide((2, 1)), OfBoard(1)),
        (STORE, STORE),
        (STORE, StoreWide((1,))),
        (STORE, OfChannel("T1", "C9")),  # may become a board
        (OfChannel("T1", "C1", form="V1"), OfChannel("T1", "C2", form="V1")),
    ],
)
@pytest.mark.usefixtures("two_channels", "impatient")
def test_same_lock__is_waited_for_until_time_out(
    store: Database, held: WriterLock, wanted: WriterLock
) -> None:
    with (
        open_transaction(store, held),
        pytest.raises(DatabaseUnavailable, match="lock timeout"),
        store.transaction(wanted),
    ):
        pass
    with store.transaction(wanted):
        pass


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (OfBoard(1), OfBoard(2)),
        (OfBoard(1), STORE),
        (OfBoard(1), StoreWide((2,))),
        (STORE, OfBoard(1)),
        (STORE, OfChannel("T1", "C1")),
        (OfChannel("T1", "C1"), OfChannel("T1", "C2")),
        (OfChannel("T1", "C1", form="V1"), OfChannel("T1", "C2", form="V2")),
    ],
)
@pytest.mark.usefixtures("two_channels", "impatient")
def test_other_lock__is_not_waited_for(
    store: Database, held: WriterLock, wanted: WriterLock
) -> None:
    with open_transaction(store, held), store.transaction(wanted):
        pass


@pytest.mark.usefixtures("impatient")
def test_other_board_writes__nothing_here_waits(two_channels: tuple[Channel, Channel]) -> None:
    """Both boards' writes are by people whom nobody has looked up yet."""
    first, second = two_channels

    def write(session: Session) -> None:
        votes.save_reactions(session, [second.reaction("U1", at="5.000000")])
        second.propose_in(session, "V9", PROPOSAL)
        boards.set_name(session, 2, "ops")

    with open_transaction(first.database, second.lock, write):
        write_everything(first, "U1")
    with first.database.snapshot() as session:
        assert people.unknown(session) == [("T1", "U1")]


@pytest.mark.usefixtures("impatient")
def test_store_wide_writes__no_board_waits(two_channels: tuple[Channel, Channel]) -> None:
    channel, _ = two_channels
    channel.adds_people("U1")

    def write(session: Session) -> None:
        people.mark_all_for_lookup(session)
        people.set_wants_reminders(session, "T1", "U1", wanted=False)
        people.save_profile(session, "T1", "U9", AccountType.MEMBER, None, NOW, None)
        homes.add(session, "T1", "U1")
        boards.create(session, "T1", "C3", "U1", NOW)

    with open_transaction(channel.database, STORE, write):
        write_everything(channel, "U1")
        channel.reacts("U9", at="6.000000")


def test_board_is_written__next_vote_waits_for_its_lock(
    two_channels: tuple[Channel, Channel], postgres: Postgres, address: str
) -> None:
    channel, _ = two_channels
    with ThreadPoolExecutor(1) as pool:
        with open_transaction(channel.database, OfBoard(1)):
            vote = pool.submit(channel.reacts, "U1", at="5.000000")
            assert until_waiting(postgres, address, vote) == (BOARDS, 1)
        assert vote.result(LONG_ENOUGH)


def test_vote_before_its_lookup_is_seen__is_looked_up_again(
    two_channels: tuple[Channel, Channel],
) -> None:
    """A vote that isn't committed yet would stay off the card, whose person is known by then."""
    channel, other = two_channels
    other.reacts("U1", at="1.000000")

    def vote(session: Session) -> None:
        votes.save_reactions(session, [channel.reaction("U1", at="5.000000")])

    with open_transaction(channel.database, channel.lock, vote):
        channel.adds_people("U1")
    channel.shows_card()
    assert not channel.stale_cards()
    with channel.database.snapshot() as session:
        assert people.unknown(session) == [("T1", "U1")]
    channel.adds_people("U1")
    assert channel.stale_cards() == ["1"]
    with channel.database.snapshot() as session:
        assert people.unknown(session) == []


def test_channel_moves_during_a_vote__vote_is_on_moved_board(
    store: Database, postgres: Postgres, address: str
) -> None:
    """Slack gave the channel of board 1 a new id, of which backfill has made board 2."""
    moved, backfilled = Channel(store, "C1"), Channel(store, "C2")
    moved.proposes("V1")
    moved.shows_card()
    with ThreadPoolExecutor(1) as pool:
        with open_transaction(
            store, STORE, lambda session: boards.follow(session, 1, "T1", "C2", NOW)
        ):
            vote = pool.submit(backfilled.reacts, "U1", at="5.000000")
            assert until_waiting(postgres, address, vote) == (BOARDS, 2)
        assert vote.result(LONG_ENOUGH)
    with store.snapshot() as session:
        assert votes.has_reactions(session, 1, "1.000001")


def test_form_for_two_boards_at_once__proposes_on_one(
    two_channels: tuple[Channel, Channel], postgres: Postgres, address: str
) -> None:
    store = two_channels[0].database

    def submit(session: Session, board_id: int) -> object:
        return projects.propose_or_update(
            session,
            board_id,
            origin="V7",
            proposer="U1",
            proposal=PROPOSAL,
            describe_changes=lambda *_: "",
            now=NOW,
        )

    def submit_to_second() -> object:
        with store.transaction(OfChannel("T1", "C2", form="V7")) as session:
            return submit(session, 2)

    with ThreadPoolExecutor(1) as pool:
        with open_transaction(
            store, OfChannel("T1", "C1", form="V7"), lambda session: submit(session, 1)
        ):
            second = pool.submit(submit_to_second)
            until_waiting(postgres, address, second)
            with store.transaction(OfBoard(2)):
                pass  # A form that waits for another holds no board.
        assert second.result(LONG_ENOUGH) == Elsewhere(2, 1)
    with store.transaction(OfBoard(1)) as session:
        assert projects.find(session, 1, 2) is not None
        assert submit(session, 1) != Created(3)


@pytest.mark.usefixtures("two_channels", "impatient")
def test_rolled_back_savepoint__releases_its_lock(store: Database) -> None:
    with store.transaction(OfBoard(1)) as session:
        savepoint = session.begin_nested()
        locks.acquire(session, OfBoard(2))
        savepoint.rollback()
        with store.transaction(OfBoard(2)):
            pass
        with pytest.raises(DatabaseUnavailable), store.transaction(OfBoard(1)):
            pass


@pytest.mark.usefixtures("impatient")
def test_migration_or_earlier_version_writes__writers_wait(store: Database, address: str) -> None:
    channel = Channel(store)
    with psycopg.connect(address.replace("+psycopg", "")) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})".encode())
        with pytest.raises(DatabaseUnavailable, match="lock timeout"):
            channel.proposes("V1")
    channel.proposes("V1")


def test_backfill_during_member_save__members_are_asked_again(
    two_channels: tuple[Channel, Channel], postgres: Postgres, address: str
) -> None:
    """The list that Slack returned before is outdated then."""
    channel, _ = two_channels
    store = channel.database
    last_change = channel.board.members_changed_at
    later = NOW + timedelta(seconds=1)

    def save() -> bool:
        with store.transaction(StoreWide((1,))) as session:
            return channel_members.save(session, 1, {"U1"}, last_change=last_change)

    with ThreadPoolExecutor(1) as pool:
        with open_transaction(
            store, STORE, lambda session: boards.mark_members_changed(session, "T1", ["C1"], later)
        ):
            saved = pool.submit(save)
            until_waiting(postgres, address, saved)
        assert not saved.result(LONG_ENOUGH)
    assert channel.board.members_changed_at == later


def require_all_writes(channel: Channel) -> None:
    """Check the numbers of the projects, and that each vote and score is stored and shown."""
    with channel.database.snapshot() as session:
        board_id = channel.board.id
        numbers = [each.number for each in projects.list_for_board(session, board_id)]
        reactions = votes.reactions_on(session, board_id, ["1.000001"])["1.000001"]
    assert numbers == list(range(1, 2 * VOTERS + 2))
    assert len(reactions) == 2 * VOTERS
    assert channel.project().revision > 4 * VOTERS


def vote_score_and_propose(channel: Channel, seed: int) -> None:
    order = Random(seed).sample(EVERYONE, VOTERS)  # noqa: S311 — no secret
    for place, person in enumerate(order):
        channel.reacts(person, f"emoji{seed}", at=f"{place}.000000")
        channel.scores(person, {"cost": 1})
        channel.proposes(f"V{seed}-{place}")


def look_people_up(channel: Channel) -> None:
    for kind in (AccountType.MEMBER, AccountType.GUEST, AccountType.MEMBER):
        for person in EVERYONE:
            channel.adds_people(person, kind=kind)


def save_members(channel: Channel) -> None:
    for size in range(VOTERS):
        with channel.database.transaction(StoreWide((channel.board.id,))) as session:
            people_left = EVERYONE[size:]
            channel_members.save(session, channel.board.id, people_left, last_change=None)


def create_and_remove(store: Database) -> None:
    for _ in range(VOTERS):
        extra = Channel(store, "C3")
        extra.reacts("U1", at="1.000000")
        with store.transaction(StoreWide((extra.board.id,))) as session:
            removal.remove(session, extra.board.id)


def test_all_kinds_of_writers_at_once__nothing_is_lost(store: Database) -> None:
    """A deadlock would raise DatabaseUnavailable."""
    channels = [Channel(store, f"C{number}") for number in (1, 2)]
    for channel in channels:
        channel.proposes("first")
        channel.shows_card()
    works = [
        *(partial(vote_score_and_propose, channel, seed) for seed, channel in enumerate(channels)),
        *(
            partial(vote_score_and_propose, channel, seed)
            for seed, channel in enumerate(channels, 2)
        ),
        *(partial(save_members, channel) for channel in channels),
        partial(look_people_up, channels[0]),
        partial(create_and_remove, store),
    ]
    with ThreadPoolExecutor(len(works)) as pool:
        for running in [pool.submit(work) for work in works]:
            running.result(2 * LONG_ENOUGH)
    for channel in channels:
        require_all_writes(channel)
