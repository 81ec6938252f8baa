"""The buttons and menu entries in a recorded workspace, and a check that each still works."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from slack_sandbox.client.client import Message, Person
from tests.support.wait import wait_until
from tests.upgrade.recording import Recording
from tests.upgrade.workspace import Workspace, identity_of

Json = dict[str, Any]
Kind = tuple[str, ...]  # the kind of post, the action id, the menu entry

STEWARD = "U0MIA00000"  # may use every button, and has projects left to score
FAILURES = ("That didn't work", "Saved")  # titles of modals after a failure
WITHIN = 10  # seconds


@dataclass(frozen=True)
class Button:
    """A button or menu entry: on a message, or on a Home tab if `ts` is empty."""

    user: str  # who presses it
    channel: str
    ts: str
    action_id: str
    value: str | None = None  # of the menu entry

    def press(self, workspace: Workspace) -> bool:
        """Press the button and wait until the screen changes. Return False if the button is gone.

        Raise AssertionError if the app fails or refuses.
        """
        person = workspace.person(self.user)
        before = _screen(person)
        if self.ts:
            message = self.message(workspace)
            if all(self.action_id != action_id for action_id, _ in _pressable(message.raw)):
                return False
            self._press_on(message, person)
        else:
            person.presses_in_home(self.action_id)
        wait_until(lambda: _screen(person) != before, within=WITHIN)
        self._check_answers(before, person)
        return True

    def message(self, workspace: Workspace) -> Message:
        """Return the message as it is now."""
        [found] = [
            message
            for message in workspace.person(self.user).messages(self.channel)
            if message.ts == self.ts
        ]
        return found

    def _press_on(self, message: Message, person: Person) -> None:
        if self.value is None:
            person.presses(self.action_id, on=message)
        else:
            labels = {
                _entry(option["value"]): option["text"]["text"]
                for element in _elements(message.raw)
                for option in element.get("options", [])
            }
            person.chooses(labels[_entry(self.value)], on=message)

    def _check_answers(self, before: Json, person: Person) -> None:
        """Close the modals. Raise AssertionError if an answer is a failure or a refusal.

        A refusal is plain text; every other answer has blocks.
        """
        known = {each["ts"] for each in _messages(before)}
        for message in _messages(_screen(person)):
            if message["ephemeral"] and message["ts"] not in known:
                assert message.get("blocks"), f"{self} was refused: {message['text']}"
        while person.modal:
            assert person.modal.title not in FAILURES, f"{self} failed: {person.modal.visible_text}"
            person.closes()


def buttons_of(recording: Recording) -> dict[Kind, list[Button]]:
    """Return all buttons and menu entries by kind."""
    bot = recording.slack["app"]["bot_user_id"]
    found: dict[Kind, list[Button]] = {}
    for channel in recording.slack["channels"]:
        [*others] = (each for each in channel["members"] if each != bot)
        user = others[0] if channel.get("is_im") else STEWARD
        for message in channel.get("messages", []):
            kind = identity_of(message).get("kind", "")
            for action_id, value in _pressable(message):
                entry = _entry(value or "")
                button = Button(user, channel["id"], message["ts"], action_id, value)
                found.setdefault((kind, action_id, entry), []).append(button)
    for user, home in recording.slack["homes"].items():
        for action_id, _ in _pressable(home):
            found.setdefault(("home", action_id), []).append(Button(user, "", "", action_id))
    return found


def direct_message_with(action_id: str, recording: Recording) -> Button:
    """Return the first button with this action in a direct message."""
    return next(
        button
        for buttons in buttons_of(recording).values()
        for button in buttons
        if button.action_id == action_id and button.channel.startswith("D")
    )


def _entry(value: str) -> str:
    """Return the entry in an option's value. What follows names the project as its version does."""
    return value.partition(":")[0]


def _pressable(shown: Json) -> Iterator[tuple[str, str | None]]:
    for element in _elements(shown):
        if element["type"] == "overflow":
            for option in element["options"]:
                yield element["action_id"], option["value"]
        else:
            yield element["action_id"], None


def _elements(shown: Json) -> Iterator[Json]:
    for block in iter_blocks(shown.get("blocks") or []):
        yield from interactive_elements(block)


def _screen(person: Person) -> Json:
    return {name: shown for name, shown in person.screen().items() if name != "seq"}


def _messages(screen: Json) -> Iterator[Json]:
    for messages in screen["messages"].values():
        yield from messages
