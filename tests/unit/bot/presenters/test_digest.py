"""What a week's digest says was shipped, and whom it thanks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.digest import digest
from bot.views.data.project_state import ShippedWork
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.database import Database, open_database
from storage.locks import STORE
from storage.people import people
from storage.projects import projects
from storage.tables import AccountType
from tests.support.channel import NOW, Channel

STEPS = ("List the keys", "Rotate them")


@pytest.fixture
def database(store_file: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{store_file}")
    yield opened
    opened.close()


@pytest.fixture
def channel(database: Database) -> Channel:
    """A board with a project of two steps by U1, whose display name is Mia."""
    channel = Channel(database)
    channel.proposes("V1", Proposal(title="Rotate keys", summary="They never are.", steps=STEPS))
    with database.transaction(STORE) as session:
        people.save_profile(session, "T1", "U1", AccountType.MEMBER, None, NOW, None, "Mia")
    return channel


def ticks(channel: Channel, *done: str, undone: tuple[str, ...] = ()) -> None:
    with channel.database.transaction(STORE) as session:
        project = channel.project()
        projects.update_steps(session, project.id, done=done, undone=undone, by="U2", now=NOW)


def shipped(channel: Channel, weeks_later: int = 0) -> list[ShippedWork]:
    """Return what the digest after NOW lists, or one of a later week."""
    board = channel.board
    week = board.cadence.iso_week(NOW + timedelta(weeks=1 + weeks_later))
    with channel.database.snapshot() as session:
        return list(digest(BoardSnapshot(session, board), week).shipped)


def test_steps_done_this_week__are_listed_once(channel: Channel) -> None:
    ticks(channel, *STEPS)
    ticks(channel, undone=STEPS[1:])
    ticks(channel, undone=STEPS[:1])
    ticks(channel, STEPS[0])
    [work] = shipped(channel)
    assert (work.steps, work.thanked) == (STEPS[:1], ("Mia",))
    assert shipped(channel, weeks_later=1) == []


def test_shipped_project__is_listed_without_its_steps(channel: Channel) -> None:
    ticks(channel, *STEPS)
    channel.changes_status(1, Status.SHIPPED)
    [work] = shipped(channel)
    assert (work.steps, work.thanked) == ((), ("Mia",))


def test_person_whose_name_is_unknown__is_left_out(channel: Channel) -> None:
    channel.adds_people("U1", at=NOW + timedelta(days=1))
    ticks(channel, STEPS[0])
    [work] = shipped(channel)
    assert work.thanked == ()
