"""The cards in #ops, and the numbers that they show."""

import re
from collections import Counter

from slack_sandbox.client.client import Message
from tests.support.bot_process import SandboxPeople
from tests.support.chaos.model import QUORUM
from tests.support.slack_steps import cards

NUMBERED = re.compile(r"#(\d+)")
BACKED = re.compile(r"👍 (\d+)")
SCORED = re.compile(rf"(\d+) of {QUORUM} ha(?:s|ve) scored|Scored by (\d+)")


def shown_counts(team: SandboxPeople) -> Counter[str]:
    """Return the text of each card that counts scores and votes, as the model says it."""
    return Counter(
        f"#{number}: 👍 {_first(BACKED, card)}, {_first(SCORED, card)} scored"
        for number, shown in cards_by_number(team).items()
        for card in shown
    )


def cards_by_number(team: SandboxPeople) -> dict[int, list[Message]]:
    """Return the cards of each project, oldest first."""
    found: dict[int, list[Message]] = {}
    for card in cards(team):
        found.setdefault(int(_first(NUMBERED, card)), []).append(card)
    return found


def _first(pattern: re.Pattern[str], card: Message) -> str:
    found = pattern.search(card.visible_text)
    return next(filter(None, found.groups())) if found else "?"
