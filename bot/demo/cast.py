"""The people of the demo, and what they act with. What they do is in `steps`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from slack_sandbox.client.client import Message, Person, SandboxClient
from storage.database import Database

CHANNEL = "ops"
STEWARD = "mia"
NEEDLE = "needle"  # as the messages are called that it sends to one person


@dataclass(frozen=True)
class Cast:
    """People who act in Slack; `database` and `clock` are for those who type in a terminal."""

    slack: SandboxClient
    database: Database
    clock: Clock
    cards: dict[str, Message] = field(default_factory=dict)  # by title

    @property
    def steward(self) -> Person:
        return self.person(STEWARD)

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    def card(self, title: str) -> Message:
        if title not in self.cards:
            self.cards[title] = self.steward.sees(
                lambda message: message.visible_text[0] == "#" and title in message.visible_text,
                CHANNEL,
            )
        return self.cards[title]

    def number(self, title: str) -> str:
        """As the card says it."""
        return self.card(title).visible_text.removeprefix("#").split()[0]

    def types(self, name: str, text: str) -> None:
        self.person(name).types(text, CHANNEL)


Act = Callable[[Cast], object]
