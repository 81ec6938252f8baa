"""One person of a sandbox: what they do, and what they see."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote

from sandbox.blocks.check import elements, flat
from sandbox.reading import plain_text
from sandbox.wire import NotPossible, Wire

Json = dict[str, Any]
T = TypeVar("T")


class NotSeen(AssertionError):
    """Something did not appear in time; says what was there instead."""


@dataclass(frozen=True)
class Message:
    channel: str
    ts: str
    user: str
    plain: str
    ephemeral: bool
    shown: Json = field(repr=False)


@dataclass(frozen=True)
class View:
    """A modal that is open; `errors` are by block id."""

    id: str
    title: str
    plain: str
    errors: dict[str, str]
    shown: Json = field(repr=False)


class Person:
    """One person of the workspace, who acts and sees."""

    def __init__(self, wire: Wire, name: str, names: Mapping[str, str]) -> None:
        self.name = name
        self._wire = wire
        self._names = names

    def types(self, text: str, channel: str = "ops") -> None:
        """Say something, or call a command if it starts with a slash."""
        self._act("say", channel=channel, text=text)

    def reacts(self, emoji: str, to: Message) -> None:
        self._act("react", channel=to.channel, ts=to.ts, emoji=emoji)

    def unreacts(self, emoji: str, on: Message) -> None:
        self._act("unreact", channel=on.channel, ts=on.ts, emoji=emoji)

    def deletes(self, message: Message) -> None:
        self._act("delete", channel=message.channel, ts=message.ts)

    def invites(self, user: str, channel: str) -> None:
        self._act("invite", channel=channel, user=user)

    def archives(self, channel: str) -> None:
        self._act("archive", channel=channel)

    def presses(self, button: str, on: Message) -> None:
        """A button by its label or action_id."""
        self._press(on, lambda each: button in (_label(each), each["action_id"]), lambda _: {})

    def chooses(self, label: str, on: Message) -> None:
        """An option of a menu in a message."""
        self._press(
            on, lambda each: label in _labels(each), lambda each: {"value": _labels(each)[label]}
        )

    def submits(self, **fields: Any) -> None:
        """Fill fields of the modal on top, by action_id, and submit it; None empties one.

        People are chosen by their handles.
        """
        view = self._top()
        found = {
            element["action_id"]: (block["block_id"], element)
            for block in flat(view.shown["blocks"])
            for element in elements(block)
        }
        missing = fields.keys() - found.keys()
        if missing:
            raise NotSeen(f"{view.title!r} has no {', '.join(sorted(missing))}: {sorted(found)}")
        values = {}
        for name, raw in fields.items():
            block_id, element = found[name]
            values[block_id] = self._ids(raw) if "users_select" in element["type"] else raw
        self._act("submit", view_id=view.id, values=values)

    def closes(self) -> None:
        """Close the modal on top, if one is open."""
        if self.modal:
            self._act("close", view_id=self.modal.id)

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        views = self.screen()["views"]
        if not views:
            return None
        shown = views[-1]
        return View(
            shown["id"],
            shown["title"]["text"],
            plain_text(shown, self._names),
            shown["errors"],
            shown,
        )

    def screen(self) -> Json:
        return self._wire.get(f"/control/screen/{quote(self.name)}")

    def messages(self, channel: str = "ops") -> list[Message]:
        screen = self.screen()
        names = {**self._names} | {each["id"]: each["name"] for each in screen["channels"]}
        for each in screen["channels"]:
            if channel in (each["id"], each["name"]):
                return [_message(each["id"], m, names) for m in screen["messages"][each["id"]]]
        raise NotSeen(f"{self.name} sees no channel {channel!r}")

    def sees(
        self,
        what: str | Callable[[Message], object],
        channel: str = "ops",
        within: float = 10,
    ) -> Message:
        """Wait for the newest message with this text, or for which this is true."""
        if isinstance(what, str):
            text = what
            return self._wait(
                lambda: next((m for m in self._newest(channel) if text in m.plain), None),
                lambda: f"{text!r} in:\n{self._all_text(channel)}",
                within,
            )
        fits = what
        return self._wait(
            lambda: next((m for m in self._newest(channel) if fits(m)), None),
            lambda: f"the message looked for in:\n{self._all_text(channel)}",
            within,
        )

    def sees_modal(self, title: str, within: float = 10) -> View:
        """The modal on top, once it has this in its title and waits for nothing."""

        def there() -> View | None:
            view = self.modal
            return view if view and title in view.title and not view.shown["busy"] else None

        return self._wait(there, lambda: f"a modal {title!r}, but {self.modal}", within)

    def sees_no_modal(self, within: float = 10) -> None:
        self._wait(lambda: self.modal is None, lambda: f"no modal, but {self.modal}", within)

    def _wait(self, there: Callable[[], T | None], missing: Callable[[], str], within: float) -> T:
        found = there()
        if found:
            return found
        until = time.monotonic() + within
        with self._wire.live(self.name) as live:
            while not (found := there()):
                if not live.changed(until):
                    raise NotSeen(f"{self.name} does not see {missing()}")
        return found

    def _newest(self, channel: str) -> Iterator[Message]:
        return reversed(self.messages(channel))

    def _all_text(self, channel: str) -> str:
        return "\n---\n".join(message.plain for message in self.messages(channel))

    def _top(self) -> View:
        view = self.modal
        if view is None:
            raise NotSeen(f"{self.name} has no modal open")
        return view

    def _ids(self, handles: Any) -> Any:
        ids = {name: person_id for person_id, name in self._names.items()}
        return [ids[each] for each in handles] if isinstance(handles, list) else ids[handles]

    def _press(
        self,
        on: Message,
        fits: Callable[[Json], bool],
        given: Callable[[Json], Json],
        tries: int = 3,
    ) -> None:
        """Press an element of the message as it stands now, which may have been redrawn since."""
        now = self.sees(lambda message: message.ts == on.ts, on.channel, within=0)
        block_id, element = _found(now, fits)
        pressed = {"channel": on.channel, "ts": on.ts, "action_id": element["action_id"]}
        try:
            self._act("press", **pressed, block_id=block_id, **given(element))
        except NotPossible as refusal:
            if refusal.error != "no_such_element" or tries == 1:
                raise
            # It was redrawn between the look and the press: look again.
            self._press(on, fits, given, tries - 1)

    def _act(self, act: str, **given: Any) -> None:
        self._wire.post(f"/control/as/{quote(self.name)}/{act}", given)


def _message(channel: str, shown: Json, names: Mapping[str, str]) -> Message:
    return Message(
        channel, shown["ts"], shown["user"], plain_text(shown, names), shown["ephemeral"], shown
    )


def _found(on: Message, fits: Callable[[Json], bool]) -> tuple[str, Json]:
    """The element that fits, with its block's id."""
    for block in flat(on.shown.get("blocks") or []):
        for element in elements(block):
            if fits(element):
                return block["block_id"], element
    raise NotSeen(f"no such element in: {on.plain}")


def _label(element: Json) -> str | None:
    text = element.get("text")
    return str(text["text"]) if text else None


def _labels(element: Json) -> dict[str, str]:
    """The values of an element's options, by label."""
    return {each["text"]["text"]: each["value"] for each in element.get("options") or []}
