"""The toil ledger of a team on call."""

import pytest

from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing

pytestmark = pytest.mark.usefixtures("board")


def test_page_logged_in_one_line__can_be_undone(team: SandboxPeople) -> None:
    team.ana.types("/toil page db-primary 45m replica lag")
    answer = team.ana.sees("Logged. Page · 45 minutes")
    assert "db-primary" in answer.visible_text
    assert not [m for m in team.mia.messages("ops") if "db-primary" in m.visible_text]  # she alone
    team.ana.presses("Undo", on=answer)
    team.ana.sees("Removed from the toil ledger.")


def test_invalid_toil_line__says_how_to_write_it(team: SandboxPeople) -> None:
    team.ana.types("/toil pager db-primary 45m")
    assert "For example: /toil page db-primary 45m." in team.ana.sees("“pager” is").visible_text


def test_toil_without_text__opens_form(team: SandboxPeople) -> None:
    team.ana.types("/toil")
    team.ana.sees_modal("Log toil")
    team.ana.submits(kind="interrupt", source="access requests", minutes="20")
    assert "Interrupt · 20 minutes" in team.ana.sees_modal("Toil").visible_text


def test_alert_is_logged_twice__counts_once(team: SandboxPeople) -> None:
    team.ben.types("db-primary: replica lag is 300 s", channel="ops")
    alert = team.ana.sees("replica lag is 300 s")
    for person, told in (
        (team.ana, "Page · 30 minutes"),
        (team.chloe, "already in the toil ledger"),
    ):
        person.runs_shortcut("log_toil", on=alert)
        assert "For #ops" in person.sees_modal("Log toil").visible_text
        person.submits(minutes="30")
        assert told in person.sees_modal("Toil").visible_text
        person.closes()


def test_frequent_source__suggests_a_project(team: SandboxPeople) -> None:
    for _ in range(5):
        team.ana.types("/toil page db-primary 45m")
    team.mia.types("/roadmap toil")
    ledger = team.mia.sees("Toil in #ops")
    assert "5 times in four weeks, 3.8 hours · no project yet" in ledger.visible_text
    team.mia.presses("Propose a project for it", on=ledger)
    team.mia.sees_modal("Propose a project")
    team.mia.submits(summary="A replica that lags pages us; a bigger one does not.")
    card = team.ana.sees("No more toil from db-primary")
    assert "removes toil that happens about 5 times a month: db-primary" in card.visible_text
    team.mia.types("/roadmap toil")
    team.mia.sees("3.8 hours · #1 No more toil from db-primary")
    team.mia.chooses("More actions", on=card)
    team.mia.sees_modal("More actions: #1")
    team.mia.submits(move="ship")
    team.mia.sees(card_showing(card, "Shipped by @"))
    team.mia.types("/roadmap toil")  # what came before counts for four weeks
    team.mia.sees("3.8 hours · #1 No more toil from db-primary, shipped")
