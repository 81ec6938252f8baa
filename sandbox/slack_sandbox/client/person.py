"""One person of a sandbox: what they do, and what they see."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from slack_sandbox.client.http import NotPossible, Wire
from slack_sandbox.client.screen import (
    Message,
    NotSeen,
    View,
    element_in,
    element_of,
    label_of,
    labels_of,
    message_seen,
    offered_labels,
    view_seen,
)

Json = dict[str, Any]
FIRST_LOOK = 20  # messages: what somebody looks for is nearly always among the newest
T = TypeVar("T")


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

    def removes_reaction(self, emoji: str, on: Message) -> None:
        self._act("unreact", channel=on.channel, ts=on.ts, emoji=emoji)

    def replies(self, text: str, to: Message, *, reply_broadcast: bool = False) -> None:
        """In the thread of a message."""
        self._act(
            "say", channel=to.channel, text=text, thread_ts=to.ts, reply_broadcast=reply_broadcast
        )

    def edits(self, message: Message, text: str) -> None:
        self._act("edit", channel=message.channel, ts=message.ts, text=text)

    def deletes(self, message: Message) -> None:
        self._act("delete", channel=message.channel, ts=message.ts)

    def runs_shortcut(self, callback_id: str, on: Message | None = None) -> None:
        """A shortcut by its callback_id: a global one, or one on a message."""
        place = {"channel": on.channel, "ts": on.ts} if on else {}
        self._act("shortcut", callback_id=callback_id, **place)

    def opens_home(self) -> None:
        self._act("home")

    def invites(self, user: str, channel: str) -> None:
        self._act("invite", channel=channel, user=user)

    def removes(self, user: str, channel: str) -> None:
        self._act("kick", channel=channel, user=user)

    def joins(self, channel: str) -> None:
        self._act("join", channel=channel)

    def leaves(self, channel: str) -> None:
        self._act("leave", channel=channel)

    def archives(self, channel: str) -> None:
        self._act("archive", channel=channel)

    def unarchives(self, channel: str) -> None:
        self._act("unarchive", channel=channel)

    def renames(self, channel: str, name: str) -> None:
        self._act("rename", channel=channel, name=name)

    def changes_profile(self, **fields: str) -> None:
        """Their own `real_name`, `name` or `time_zone`."""
        self._act("change_profile", **fields)

    def deactivates(self, user: str) -> None:
        self._act("deactivate", user=user)

    def restores(self, user: str) -> None:
        self._act("restore", user=user)

    def makes_guest(self, user: str) -> None:
        self._act("make_guest", user=user)

    def makes_member(self, user: str) -> None:
        self._act("make_member", user=user)

    def installs_app(self, authorize_url: str, *, allow: bool = True) -> str:
        """Answer the app's request on the consent page; the address to which that leads."""
        return self._wire.consent(authorize_url, self.name, "allow" if allow else "cancel")

    def uninstalls_app(self) -> None:
        self._act("uninstall")

    def presses(self, button: str, on: Message) -> None:
        """A button by its label or action_id."""
        self._press(on, lambda each: button in (label_of(each), each["action_id"]), lambda _: {})

    def presses_in_home(self, button: str) -> None:
        """A button on the app's Home tab, by its label or action_id."""
        view = self.sees_in_home("")
        block_id, element = element_in(
            view.raw["blocks"], lambda each: button in (label_of(each), each["action_id"])
        )
        pressed = {"view_id": view.id, "action_id": element["action_id"]}
        self._act("press", **pressed, block_id=block_id)

    def chooses(self, label: str, on: Message, *, query: str | None = None) -> None:
        """An option of a menu in a message; `query` is typed first where the app is asked."""
        if query is not None:
            menu = element_of(on, lambda each: each["type"] == "external_select")[1]["action_id"]
            found = self.searches(query, menu, on)
            if label not in found:
                raise NotSeen(f"{label!r} is not among what the app offers: {sorted(found)}")
            self._press(
                on, lambda each: each["action_id"] == menu, lambda _: {"value": found[label]}
            )
            return
        self._press(
            on,
            lambda each: label in labels_of(each),
            lambda each: {"value": labels_of(each)[label]},
        )

    def searches(self, query: str, menu: str, on: Message | None = None) -> dict[str, str]:
        """Type in a menu (by action_id) of a message or the modal on top that asks the app.

        Gives the values of what it offers, by label: they can be submitted from now on.
        """
        if on:
            block_id, _ = element_of(on, lambda each: each["action_id"] == menu)
            place = {"channel": on.channel, "ts": on.ts}
        else:
            view = self._top()
            block_id, _ = element_in(view.raw["blocks"], lambda each: each["action_id"] == menu)
            place = {"view_id": view.id}
        answer = self._act("search", **place, block_id=block_id, action_id=menu, value=query)
        return offered_labels(answer)

    def submits(self, **fields: Any) -> None:
        """Fill fields of the modal on top, by action_id, and submit it; None empties one.

        People are chosen by their handles.
        """
        view = self._top()
        found = {
            element["action_id"]: (block["block_id"], element)
            for block in iter_blocks(view.raw["blocks"])
            for element in interactive_elements(block)
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
        views = self._screen("")["views"]
        if not views:
            return None
        return view_seen(views[-1], self._names)

    @property
    def home(self) -> View | None:
        """The app's Home tab, as it was last published to them."""
        screen = self._screen("")
        names = {**self._names} | {each["id"]: each["name"] for each in screen["channels"]}
        return view_seen(screen["home"], names) if screen["home"] else None

    def screen(self) -> Json:
        return self._wire.get(f"/control/screen/{quote(self.name)}")

    def _screen(self, messages_of: str, **less: str | int) -> Json:
        """Fetch the screen without the messages of other channels; `less` are `ts` or `newest`."""
        asked = urlencode({"messages_of": messages_of, **less})
        return self._wire.get(f"/control/screen/{quote(self.name)}?{asked}")

    def messages(self, channel: str = "ops") -> list[Message]:
        """What stands in a channel: no replies, unless they were sent to it too."""
        return [*self._in_channel(channel)][::-1]

    def thread(self, of: Message) -> list[Message]:
        """A message and the replies to it."""
        return [
            each for each in self._all_messages(of.channel) if of.ts in (each.ts, each.parent_ts)
        ][::-1]

    def _newest(self, channel: str) -> Iterator[Message]:
        """None while there is no such channel: a private one begins with its first message."""
        with suppress(NotSeen):
            yield from self._in_channel(channel, newest=FIRST_LOOK)
            yield from self._in_channel(channel)

    def _in_channel(self, channel: str, **less: str | int) -> Iterator[Message]:
        """Newest first, without replies that stand in a thread alone."""
        return (each for each in self._all_messages(channel, **less) if each.in_channel)

    def _all_messages(self, channel: str, **less: str | int) -> Iterator[Message]:
        """Newest first; each is read only when it is looked at. `less` is what `_screen` takes."""
        screen = self._screen(channel, **less)
        names = {**self._names} | {each["id"]: each["name"] for each in screen["channels"]}
        found = next(
            (each for each in screen["channels"] if channel in (each["id"], each["name"])), None
        )
        if found is None:
            raise NotSeen(f"{self.name} sees no channel {channel!r}")
        return (
            message_seen(found["id"], m, names) for m in reversed(screen["messages"][found["id"]])
        )

    def sees(
        self,
        what: str | Callable[[Message], object],
        channel: str = "ops",
        timeout: float = 10,
    ) -> Message:
        """Wait for the newest message with this text, or for which this is true."""
        if isinstance(what, str):
            text = what
            return self._wait(
                lambda: next((m for m in self._newest(channel) if text in m.visible_text), None),
                lambda: f"{text!r} in:\n{self._all_text(channel)}",
                timeout,
            )
        fits = what
        return self._wait(
            lambda: next((m for m in self._newest(channel) if fits(m)), None),
            lambda: f"the message looked for in:\n{self._all_text(channel)}",
            timeout,
        )

    def sees_in_thread(self, text: str, of: Message, timeout: float = 10) -> Message:
        """Wait for the newest reply to a message that has this text."""
        return self._wait(
            lambda: next(
                (m for m in reversed(self.thread(of)[1:]) if text in m.visible_text), None
            ),
            lambda: f"{text!r} in the thread:\n{_listed(self.thread(of))}",
            timeout,
        )

    def sees_in_home(self, text: str, timeout: float = 10) -> View:
        """The Home tab, once it has this text."""

        def there() -> View | None:
            home = self.home
            return home if home and text in home.visible_text else None

        return self._wait(there, lambda: f"{text!r} at home, but {self.home}", timeout)

    def sees_modal(self, title: str, timeout: float = 10) -> View:
        """The modal on top, once it has this in its title and waits for nothing."""

        def there() -> View | None:
            view = self.modal
            return view if view and title in view.title and not view.raw["busy"] else None

        return self._wait(there, lambda: f"a modal {title!r}, but {self.modal}", timeout)

    def sees_no_modal(self, timeout: float = 10) -> None:
        self._wait(lambda: self.modal is None, lambda: f"no modal, but {self.modal}", timeout)

    def _wait(self, there: Callable[[], T | None], missing: Callable[[], str], timeout: float) -> T:
        found = there()
        if found:
            return found
        until = time.monotonic() + timeout
        with self._wire.live(self.name) as live:
            while not (found := there()):
                if not live.changed(until):
                    raise NotSeen(f"{self.name} does not see {missing()}")
        return found

    def _all_text(self, channel: str) -> str:
        return _listed(self.messages(channel))

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
        now = next(self._all_messages(on.channel, ts=on.ts), None)
        if now is None:
            raise NotSeen(f"{self.name} no longer sees: {on.visible_text}")
        block_id, element = element_of(now, fits)
        pressed = {"channel": on.channel, "ts": on.ts, "action_id": element["action_id"]}
        try:
            self._act("press", **pressed, block_id=block_id, **given(element))
        except NotPossible as refusal:
            if refusal.error != "no_such_element" or tries == 1:
                raise
            # It was redrawn between the look and the press: look again.
            self._press(on, fits, given, tries - 1)

    def _act(self, act: str, **given: Any) -> Json:
        return self._wire.post(f"/control/as/{quote(self.name)}/{act}", given)


def _listed(messages: list[Message]) -> str:
    return "\n---\n".join(message.visible_text for message in messages)
