"""Rows that are written together: when, in which transactions, and what follows a failure."""

import threading
from collections.abc import Collection, Sequence
from functools import partial

import pytest

from storage.database import Database, Session
from storage.locks import OfChannel

HERE, THERE = OfChannel("T1", "C1"), OfChannel("T1", "C2")


class Written:
    """A function that writes rows, and that records them by transaction."""

    def __init__(self, new: Collection[str] = ()) -> None:
        self.transactions: list[list[str]] = []
        self.failure: Exception | None = None
        self._new = new

    def write(self, _session: Session, rows: Sequence[str]) -> set[str]:
        self.transactions.append([*rows])
        if self.failure:
            raise self.failure
        return {*rows} & {*self._new}


def test_row_outside_batch__is_written_at_once(database: Database) -> None:
    written = Written()
    database.write_together(HERE, written.write, "a")
    assert written.transactions == [["a"]]
    assert database.changed.is_set()


def test_rows_in_batch__are_written_together_at_its_end(database: Database) -> None:
    written = Written()
    with database.batch():
        for row in ("a", "b"):
            database.write_together(HERE, written.write, row)
        assert written.transactions == []
    assert written.transactions == [["a", "b"]]


def test_rows_of_two_channels__have_transactions_of_their_own(database: Database) -> None:
    written = Written()
    with database.batch():
        for lock, row in ((HERE, "a"), (THERE, "b"), (HERE, "c")):
            database.write_together(lock, written.write, row)
    assert written.transactions == [["a", "c"], ["b"]]


def test_row_that_changes_something__is_followed_up_once(database: Database) -> None:
    written, followed = Written(new={"new"}), list[str]()
    with database.batch():
        for row in ("new", "old", "new"):
            database.write_together(HERE, written.write, row, partial(followed.append, row))
    assert written.transactions == [["new", "old"]]
    assert followed == ["new"]


def test_failed_write__is_raised_and_nothing_follows(database: Database) -> None:
    written, followed = Written(new={"a"}), list[str]()
    written.failure = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError), database.batch():
        database.write_together(HERE, written.write, "a", lambda: followed.append("a"))
    assert followed == []
    written.failure = None
    database.write_together(HERE, written.write, "b")
    assert written.transactions == [["a"], ["b"]]


def test_block_that_fails__writes_nothing(database: Database) -> None:
    written = Written()

    def fail() -> None:
        with database.batch():
            database.write_together(HERE, written.write, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert written.transactions == []


def test_other_thread__is_not_in_the_batch(database: Database) -> None:
    written = Written()
    with database.batch():
        other = threading.Thread(
            target=database.write_together, args=[HERE, written.write, "theirs"]
        )
        other.start()
        other.join()
        assert written.transactions == [["theirs"]]
