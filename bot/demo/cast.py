"""The people of the demo. `bot.demo.steps` has their actions."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.views.posts import card
from slack_sandbox.client.client import Message, Person, SandboxClient
from slack_sandbox.client.screen import element_in_message
from storage.database import Database

CHANNEL = "ops"
STEWARD = "mia"
NEEDLE = "needle"  # the conversation with the bot, as the sandbox calls it


@dataclass(frozen=True)
class Cast:
    """People who act in Slack.

    `database` and `clock` are for steps that a person takes in a terminal instead.
    """

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
        """Wait for the card of the project with this title. Return it."""
        if title not in self.cards:
            self.cards[title] = self.steward.sees(
                lambda message: message.visible_text[0] == "#" and title in message.visible_text,
                CHANNEL,
            )
        return self.cards[title]

    def number(self, title: str) -> str:
        """Return the project's number, as its card shows it."""
        return self.card(title).visible_text.removeprefix("#").split()[0]

    def permanent_id(self, title: str) -> str:
        """Return the permanent id of an open project, as forms name it."""
        _, button = element_in_message(
            self.card(title), lambda element: element["action_id"] == card.SCORE
        )
        return str(button["value"])

    def types(self, name: str, text: str) -> None:
        """Send a message or command to the channel as this person."""
        self.person(name).types(text, CHANNEL)


Step = Callable[[Cast], object]
