"""After a project ships: the payback and the questions to its scorers."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.service.scheduler import enqueue_due_posts
from domain.projects.lifecycle import Status
from domain.toil.ledger import ToilEntry, ToilType
from slack_sandbox.client.client import Message
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.planning import toil
from storage.posts import outbox
from storage.projects import projects
from storage.tables import PostKind
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, direct_messages, propose, score
from tests.support.wait import wait_until

SCORERS = ("mia", "ana", "ben")
QUESTION = "Which values did it really help?"


@pytest.fixture
def card(board: Database, team: SandboxPeople) -> Message:
    """The card of a project that shipped 31 days ago: nine pages before, one since."""
    shown = propose(team, "ana", "Retire the NAT box", toil_source="nat-box", toil_per_month="6")
    for person in SCORERS:
        score(team, person, shown, availability=3)
    team.mia.sees(card_showing(shown, "Scored by 3"))  # its card, which the bot knows of
    now = datetime.now(UTC)
    shipped = now - timedelta(days=31)
    with board.transaction(STORE) as session:
        [ops] = boards.list_all(session)
        project = projects.find(session, ops.id, 1)
        assert project is not None
        projects.set_status(session, project.id, Status.SHIPPED, by="U1", now=shipped)
        for days in (*range(-9, 0), 12, -29.9):
            page = ToilEntry(ToilType.PAGE, "NAT-box", 30, shipped + timedelta(days=days))
            toil.log(session, ops, page, origin=f"{days}", by="U1")
    enqueue_due_posts(board, now)
    return shown


def test_shipped_project__reports_removed_toil_in_thread(
    team: SandboxPeople, card: Message
) -> None:
    message = team.chloe.sees_in_thread("30 days after shipping", of=card)
    assert (
        "the toil happens once a month, down from 10 times. That's 9 fewer a month."
        " The proposal promised 6 fewer a month." in message.visible_text
    )
    assert not [m for m in team.chloe.messages("ops") if "after shipping" in m.visible_text]


def test_scorer_of_shipped_project__reports_outcome(
    board: Database, team: SandboxPeople, card: Message
) -> None:
    del card
    for person, seen in zip(SCORERS, ("1", "2", "3"), strict=True):
        who = team.person(person)
        question = who.sees(QUESTION, channel="needle")
        who.presses("Say what it helped", on=question)
        form = who.sees_modal("What #1 helped")
        assert "You expected +3." in form.visible_text
        who.submits(availability=seen)
        who.sees_modal("Saved")
        who.closes()
    team.ana.types("/roadmap mine")
    message = team.ana.sees("What you expected and what you saw")
    assert "Availability: expected +3.0, observed +2.0 (1 answer)" in message.visible_text
    enqueue_due_posts(board, datetime.now(UTC) + timedelta(hours=1))
    wait_until(lambda: all_is_said(board), within=10)
    for person in SCORERS:  # nobody is asked again
        assert len([m for m in direct_messages(team, person) if QUESTION in m.visible_text]) == 1


def all_is_said(board: Database) -> bool:
    """Return whether paybacks and questions are posted. Digests or roadmaps may still be due."""
    with board.snapshot() as session:
        waiting = {post.kind for post in outbox.pending(session)}
    return waiting.isdisjoint({PostKind.OUTCOME, PostKind.PAYBACK})
