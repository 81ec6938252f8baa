"""Told to stop it stops at once, whatever Slack is doing; what was in hand is made good later.

`BotProcess.stop` holds it to five seconds and to its exit status.
"""

import pytest

from sandbox.client import SandboxClient
from tests.e2e.running import BotProcess, Team
from tests.e2e.story import is_card, propose, shows

pytestmark = pytest.mark.long  # what was taken and not settled is free again after half a minute

HANGS = 30  # seconds: far longer than stopping may take, and than the bot waits


def test_it_stops_while_slack_does_not_answer_a_post(
    process: BotProcess, slack: SandboxClient, team: Team
) -> None:
    team.mia.invites(slack.app_user, "ops")
    team.mia.sees("choose its work by its values")
    slack.fails("chat.postMessage", hang=HANGS, after=True)
    propose(team, "ana", "Retire the last NAT box")
    process.stop()
    process.start()
    team.ben.reacts("+1", to=team.ben.sees("Retire the last NAT box"))
    team.ben.sees("👍 1", within=60)  # once the lease has ended and it has looked
    assert len([m for m in team.mia.messages("ops") if is_card(m)]) == 1


def test_it_stops_while_slack_does_not_answer_a_redraw(
    process: BotProcess, slack: SandboxClient, team: Team
) -> None:
    team.mia.invites(slack.app_user, "ops")
    team.mia.sees("choose its work by its values")
    card = propose(team, "ana", "Retire the last NAT box")
    slack.fails("chat.update", hang=HANGS, after=True)
    team.ben.reacts("+1", to=card)
    team.mia.sees(shows(card, "👍 1"))
    process.stop()
    process.start()
    team.dev.reacts("+1", to=card)
    team.mia.sees(shows(card, "👍 2"))
