"""Inputs of a plan: whatever a ranking or a plan reads changes them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from domain.toil.ledger import ToilEntry, ToilType
from storage.boards import boards, channel_members, charters, fires
from storage.database import Session
from storage.locks import STORE
from storage.planning import plan_inputs, roadmaps, toil
from storage.planning.plan_inputs import PlanInputs
from storage.projects import projects, reveals
from storage.tables import AccountType
from tests.support.channel import NOW, PROPOSAL, Channel

Q3 = Quarter(2026, 3)
LATER = NOW + timedelta(days=20)
STEPS = PROPOSAL.model_copy(update={"steps": ("one", "two")})
PAGE = ToilEntry(ToilType.PAGE, "db-primary", 30, NOW)
OLD_PAGE = ToilEntry(ToilType.PAGE, "db-primary", 30, NOW - timedelta(days=500))
SETTINGS: Mapping[str, Any] = {
    "people": None,
    "weeks_away": 0,
    "stewards": (),
    "quorum": 3,
    "by": "U1",
    "now": NOW,
}


def read(channel: Channel) -> PlanInputs | None:
    with channel.database.snapshot() as session:
        return plan_inputs.read(session, channel.team_id, channel.channel_id, LATER)


def write(channel: Channel, act: Callable[[Session], object]) -> None:
    with channel.database.transaction(STORE) as session:
        act(session)


def settle(channel: Channel, **changed: Any) -> None:
    settings = {"cadence": channel.board.cadence, **SETTINGS, **changed}
    write(channel, lambda session: boards.change_settings(session, channel.board, **settings))


def edit(channel: Channel, **changed: Any) -> None:
    proposal = STEPS.model_copy(update=changed)
    number = channel.project(1).id
    write(
        channel,
        lambda session: projects.edit(
            session, number, proposal, changes="edited", by="U1", now=NOW
        ),
    )


def own(channel: Channel) -> None:
    project_id = channel.project(1).id
    write(channel, lambda session: projects.set_owner(session, project_id, "U2", by="U1", now=NOW))


def finish_step(channel: Channel) -> None:
    project_id = channel.project(1).id
    write(
        channel,
        lambda session: projects.update_steps(
            session, project_id, done=["one"], undone=[], by="U1", now=NOW
        ),
    )


def log(channel: Channel, entry: ToilEntry, origin: str) -> None:
    write(channel, lambda session: toil.log(session, channel.board, entry, origin=origin, by="U1"))


def correct(channel: Channel) -> None:
    entry = ToilEntry(ToilType.PAGE, "db-primary", 30, NOW - timedelta(days=1))
    write(
        channel,
        lambda session: toil.correct(session, channel.board, entry, origin="T1", by="U1"),
    )


def delete_toil(channel: Channel) -> None:
    write(channel, lambda session: toil.delete_entry(session, channel.board.id, 1, "U1"))


def adopt(channel: Channel, **changed: Any) -> None:
    charter = DEFAULT_CHARTER.model_copy(update=changed)
    write(
        channel,
        lambda session: charters.adopt(
            session, channel.board.id, charter, version=2, agreed_by=["U1"], now=NOW
        ),
    )


def declare(channel: Channel, value: str) -> None:
    write(
        channel,
        lambda session: fires.declare(
            session, channel.board.id, value=value, what="x", by="U1", now=NOW
        ),
    )


def commit(channel: Channel, quarter: Quarter) -> None:
    items = (CommittedProject(1, 1, 10.0, 2),)
    commitment = Commitment(Capacity(4, 13), 1, "U1", NOW, items)
    write(channel, lambda session: roadmaps.commit(session, channel.board, quarter, commitment))


def change_roadmap(channel: Channel) -> None:
    write(
        channel,
        lambda session: roadmaps.change(
            session, channel.board, Q3, added=[], removed=[1], reason="x", by="U1", now=NOW
        ),
    )


def undo(channel: Channel) -> None:
    write(channel, lambda session: roadmaps.undo(session, channel.board, Q3, by="U1", now=NOW))


def list_members(channel: Channel, people: Iterable[str]) -> None:
    board_id, members = channel.board.id, [*people]
    write(
        channel,
        lambda session: channel_members.save(session, board_id, members, last_change=None),
    )


def change_hours(channel: Channel) -> None:
    starts, ends = time(8), time(16)
    write(
        channel,
        lambda session: boards.change_hours(session, channel.board.id, starts, ends),
    )


def reveal(channel: Channel) -> None:
    board = channel.board
    write(channel, lambda session: reveals.update_due(session, board, LATER))


CHANGES: Mapping[str, Callable[[Channel], object]] = {
    "backer": lambda channel: channel.reacts("U2", at="9.1"),
    "quick score": lambda channel: channel.reacts("U2", "zap", at="9.1"),
    "removed reaction": lambda channel: channel.reacts("U1", at="9.1", present=False),
    "score": lambda channel: channel.scores("U2", {"cost": 1}),
    "changed score": lambda channel: channel.scores("U1", {"cost": 1}),
    "no opinion": lambda channel: channel.scores("U1", {"cost": None}),
    "posted card": lambda channel: channel.shows_card(2),
    "reveal": reveal,
    "project": lambda channel: channel.proposes("V9"),
    "effort": lambda channel: edit(channel, effort_weeks=9.0),
    "title": lambda channel: edit(channel, title="Another"),
    "owner": own,
    "step": finish_step,
    "start": lambda channel: channel.changes_status(1, Status.STARTED),
    "end": lambda channel: channel.changes_status(1, Status.DROPPED),
    "shipping": lambda channel: channel.changes_status(1, Status.SHIPPED),
    "merge": lambda channel: channel.changes_status(2, Status.MERGED, into=1),
    "guest who voted": lambda channel: channel.adds_people("U1", kind=AccountType.GUEST),
    "guest who didn't": lambda channel: channel.adds_people("U3", kind=AccountType.GUEST),
    "known member": lambda channel: channel.adds_people("U4"),
    "full members": lambda channel: list_members(channel, ("U1", "U2")),
    "quorum": lambda channel: settle(channel, quorum=2),
    "people": lambda channel: settle(channel, people=3),
    "weeks away": lambda channel: settle(channel, weeks_away=1),
    "stewards": lambda channel: settle(channel, stewards=("U1",)),
    "fiscal year": lambda channel: settle(
        channel, cadence=channel.board.cadence.model_copy(update={"fiscal_start": 2})
    ),
    "time zone": lambda channel: settle(
        channel, cadence=channel.board.cadence.model_copy(update={"time_zone": "Asia/Tokyo"})
    ),
    "hours": change_hours,
    "charter": lambda channel: adopt(channel, breadth_bonus=0.3),
    "fire": lambda channel: declare(channel, "cost"),
    "cleared fire": lambda channel: write(
        channel, lambda session: fires.clear(session, 1, by="U1", now=NOW)
    ),
    "commit": lambda channel: commit(channel, Q3.next()),
    "changed roadmap": change_roadmap,
    "undone commit": undo,
    "toil": lambda channel: log(channel, PAGE, "T2"),
    "old toil": lambda channel: log(channel, OLD_PAGE, "T2"),
    "corrected toil": correct,
    "deleted toil": delete_toil,
}


@pytest.fixture
def planned(channel: Channel) -> Channel:
    """A board with one of everything that can change."""
    channel.adds_people("U1", "U2", "U3")
    for number in (1, 2):
        channel.proposes(f"V{number}", STEPS)
    channel.shows_card(1)
    channel.reacts("U1", at="2.1")
    channel.reacts("U1", ts="2.000001", at="2.1")  # on a card that Slack hasn't confirmed
    channel.scores("U1", {"cost": 3})
    declare(channel, "security")
    commit(channel, Q3)
    log(channel, PAGE, "T1")
    return channel


@pytest.mark.parametrize("name", CHANGES)
def test_change__changes_the_inputs(planned: Channel, name: str) -> None:
    before = read(planned)
    assert before is not None
    assert before == read(planned)
    CHANGES[name](planned)
    assert read(planned) != before


def test_other_board_changes__inputs_stay(planned: Channel) -> None:
    before = read(planned)
    other = Channel(planned.database, "C2")
    other.proposes("V1")
    other.scores("U1", {"cost": 3})
    declare(other, "cost")
    log(other, PAGE, "T9")
    assert read(planned) == before


def test_channel_without_board__has_no_inputs(channel: Channel) -> None:
    with channel.database.snapshot() as session:
        assert plan_inputs.read(session, "T1", "C404", datetime.now(UTC)) is None
