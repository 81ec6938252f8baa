"""Conditions on the entries of a column's JSON objects."""

import pytest
from sqlalchemy import exists, text
from sqlmodel import Session, col, select

from storage.database import Database
from storage.json_entries import json_entries
from storage.locks import STORE
from storage.tables import ScoreRow
from tests.support.channel import Channel


@pytest.fixture
def scored(channel: Channel) -> Channel:
    """A project that two people have scored: U1 has no opinion on the cost."""
    channel.proposes("V1")
    channel.scores("U1", {'"quoted" key': 2, "cost": None})
    channel.scores("U2", {"cost": 0})
    return channel


def entries_of(session: Session) -> set[tuple[str, str, bool]]:
    """Return each person's values, with whether the person has an opinion on them."""
    entry = json_entries(col(ScoreRow.impacts))
    rows = session.execute(
        select(ScoreRow.person, entry.c.key, entry.c.value.is_not(None)).join(entry, text("true"))
    )
    return {(person, key, bool(has_value)) for person, key, has_value in rows}


def test_entries__are_each_rows_own(scored: Channel) -> None:
    with scored.database.snapshot() as session:
        assert entries_of(session) == {
            ("U1", '"quoted" key', True),
            ("U1", "cost", False),
            ("U2", "cost", True),
        }


def test_condition_on_entries__finds_rows(scored: Channel) -> None:
    entry = json_entries(col(ScoreRow.impacts))
    is_opinion_on_cost = (entry.c.key == "cost") & entry.c.value.is_not(None)
    query = select(ScoreRow.person).where(exists().where(is_opinion_on_cost))
    with scored.database.snapshot() as session:
        assert session.exec(query).all() == ["U2"]


def test_malformed_json__has_no_entries(sqlite_database: Database) -> None:
    channel = Channel(sqlite_database)
    channel.proposes("V1")
    channel.scores("U1", {"cost": 1})
    channel.scores("U2", {"cost": 1})
    with sqlite_database.transaction(STORE) as session:
        session.execute(text("UPDATE score SET impacts = '{' WHERE person = 'U1'"))
    with sqlite_database.snapshot() as session:
        assert entries_of(session) == {("U2", "cost", True)}
