"""A private channel's board is only for the people in the channel."""

import pytest

from slack_sandbox.client.client import ActionFailed, Message, SandboxClient
from storage.boards import boards
from storage.database import Database
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import (
    SUMMARY,
    card_showing,
    direct_messages,
    invite,
    wait_for_acknowledgement,
    wait_for_backfill,
)
from tests.support.wait import wait_until

TITLE = "Buy out the vendor"


@pytest.fixture
def card(bot: Database, team: SandboxPeople) -> Message:
    """The card of a project in #ops-leads. Mia, Ana and Ben are in the channel."""
    del bot  # it runs
    invite(team, channel="ops-leads")
    team.mia.types(f"/propose {TITLE}", "ops-leads")
    team.mia.sees_modal("Propose a project")
    team.mia.submits(summary=SUMMARY)
    return team.ben.sees(lambda message: message.visible_text.startswith("#1"), "ops-leads")


def test_removed_person_submits_open_form__is_refused(
    card: Message, slack: SandboxClient, team: SandboxPeople
) -> None:
    team.ben.presses("Score", on=card)
    team.ben.sees_modal("Score #1")
    team.mia.removes("ben", "ops-leads")
    wait_for_acknowledgement(slack, "member_left_channel")
    team.ben.submits(security="3")
    refused = team.ben.sees_modal("That didn't work")
    assert "You aren't in that board's channel" in refused.visible_text
    assert TITLE not in refused.visible_text


@pytest.mark.long
def test_removal_event_is_lost__person_is_refused(
    card: Message, slack: SandboxClient, team: SandboxPeople
) -> None:
    team.ben.presses("Score", on=card)
    team.ben.sees_modal("Score #1")
    wait_for_backfill(slack)
    slack.inject_delivery_fault(type="events_api", delay=60)
    team.mia.removes("ben", "ops-leads")
    slack.close_connections()
    wait_for_backfill(slack, times=2)  # it is told by now that it may have missed something
    team.ben.submits(security="3")
    assert (
        "You aren't in that board's channel" in team.ben.sees_modal("That didn't work").visible_text
    )


def test_person_is_added__may_act_at_once(card: Message, team: SandboxPeople) -> None:
    with pytest.raises(ActionFailed):
        team.chloe.types("/roadmap", "ops-leads")
    team.mia.invites("chloe", "ops-leads")
    team.chloe.presses("Score", on=card)
    team.chloe.sees_modal("Score #1")


@pytest.mark.usefixtures("card")
def test_private_board__is_hidden_from_other_channels(team: SandboxPeople) -> None:
    team.chloe.types("/propose Something else", "general")
    message = team.chloe.sees("None of your channels uses Needle yet", "general")
    assert "ops-leads" not in message.visible_text
    team.chloe.types("/roadmap", "general")
    assert (
        TITLE not in team.chloe.sees("This channel doesn't use Needle yet", "general").visible_text
    )
    assert direct_messages(team, "chloe") == []


def test_person_leaves__fewer_scores_are_needed(card: Message, team: SandboxPeople) -> None:
    """The channel has three full members, then two."""
    team.mia.sees(card_showing(card, "0 of 3 have scored"), "ops-leads")
    team.mia.removes("ben", "ops-leads")
    team.mia.sees(card_showing(card, "0 of 2 have scored"), "ops-leads")


@pytest.mark.usefixtures("card")
def test_removed_person__home_hides_the_board(team: SandboxPeople) -> None:
    team.ben.opens_home()
    team.ben.sees_in_home("#ops-leads")
    team.mia.removes("ben", "ops-leads")
    team.ben.sees_in_home("None of your channels uses Needle yet")
    home = team.ben.home
    assert home is not None
    assert "#ops-leads" not in home.visible_text


@pytest.mark.usefixtures("card")
def test_sole_steward_leaves__everyone_is_a_steward(bot: Database, team: SandboxPeople) -> None:
    team.ana.types("/roadmap settings", "ops-leads")
    team.ana.sees("Only stewards", "ops-leads")
    team.mia.leaves("ops-leads")
    wait_until(lambda: not stewards(bot), within=10)
    team.ana.types("/roadmap settings", "ops-leads")
    team.ana.sees_modal("Settings")


def stewards(database: Database) -> tuple[str, ...]:
    with database.snapshot() as session:
        [board] = boards.list_all(session)
    return board.stewards
