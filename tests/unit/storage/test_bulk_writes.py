"""Writes in chunks: others write in between, and what is stored stays stored."""

from collections.abc import Sequence

import pytest
from sqlmodel import func, select

from storage.boards import boards, channel_members
from storage.bulk_writes import write_in_chunks
from storage.database import Database, Session
from storage.locks import STORE
from storage.tables import BoardRow, ChannelMemberRow
from tests.support.channel import NOW, Channel


def create(session: Session, channel_ids: Sequence[str]) -> int:
    for channel_id in channel_ids:
        if channel_id == "":
            raise ValueError("a channel without an id")
        boards.create(session, "T1", channel_id, None, NOW)
    return len(channel_ids)


def count(database: Database) -> int:
    with database.snapshot() as session:
        return session.exec(select(func.count()).select_from(BoardRow)).one()


def test_chunks__others_write_in_between(database: Database) -> None:
    seen = []
    for size in write_in_chunks(database, STORE, ["C1", "C2", "C3"], create, chunk_rows=2):
        seen.append((size, count(database)))
        with database.transaction(STORE) as session:
            boards.mark_renamed(session, "T1", "C1", NOW)
    assert seen == [(2, 2), (1, 3)]


def test_chunk_fails__earlier_chunks_stay(database: Database) -> None:
    with pytest.raises(ValueError, match="without an id"):
        list(write_in_chunks(database, STORE, ["C1", "C2", "C3", ""], create, chunk_rows=2))
    assert count(database) == 2
    assert list(write_in_chunks(database, STORE, ["C1", "C2", "C3"], create, chunk_rows=2)) == [
        2,
        1,
    ]
    assert count(database) == 3


def test_nothing_to_write__needs_no_transaction(database: Database) -> None:
    database.changed.clear()
    assert list(write_in_chunks(database, STORE, [], create)) == []
    assert not database.changed.is_set()


def test_large_channel__members_are_saved(channel: Channel) -> None:
    people = [f"U{number}" for number in range(3000)]
    for listed in (people, people[1:], [*people, "U-new"]):
        with channel.database.transaction(STORE) as session:
            channel_members.save(session, channel.board.id, listed, last_change=None)
        with channel.database.snapshot() as session:
            stored = session.exec(select(ChannelMemberRow.person)).all()
        assert sorted(stored) == sorted(listed)
    assert channel.board.full_members == 3001
