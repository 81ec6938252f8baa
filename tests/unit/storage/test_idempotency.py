"""What someone does counts once."""

import time
from datetime import datetime, timedelta

import pytest

from storage import idempotency
from storage.boards import boards
from storage.database import Database
from storage.idempotency import DeadlineExceeded, DuplicateAction
from tests.support import waiting
from tests.support.channel import NOW


def act(database: Database, trigger_id: str, channel: str, now: datetime = NOW) -> Database:
    """It opens a board in that channel; the store as the act had it."""
    own = idempotency.for_user_action(database, trigger_id, now)
    with own.transaction() as session:
        boards.create(session, "T1", channel, None, now)
    return own


def opened(database: Database) -> list[str]:
    with database.snapshot() as session:
        return sorted(board.channel_id for board in boards.list_all(session))


def test_an_act_that_comes_again_writes_nothing(database: Database) -> None:
    act(database, "1.2.a", "C1")
    with pytest.raises(DuplicateAction):
        act(database, "1.2.a", "C2")
    act(database, "1.2.b", "C3")
    assert opened(database) == ["C1", "C3"]


def test_what_was_not_written_was_not_taken(database: Database) -> None:
    own = idempotency.for_user_action(database, "1.2.a", NOW)
    with pytest.raises(ZeroDivisionError), own.transaction():
        raise ZeroDivisionError
    assert not own.has_written
    assert act(database, "1.2.a", "C1").has_written


def test_one_act_may_write_in_more_than_one_transaction(database: Database) -> None:
    own = act(database, "1.2.a", "C1")
    with own.transaction() as session:
        boards.create(session, "T1", "C2", None, NOW)
    assert opened(database) == ["C1", "C2"]


def test_what_is_learned_on_the_way_is_not_the_act(database: Database) -> None:
    own = idempotency.for_user_action(database, "1.2.a", NOW)
    with own.transaction(of_act=False) as session:
        boards.create(session, "T1", "C1", None, NOW)
    assert not own.has_written
    act(database, "1.2.a", "C2")
    assert opened(database) == ["C1", "C2"]


def test_what_an_act_writes_is_news_for_all(database: Database) -> None:
    database.changed.clear()
    act(database, "1.2.a", "C1")
    assert database.changed.is_set()


def test_what_comes_too_late_is_not_written_and_may_come_again(database: Database) -> None:
    own = idempotency.for_user_action(database, "1.2.a", NOW, until=time.monotonic() - 0.001)
    with pytest.raises(DeadlineExceeded), own.transaction() as session:
        boards.create(session, "T1", "C1", None, NOW)
    assert not own.has_written
    assert opened(database) == []
    act(database, "1.2.a", "C1")


def test_what_takes_too_long_is_not_written_either(database: Database) -> None:
    latest = time.monotonic() + 0.05
    own = idempotency.for_user_action(database, "1.2.a", NOW, until=latest)
    with pytest.raises(DeadlineExceeded), own.transaction():
        waiting.until(lambda: time.monotonic() > latest, within=5)
    assert not own.has_written


def test_none_is_kept_for_ever(database: Database) -> None:
    later = NOW + idempotency.RETENTION + timedelta(seconds=1)
    act(database, "1.2.a", "C1")
    act(database, "1.2.b", "C2", later)
    act(database, "1.2.a", "C3", later)
    assert opened(database) == ["C1", "C2", "C3"]
