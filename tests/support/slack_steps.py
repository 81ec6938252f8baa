"""Steps that many end-to-end tests share."""

from collections.abc import Callable

from slack_sandbox.client.client import Message, SandboxClient
from tests.support.bot_process import SandboxPeople
from tests.support.wait import wait_until

INTRODUCTION = "decide what to work on, based on its values"
JOINED = "member_joined_channel"
SUMMARY = "A single NAT instance still fronts three VPCs."


def invite(team: SandboxPeople, who: str = "mia", channel: str = "ops") -> None:
    """Invite the bot, and wait until it has introduced itself."""
    person = team.person(who)
    before = count_acknowledgements(team.slack, JOINED)
    person.types("/invite @Needle", channel)
    person.sees(INTRODUCTION, channel)
    wait_for_acknowledgement(
        team.slack, JOINED, times=before + 1
    )  # a backfill may have found the channel before


def propose(team: SandboxPeople, who: str, title: str, **fields: str) -> Message:
    """Propose a project, and return its card."""
    person = team.person(who)
    person.types(f"/propose {title}")
    person.sees_modal("Propose a project")
    person.submits(**{"summary": SUMMARY, **fields})
    person.sees_no_modal()
    return person.sees(lambda message: is_card(message) and title in message.visible_text)


def score(team: SandboxPeople, who: str, card: Message, **impacts: int) -> None:
    """Score a project, and close the form for the next one."""
    person = team.person(who)
    person.presses("Score", on=card)
    person.sees_modal("Score #")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.closes()


def wait_for_acknowledgement(slack: SandboxClient, event: str, times: int = 1) -> None:
    """Wait until the bot has acknowledged this event `times` times."""
    wait_until(lambda: count_acknowledgements(slack, event) >= times, within=10)


def count_acknowledgements(slack: SandboxClient, event: str, *, in_time: bool = True) -> int:
    """Count acknowledged events of this type, or those that Slack gave up on."""
    acks = [each for each in slack.traffic() if (each["kind"], each["name"]) == ("ack", event)]
    return len([each for each in acks if each["ok"] == in_time])


def wait_for_backfill(slack: SandboxClient, times: int = 1) -> None:
    """Wait until the bot has listed its channels `times` times, once for each connection."""

    def looks() -> int:
        calls = slack.api_calls("users.conversations")
        return len([each for each in calls if "user" not in each["request"]])

    wait_until(lambda: looks() >= times, within=30)


def direct_messages(team: SandboxPeople, who: str) -> list[Message]:
    """Return the bot's direct messages to a person."""
    person = team.person(who)
    if not [each for each in person.screen()["channels"] if each["is_im"]]:
        return []
    return person.messages("needle")


def cards(team: SandboxPeople, channel: str = "ops") -> list[Message]:
    """Return the cards in a channel, oldest first."""
    return [message for message in team.mia.messages(channel) if is_card(message)]


def card_titles(team: SandboxPeople, channel: str = "ops") -> list[str]:
    """Return the first line of each card in a channel: number and title."""
    return [card.visible_text.splitlines()[0] for card in cards(team, channel)]


def invitations(team: SandboxPeople, card: Message) -> list[Message]:
    """Return the invitations to talk about a disputed value, from a card's thread."""
    return [each for each in team.mia.thread(card) if "Talk about it" in each.visible_text]


def is_card(message: Message) -> bool:
    return (
        "backs this project. To say what it helps" in message.visible_text
        and message.visible_text[0] == "#"
    )


def card_showing(card: Message, *texts: str) -> Callable[[Message], bool]:
    """Return a condition: the message is this card and contains all these texts."""
    return lambda message: (
        message.ts == card.ts and all(text in message.visible_text for text in texts)
    )
