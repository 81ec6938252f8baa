"""Lists in conditions: longer than a statement's bound parameters may be in either database."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from domain.projects.lifecycle import Status
from storage.boards import boards, channel_members
from storage.boards.boards import Board
from storage.database import Database
from storage.locks import STORE
from storage.people import homes, people
from storage.posts import outbox
from storage.projects import candidates, history, outcomes, projects, votes
from storage.tables import ProjectRow
from storage.value_lists import is_listed, is_listed_in
from tests.support.channel import NOW, Channel

MANY = 66_000  # SQLite binds up to 32,766 parameters, PostgreSQL up to 65,535
MANY_NUMBERS = range(1, MANY + 1)
MANY_NAMES = [f"X{number}" for number in MANY_NUMBERS]

# Each reads or writes what is about many numbers, or many names.
ABOUT_MANY: Mapping[str, Callable[[Session, Board], object]] = {
    "candidates": lambda session, board: candidates.by_number(session, board, MANY_NUMBERS),
    "impacts": lambda session, board: candidates.impacts_by_project(session, board, MANY_NUMBERS),
    "history": lambda session, _: history.last_at(session, MANY_NUMBERS, Status.SHIPPED),
    "reports": lambda session, _: outcomes.last_reported(session, MANY_NUMBERS),
    "outcomes": lambda session, board: outcomes.list_for_board(
        session, board, numbers=MANY_NUMBERS
    ),
    "revisions": lambda session, _: projects.increment_revisions(session, MANY_NUMBERS),
    "permanent ids": lambda session, _: projects.by_permanent_id(session, MANY_NAMES),
    "reactions": lambda session, board: votes.reactions_on(session, board.id, MANY_NAMES),
    "messages": lambda session, board: outbox.known_messages(session, board.id, MANY_NAMES),
    "homes": lambda session, _: homes.mark_outdated(session, "T1", MANY_NAMES),
    "names": lambda session, _: people.names(session, "T1", MANY_NAMES),
    "non-members": lambda session, _: people.known_non_members(session, MANY_NAMES),
    "boards": lambda session, _: boards.mark_members_changed(session, "T1", MANY_NAMES, NOW),
}


@pytest.mark.parametrize("name", ABOUT_MANY)
def test_long_list__fits_into_a_statement(channel: Channel, name: str) -> None:
    channel.proposes("V1")
    board = channel.board
    with channel.database.transaction(STORE) as session:
        ABOUT_MANY[name](session, board)


def test_large_channel_emptied__members_are_removed(channel: Channel) -> None:
    for listed in (MANY_NAMES, MANY_NAMES[:1]):
        with channel.database.transaction(STORE) as session:
            channel_members.save(session, channel.board.id, listed, last_change=None)
    assert channel.board.full_members == 1


def test_many_open_projects__are_all_candidates(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.proposes("V1")
    last = 40_000 if _is_sqlite(channel.database) else MANY
    _copy_first_project(channel.database, last)
    channel.scores("U1", {"cost": 3}, number=last)
    with channel.database.snapshot() as session:
        found = candidates.candidates(session, channel.board)
    assert [candidate.id for candidate in found] == [*range(1, last + 1)]
    assert found[-1].scores == {"U1": {"cost": 3}}


def _is_sqlite(database: Database) -> bool:
    with database.snapshot() as session:
        return session.get_bind().dialect.name == "sqlite"


def _copy_first_project(database: Database, last: int) -> None:
    """Give the board a copy of project 1 for each number up to `last`."""
    own = {
        "number": "n",
        "origin": "origin || '-' || n",
        "permanent_id": "permanent_id || '-' || n",
    }
    names = [column.name for column in SQLModel.metadata.tables["project"].c if column.name != "id"]
    with database.transaction(STORE) as session:
        session.connection().exec_driver_sql(
            "WITH RECURSIVE numbers(n) AS"  # noqa: S608 — the names are the table's own
            f" (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
            f" INSERT INTO project ({', '.join(names)})"
            f" SELECT {', '.join(own.get(name, name) for name in names)} FROM project, numbers"
        )


@pytest.mark.parametrize(
    ("listed", "found"),
    [([], []), ([1, 3], [1, 3]), ([3, 3, 9], [3])],
)
def test_list__selects_what_it_has(
    channel: Channel, listed: Collection[Any], found: list[int]
) -> None:
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    query = select(ProjectRow.number).order_by(col(ProjectRow.number))
    listed = [*listed]
    with channel.database.snapshot() as session:
        assert session.exec(query.where(is_listed(col(ProjectRow.number), listed))).all() == found
        named = query.where(is_listed_in(col(ProjectRow.number), "numbers"))
        assert session.exec(named, params={"numbers": listed}).all() == found


@pytest.mark.parametrize("text", ["V1", 'a "quoted" one', "it's", "ünïcode ✓", "[1]", "V\\1"])
def test_list_of_texts__selects_them_exactly(channel: Channel, text: str) -> None:
    channel.proposes(text)
    channel.proposes("another")
    query = select(ProjectRow.origin).where(is_listed(col(ProjectRow.origin), [text]))
    with channel.database.snapshot() as session:
        assert session.exec(query).all() == [text]
