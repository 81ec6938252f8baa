"""App Home and shortcuts. Each person sees only their own boards."""

from typing import Any

import pytest

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.client.screen import View
from storage.database import Database
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, invite, propose, score

SUMMARY = "A single NAT instance still fronts three VPCs."


def test_home_before_setup__says_how_to_start(bot: Database, team: SandboxPeople) -> None:
    del bot
    team.ana.opens_home()
    home = team.ana.sees_in_home("Choose work by your values").visible_text
    assert "To start, type /invite @Needle in your team's channel." in home
    team.ana.presses_in_home("Help")
    assert "/roadmap whatif cost 2" in team.ana.sees_modal("What you can type").visible_text


@pytest.mark.usefixtures("board")
def test_home__lists_waiting_projects_and_scores_them(team: SandboxPeople) -> None:
    first = propose(team, "ana", "Retire the last NAT box")
    propose(team, "ana", "Rotate every long-lived key")
    for who in ("mia", "ana", "ben"):
        score(team, who, first, availability=3)
    team.mia.sees(card_showing(first, "Scored by 3"))
    team.mia.types("/fire cost the bill has doubled")
    team.mia.sees("Cost is burning")

    team.ana.opens_home()
    home = team.ana.sees_in_home("#ops").visible_text
    assert "Cost is burning: the bill has doubled" in home
    assert "1 project needs your score." in home
    assert "1.  #1 Retire the last NAT box  needle" in home
    assert "rank 1 · waits while something is burning" in home  # hers
    assert "#2 Rotate every long-lived key  0 of 3 have scored" in home
    assert "Settings" not in home  # mia is the steward

    team.ana.presses_in_home("Score next")
    assert "Rotate every long-lived key" in team.ana.sees_modal("Score #2").visible_text
    team.ana.submits(security="3")
    team.ana.sees_no_modal()
    assert "1 of 3 has scored" in team.ana.sees_in_home("Nothing is waiting for you.").visible_text


@pytest.mark.usefixtures("board")
def test_home__opens_proposal_and_settings(team: SandboxPeople) -> None:
    team.mia.opens_home()
    team.mia.sees_in_home("Nothing is ranked yet.")
    team.mia.presses_in_home("Propose a project")
    team.mia.sees_modal("Propose a project")
    team.mia.submits(title="Retire the last NAT box", summary=SUMMARY)
    assert "Proposed in #ops" in team.mia.sees_modal("Proposed").visible_text
    team.mia.closes()
    team.mia.sees_in_home("#1 Retire the last NAT box  0 of 3 have scored")
    team.mia.presses_in_home("Settings")
    team.mia.sees_modal("Settings")
    team.mia.closes()
    team.mia.presses_in_home("Stop reminding me")
    team.mia.sees_in_home("Remind me again")


@pytest.mark.usefixtures("board")
def test_home__shows_private_board_to_its_members_only(team: SandboxPeople) -> None:
    invite(team, channel="ops-leads")
    team.mia.types("/propose Something secret", channel="ops-leads")
    team.mia.sees_modal("Propose a project")
    team.mia.submits(summary=SUMMARY)
    team.mia.sees("Something secret", "ops-leads")
    team.mia.opens_home()
    team.mia.sees_in_home("Something secret")
    team.dev.opens_home()
    home = team.dev.sees_in_home("#ops").visible_text
    assert "ops-leads" not in home
    assert "secret" not in home
    team.mia.leaves("ops-leads")
    team.mia.opens_home()
    team.mia.sees_in_home("Nothing is waiting")  # of #ops, the only one left


def summary_in(form: View) -> str:
    """Return the summary that the form suggests."""
    [summary] = [
        block["element"]["initial_value"]
        for block in form.raw["blocks"]
        if block.get("block_id") == "summary"
    ]
    return str(summary)


@pytest.mark.usefixtures("board")
def test_message_shortcut__proposes_with_link(team: SandboxPeople) -> None:
    team.dev.types("The NAT box paged us again, for the third time this week.", channel="ops")
    message = team.ana.sees("paged us again")
    team.ana.runs_shortcut("propose_from_message", on=message)
    summary = summary_in(team.ana.sees_modal("Propose a project"))
    assert summary.startswith("The NAT box paged us again, for the third time this week.\n\nhttp")
    assert message.ts.replace(".", "") in summary
    team.ana.submits(title="Retire the last NAT box")
    card = team.mia.sees("Retire the last NAT box")
    assert "The NAT box paged us again" in card.visible_text


@pytest.mark.parametrize(
    "fault", [{"error": "fatal_error"}, {"disconnect": True}, {"delay": 30}], ids=str
)
@pytest.mark.usefixtures("board")
def test_permalink_fails__proposes_without_link(
    slack: SandboxClient, team: SandboxPeople, fault: dict[str, Any]
) -> None:
    team.dev.types("The NAT box paged us again.", channel="ops")
    message = team.ana.sees("paged us again")
    slack.inject_fault("chat.getPermalink", **fault)
    team.ana.runs_shortcut("propose_from_message", on=message)
    summary = summary_in(team.ana.sees_modal("Propose a project"))
    assert summary == "The NAT box paged us again."


def test_global_shortcut__proposes_or_says_what_is_missing(
    bot: Database, team: SandboxPeople
) -> None:
    del bot
    team.ana.runs_shortcut("propose_anywhere")
    assert "/invite @Needle" in team.ana.sees_modal("That didn't work").visible_text
    team.ana.closes()
    invite(team)
    team.ana.runs_shortcut("propose_anywhere")
    assert "For #ops" in team.ana.sees_modal("Propose a project").visible_text
    team.ana.submits(title="Retire the last NAT box", summary=SUMMARY)
    team.ana.sees_modal("Proposed")
    team.mia.sees("Retire the last NAT box")
