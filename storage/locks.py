"""Locks of writers: what a transaction writes, which decides which other writers wait for it.

Every transaction that writes names its lock. Transactions with the same lock run one after another,
so what one reads can't change before it writes. In SQLite, all writers wait for each other anyway:
https://www.sqlite.org/lang_transaction.html. In PostgreSQL, these are advisory locks, which end
with the transaction or with the savepoint in which they were taken:
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS

Three rules keep a vote from waiting for another board, and writers from waiting in a circle:
- The rows of a board are written only with its lock, and all other rows only with the store-wide
  lock. The exceptions are single statements that need nothing that was read before. They store a
  user action's key, or note on the rows of boards what Slack must be asked.
- A transaction takes its locks in this order: a form's, the store-wide lock, the boards' by id.
- A transaction with only a board's lock waits for no row that it doesn't write. Reading never
  waits.
"""

from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import Connection, text
from sqlmodel import Session

# The first keys of Needle's advisory locks. Any numbers that no other program on the server uses.
BOARDS = 0x6E656564
FORMS = 0x6E656565
STORE_KEY = 0  # among the boards' ids, which start at 1

LOCK = text("SELECT pg_advisory_xact_lock(:kind, :key)")
# A channel without a board gets the store-wide lock: only that keeps it from becoming a board.
BOARD_OF_CHANNEL = """coalesce(
    (SELECT id FROM board WHERE team_id = :team_id AND channel_id = :channel_id), :store
)"""
FIND_KEY = text(f"SELECT {BOARD_OF_CHANNEL}")
LOCK_CHANNEL = text(
    f"WITH board_key AS MATERIALIZED (SELECT {BOARD_OF_CHANNEL} AS key)"  # noqa: S608 — a constant
    " SELECT key, pg_advisory_xact_lock(:kind, key) FROM board_key"
)


@dataclass(frozen=True)
class OfBoard:
    """The lock of a board, for writes of its rows only."""

    board_id: int


@dataclass(frozen=True)
class OfChannel:
    """The lock of the board of a channel, for callers that know only Slack's ids.

    `form` is the id of a form that a person may submit for one board and then for another, or "".
    Its submissions wait for each other before they wait for a board.
    """

    team_id: str
    channel_id: str
    form: str = ""


@dataclass(frozen=True)
class StoreWide:
    """The lock for rows that belong to no single board, such as people, and for the set of boards.

    A transaction that writes rows of boards too has the locks of these boards as well.
    """

    board_ids: tuple[int, ...] = ()


STORE = StoreWide()
WriterLock = OfBoard | OfChannel | StoreWide
SESSION_KEY = "locks"


def acquire(session: Session, lock: WriterLock) -> None:
    """Take a lock until the transaction ends, or until a savepoint before it is rolled back.

    Read nothing that may change before: a transaction sees what others commit while it waits, but
    objects that the session has loaded stay as they were.
    """
    session.info.setdefault(SESSION_KEY, set()).add(lock)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return
    match lock:
        case OfBoard(board_id):
            _acquire(connection, BOARDS, board_id)
        case OfChannel():
            _acquire_channel(connection, lock)
        case StoreWide(board_ids):
            for key in (STORE_KEY, *sorted({*board_ids})):
                _acquire(connection, BOARDS, key)


def held(session: Session) -> frozenset[WriterLock]:
    """Return the locks that a session has acquired, and so what it may have written.

    A savepoint that was rolled back may have released some of them.
    """
    return frozenset(session.info.get(SESSION_KEY, ()))


def _acquire_channel(connection: Connection, lock: OfChannel) -> None:
    """Take the lock of the channel's board, which may change while this waits."""
    if lock.form:
        _acquire(connection, FORMS, _signed_crc(lock.form))
    channel = {"team_id": lock.team_id, "channel_id": lock.channel_id, "store": STORE_KEY}
    while connection.scalar(LOCK_CHANNEL, {**channel, "kind": BOARDS}) != connection.scalar(
        FIND_KEY, channel
    ):
        pass


def _acquire(connection: Connection, kind: int, key: int) -> None:
    connection.execute(LOCK, {"kind": kind, "key": key})


def _signed_crc(name: str) -> int:
    """Return a number that fits into PostgreSQL's `integer`."""
    return crc32(name.encode()) - 2**31
