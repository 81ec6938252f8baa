"""How long a thread waits for the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

CONNECT_SECONDS = 5
MIN_CONNECT_SECONDS = 2  # the driver's own minimum
ANSWER_SECONDS = 10  # for each statement
MIN_ANSWER_SECONDS = 1  # after the deadline too: a server that works answers sooner
# Another process that dies in a transaction must not keep the writers' lock for hours.
MAX_IDLE_SECONDS = 10
LOCK_SECONDS = 2.5  # Slack waits 3 s, and the person must get the error
# Another process that starts holds the writers' lock while it creates or checks the schema.
START_LOCK_SECONDS = 30

SecondsLeft = Callable[[], float | None]  # until the calling thread's deadline, if it has one

_patience: ContextVar[float] = ContextVar("patience", default=0)
# Until when the thread's transaction waits for a SQLite file, as a `time.monotonic` time.
_lock_deadline: ContextVar[float | None] = ContextVar("lock_deadline", default=None)


def no_deadline() -> None:
    """Return None: the calling thread has no deadline."""


def connect_seconds(seconds_left: float | None) -> int:
    """Return how long to wait for a connection."""
    if seconds_left is None:
        return CONNECT_SECONDS
    return min(CONNECT_SECONDS, max(MIN_CONNECT_SECONDS, int(seconds_left)))


def answer_seconds(seconds_left: float | None) -> float:
    """Return how long to wait for the answer to a statement."""
    if seconds_left is None:
        return max(ANSWER_SECONDS, _patience.get())
    return min(ANSWER_SECONDS, max(MIN_ANSWER_SECONDS, seconds_left))


def idle_seconds() -> float:
    """Return how long a transaction may wait for its next statement."""
    return max(MAX_IDLE_SECONDS, _patience.get())


def lock_seconds() -> float:
    """Return how long to wait for the writers' lock."""
    return max(LOCK_SECONDS, min(START_LOCK_SECONDS, _patience.get()))


@contextmanager
def one_wait_for_lock() -> Iterator[None]:
    """Let all waits for a SQLite file in the block take `LOCK_SECONDS` together."""
    token = _lock_deadline.set(time.monotonic() + LOCK_SECONDS)
    try:
        yield
    finally:
        _lock_deadline.reset(token)


def sqlite_lock_seconds() -> float:
    """Return how long to wait now for the lock of a SQLite file."""
    deadline = _lock_deadline.get()
    return LOCK_SECONDS if deadline is None else max(0.0, deadline - time.monotonic())


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let each statement of this thread take that long, until the block ends."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)
