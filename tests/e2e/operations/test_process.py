"""`needle run`, and other commands beside it."""

import time

import pytest

from slack_sandbox.client.client import Message, SandboxClient
from tests.support.bot_process import BotProcess, SandboxPeople
from tests.support.slack_steps import card_showing, cards, invite, propose

SUSPENDED_SECONDS = 5  # longer than a call may take


@pytest.fixture
def card(process: BotProcess, team: SandboxPeople) -> Message:
    """The card of a project, posted by a running bot."""
    del process  # it runs
    invite(team)
    return propose(team, "ana", "Retire the last NAT box", effort_weeks="3")


def test_bot_restarts__continues_with_old_card(
    process: BotProcess, card: Message, team: SandboxPeople
) -> None:
    assert process.stop() == 0
    process.start()
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    assert len(cards(team)) == 1


def test_bot_is_killed__nothing_is_lost_or_doubled(
    process: BotProcess, card: Message, team: SandboxPeople
) -> None:
    team.ben.reacts("+1", to=card)
    team.ben.types("/propose Rotate every long-lived key")
    team.ben.sees_modal("Propose a project")
    team.ben.submits(summary="None of them is younger than a year.")
    process.kill()  # the proposal is acknowledged; its card may or may not be there
    process.start()
    team.mia.sees(card_showing(card, "👍 1"), timeout=60)
    second = team.mia.sees("Rotate every long-lived key", timeout=60)
    team.chloe.reacts("+1", to=second)
    # Needle may first have to find the post that it had sent.
    team.mia.sees(card_showing(second, "👍 1"), timeout=60)
    assert len(cards(team)) == 2


@pytest.mark.long
def test_process_is_suspended_in_a_post__card_appears_once(
    process: BotProcess, team: SandboxPeople, slack: SandboxClient
) -> None:
    """When it goes on, the time of the call is over. Slack posted the card all the same."""
    invite(team)
    delay = SUSPENDED_SECONDS + 3  # the answer comes after it goes on
    slack.inject_fault("chat.postMessage", delay=delay, after_processing=True)
    card = propose(team, "ana", "Retire the last NAT box")
    process.suspend()
    team.ben.reacts("+1", to=card)
    time.sleep(SUSPENDED_SECONDS)
    process.resume()
    # It looks for the card 30 seconds after the call timed out.
    team.mia.sees(card_showing(card, "👍 1"), timeout=90)
    team.chloe.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 2"), timeout=30)
    assert len(cards(team)) == 1


@pytest.mark.usefixtures("card")
def test_post_digest_command__prints_then_posts_once(
    process: BotProcess, team: SandboxPeople
) -> None:
    dry = process.needle("post", "digest", "ops", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.startswith("Digest for #ops · ")
    assert "#1 Retire the last NAT box: 0 of 3 have scored" in dry.stdout
    assert not [m for m in team.mia.messages("ops") if m.visible_text.startswith("Digest for")]
    posted = process.needle("post", "digest", "#ops")
    assert posted.stdout.startswith("Posted the digest for "), posted.stderr
    again = process.needle("digest")  # the command's old name; there is only one board
    assert again.stdout.startswith("The digest for ")
    assert again.stdout.endswith(" is already posted to #ops.\n")
    assert again.stderr == "`needle digest` is now `needle post digest`.\n"
    assert (
        len([m for m in team.mia.messages("ops") if m.visible_text.startswith("Digest for")]) == 1
    )
