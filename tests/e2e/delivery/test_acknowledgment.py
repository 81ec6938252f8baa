"""User actions are acknowledged at once, whatever happens to the calls that follow."""

import pytest

from slack_sandbox.client.client import SandboxClient
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, propose

HANGS = 4  # seconds; Slack waits 3 s for an acknowledgment


@pytest.mark.usefixtures("board")
def test_home_hangs__score_from_home_is_acknowledged(
    slack: SandboxClient, team: SandboxPeople
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    team.ana.opens_home()
    team.ana.sees_in_home("1 project needs your score.")
    team.ana.presses_in_home("Score next")
    team.ana.sees_modal("Score #1")
    slack.inject_fault("users.conversations", delay=HANGS)
    team.ana.submits(security="3")
    team.ana.sees_no_modal()
    team.mia.sees(card_showing(card, "1 of 3 has scored"))
