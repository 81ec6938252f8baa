"""500 open cards after downtime: all are current within a minute, within rate limits."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from slack_sandbox.client.client import Message, SandboxClient
from storage.boards import boards
from storage.posts import outbox
from storage.projects import votes
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import is_card

CARDS = 500
LINES = 300  # messages between the cards
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Hands:
    """The clock of both the bot and the sandbox's rate limits."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> float:
        return self.now.timestamp()


class Shift:
    """A running bot, with a pass of the reconciler every second."""

    def __init__(self, hands: Hands, clock: BotDriver, slack: SandboxClient) -> None:
        self._hands = hands
        self._clock = clock
        self._slack = slack
        self._read = 0  # number of traffic entries that were checked

    def lasts(self, span: timedelta) -> None:
        """Assert that Slack has never limited the rate."""
        end = self._hands.now + span
        while self._hands.now < end:
            self._hands.now += SECOND
            self._clock.run_pass(self._hands.now)
            for entry in self._slack.traffic(self._read):
                assert entry.get("error") != "ratelimited", entry
                self._read = entry["id"]

    def voters(self, cards: Collection[Message]) -> list[set[str]]:
        with self._clock.database.snapshot() as session:
            reactions = votes.reactions_on(session, 1, [card.ts for card in cards])
        return [
            {person for (person, _), one in reactions[card.ts].items() if one.present}
            for card in cards
        ]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def sandbox_options(hands: Hands) -> dict[str, Any]:
    return {"clock": hands}


@pytest.fixture
def shift(hands: Hands, clock: BotDriver, slack: SandboxClient) -> Shift:
    return Shift(hands, clock, slack)


@pytest.fixture
def cards(shift: Shift, hands: Hands, clock: BotDriver, team: SandboxPeople) -> list[Message]:
    """Return the 500 cards in channel order, without the messages between them."""
    for number in range(2, CARDS + 1):
        clock.propose(f"Project {number}", hands.now)
        if number * LINES % CARDS < LINES:
            team.gus.types(f"Who has seen {number}?")
        if number % 5 == 0:
            shift.lasts(5 * SECOND)
    shift.lasts(5 * SECOND)
    cards_shown = [message for message in team.mia.messages("ops") if is_card(message)]
    assert len(cards_shown) == CARDS
    return cards_shown


@pytest.mark.long
def test_500_cards_after_downtime__current_in_two_minutes(
    shift: Shift,
    hands: Hands,
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    cards: list[Message],
) -> None:
    old, new, deleted = cards[:20], cards[-20:], cards[100:103]
    for card in (*old, *new):
        team.ben.reacts("+1", to=card)
        team.eli.reacts("+1", to=card)
    clock.reconnect()
    shift.lasts(MINUTE)
    people = {person["name"]: person["id"] for person in slack.workspace()["people"]}
    ben, chloe, eli = (people[name] for name in ("ben", "chloe", "eli"))
    assert shift.voters((*old, *new)) == 40 * [{ben, eli}]

    # During the downtime:
    for card in old:
        team.chloe.reacts("+1", to=card)
    for card in new:
        team.ben.removes_reaction("+1", on=card)
    for card in deleted:
        team.mia.deletes(card)
    team.mia.deactivates("eli")
    team.mia.renames("ops", "platform")
    hands.now += timedelta(hours=8)

    clock.reconnect()
    # Redraws come before questions about known people. So Needle redraws the cards with the changed
    # votes, then learns that eli is deactivated, and redraws his cards within the next minute.
    shift.lasts(2 * MINUTE)
    assert shift.voters(old) == 20 * [{ben, eli, chloe}]
    assert shift.voters(new) == 20 * [{eli}]
    with clock.database.snapshot() as session:
        assert boards.get(session, 1).name == "platform"
        assert outbox.pending(session) == []
        assert outbox.stale(session) == []
    shown = {
        message.ts: message.visible_text
        for message in team.mia.messages("platform")
        if is_card(message)
    }
    assert len(shown) == CARDS
    assert not shown.keys() & {card.ts for card in deleted}
    assert all("👍 2" in shown[card.ts] for card in old)
    assert all("👍 0" in shown[card.ts] for card in new)
