"""A person of a sandbox's workspace: what they do and what they see."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote

from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from slack_sandbox.client.http import ActionFailed, ControlApi
from slack_sandbox.client.screen import (
    Matches,
    Message,
    NotSeen,
    View,
    all_option_values,
    element_in,
    element_in_message,
    label_of,
    option_values,
    parse_message,
    parse_view,
)

Json = dict[str, Any]
NEWEST = 20  # messages; nearly every search matches one of these
PRESS_ATTEMPTS = 3
T = TypeVar("T")


class Person:
    """A person of the workspace.

    Methods that act raise `ActionFailed` if Slack refuses the action or the app doesn't acknowledge
    it. Methods that start with `sees` wait, and raise `NotSeen` after `timeout` seconds.
    """

    def __init__(self, api: ControlApi, name: str, names: dict[str, str]) -> None:
        self.name = name
        self._api = api
        self._names = names

    def types(self, text: str, channel: str = "ops") -> None:
        """Post a message, or run a command if the text starts with a slash.

        The app's handle, such as `@lunch`, names the direct message with the app.
        """
        self._act("post", channel=channel, text=text)

    def reacts(self, emoji: str, to: Message) -> None:
        self._act("react", channel=to.channel, ts=to.ts, emoji=emoji)

    def removes_reaction(self, emoji: str, on: Message) -> None:
        self._act("remove_reaction", channel=on.channel, ts=on.ts, emoji=emoji)

    def replies(self, text: str, to: Message, *, reply_broadcast: bool = False) -> None:
        """Reply in a message's thread; with `reply_broadcast`, post to the channel too."""
        self._act(
            "post", channel=to.channel, text=text, thread_ts=to.ts, reply_broadcast=reply_broadcast
        )

    def edits(self, message: Message, text: str) -> None:
        self._act("edit", channel=message.channel, ts=message.ts, text=text)

    def deletes(self, message: Message) -> None:
        self._act("delete", channel=message.channel, ts=message.ts)

    def runs_shortcut(self, callback_id: str, on: Message | None = None) -> None:
        """Run a global shortcut, or a message shortcut on a message."""
        location = {"channel": on.channel, "ts": on.ts} if on else {}
        self._act("shortcut", callback_id=callback_id, **location)

    def opens_home(self) -> None:
        self._act("home")

    def opens_messages(self) -> None:
        """Open the app's Messages tab."""
        self._act("messages")

    def invites(self, user: str, channel: str) -> None:
        self._act("invite", channel=channel, user=user)

    def removes(self, user: str, channel: str) -> None:
        self._act("remove", channel=channel, user=user)

    def joins(self, channel: str) -> None:
        self._act("join", channel=channel)

    def leaves(self, channel: str) -> None:
        self._act("leave", channel=channel)

    def archives(self, channel: str) -> None:
        self._act("archive", channel=channel)

    def unarchives(self, channel: str) -> None:
        self._act("unarchive", channel=channel)

    def creates_channel(self, name: str, *, is_private: bool = False) -> None:
        self._act("create_channel", name=name, is_private=is_private)

    def renames(self, channel: str, name: str) -> None:
        self._act("rename", channel=channel, name=name)

    def changes_profile(self, **fields: str) -> None:
        """Change the person's own `real_name`, `name`, or `time_zone`."""
        self._act("change_profile", **fields)

    def adds_member(self, name: str) -> None:
        """Add a full member with this handle to the workspace and to #general."""
        self._names[self._act("add_member", name=name)["user"]] = name

    def deactivates(self, user: str) -> None:
        self._act("deactivate", user=user)

    def restores(self, user: str) -> None:
        self._act("restore", user=user)

    def makes_guest(self, user: str) -> None:
        self._act("make_guest", user=user)

    def makes_member(self, user: str) -> None:
        self._act("make_member", user=user)

    def installs_app(self, authorize_url: str, *, allow: bool = True) -> str:
        """Answer the app's consent page, and return the redirect URL without visiting it."""
        return self._api.consent(authorize_url, self.name, "allow" if allow else "cancel")

    def uninstalls_app(self) -> None:
        self._act("uninstall")

    def presses(self, button: str, on: Message) -> None:
        """Press a button of a message, by its label or action ID."""
        self._press(on, _is_button(button), lambda _: {})

    def presses_in_home(self, button: str) -> None:
        """Press a button of the app's Home tab, by its label or action ID."""
        view = self.sees_in_home("")
        block_id, element = element_in(view.raw["blocks"], _is_button(button))
        self._act("press", view_id=view.id, action_id=element["action_id"], block_id=block_id)

    def presses_in_modal(self, element: str, values: list[str] | None = None) -> None:
        """Press a button of the top modal, by its label or action ID.

        With `values`, choose these options of checkboxes or a menu that the app gets at once.
        """
        view = self._top_modal()
        block_id, found = element_in(view.raw["blocks"], _is_button(element))
        target = {"view_id": view.id, "action_id": found["action_id"], "block_id": block_id}
        self._act("press", **target, **({} if values is None else {"values": values}))

    def chooses(self, label: str, on: Message, *, query: str | None = None) -> None:
        """Choose an option of a message's menu by its label.

        With `query`, search for it in the message's external menu first.
        """
        if query is None:
            self._press(
                on,
                lambda element: label in option_values(element),
                lambda element: {"value": option_values(element)[label]},
            )
            return
        _, menu = element_in_message(on, lambda element: element["type"] == "external_select")
        action_id = menu["action_id"]
        values = self.searches(query, action_id, on)
        if label not in values:
            raise NotSeen(f"the app doesn't offer {label!r}, only {sorted(values)}")
        self._press(
            on,
            lambda element: element["action_id"] == action_id,
            lambda _: {"value": values[label]},
        )

    def searches(self, query: str, action_id: str, on: Message | None = None) -> dict[str, str]:
        """Search in an external menu of a message or, without one, of the top modal.

        Return the values of the app's options by label. They can be chosen or submitted from now
        on.
        """

        def matches(element: Json) -> bool:
            return bool(element["action_id"] == action_id)

        if on:
            block_id, _ = element_in_message(on, matches)
            location = {"channel": on.channel, "ts": on.ts}
        else:
            view = self._top_modal()
            block_id, _ = element_in(view.raw["blocks"], matches)
            location = {"view_id": view.id}
        options = self._act(
            "search", **location, block_id=block_id, action_id=action_id, value=query
        )
        return all_option_values(options)

    def submits(self, **fields: Any) -> None:
        """Fill in fields of the top modal by action ID, and submit it. None clears a field.

        Name people by handle. Raise `NotSeen` if the modal doesn't have one of the fields.
        """
        view = self._top_modal()
        inputs = {
            element["action_id"]: (block["block_id"], element)
            for block in iter_blocks(view.raw["blocks"])
            for element in interactive_elements(block)
        }
        missing = fields.keys() - inputs.keys()
        if missing:
            raise NotSeen(
                f"{view.title!r} has no {', '.join(sorted(missing))}, only {sorted(inputs)}"
            )
        values = {}
        for action_id, value in fields.items():
            block_id, element = inputs[action_id]
            values[block_id] = self._ids(value) if "users_select" in element["type"] else value
        self._act("submit", view_id=view.id, values=values)

    def closes(self) -> None:
        """Close the top modal, if one is open."""
        if self.modal:
            self._act("close", view_id=self.modal.id)

    @property
    def modal(self) -> View | None:
        """The top modal."""
        views = self._screen(messages_of="")["views"]
        if not views:
            return None
        return parse_view(views[-1], self._names)

    @property
    def home(self) -> View | None:
        """The app's Home tab, as the app published it last."""
        screen = self._screen(messages_of="")
        return parse_view(screen["home"], self._names_on(screen)) if screen["home"] else None

    def screen(self) -> Json:
        """Return the JSON of the whole screen: channels, messages, open modals, and Home tab."""
        return self._screen()

    def messages(self, channel: str = "ops") -> list[Message]:
        """Return a channel's messages, oldest first, without replies that are only in threads."""
        return [*self._messages_in_channel(channel)][::-1]

    def thread(self, of: Message) -> list[Message]:
        """Return a message and its replies, oldest first."""
        thread = [
            message
            for message in self._all_messages(of.channel)
            if of.ts in (message.ts, message.parent_ts)
        ]
        return thread[::-1]

    def sees(
        self,
        expected: str | Callable[[Message], object],
        channel: str = "ops",
        timeout: float = 10,
    ) -> Message:
        """Wait for a message that contains a text or that a function accepts.

        Return the newest one.
        """
        if isinstance(expected, str):
            text = expected
            return self._wait(
                lambda: next((m for m in self._newest(channel) if text in m.visible_text), None),
                lambda: f"{text!r} in:\n{_text_of(self.messages(channel))}",
                timeout,
            )
        accepts = expected
        return self._wait(
            lambda: next((m for m in self._newest(channel) if accepts(m)), None),
            lambda: f"the expected message in:\n{_text_of(self.messages(channel))}",
            timeout,
        )

    def sees_in_thread(self, text: str, of: Message, timeout: float = 10) -> Message:
        """Wait for a reply that contains a text, and return the newest one."""
        return self._wait(
            lambda: next(
                (m for m in reversed(self.thread(of)[1:]) if text in m.visible_text), None
            ),
            lambda: f"{text!r} in the thread:\n{_text_of(self.thread(of))}",
            timeout,
        )

    def sees_in_home(self, text: str, timeout: float = 10) -> View:
        """Wait until the Home tab contains a text, and return the tab."""

        def home_with_text() -> View | None:
            home = self.home
            return home if home and text in home.visible_text else None

        return self._wait(home_with_text, lambda: f"{text!r} in Home, but {self.home}", timeout)

    def sees_modal(self, title: str, timeout: float = 10) -> View:
        """Wait until the top modal has this text in its title and isn't busy, and return it."""

        def modal_with_title() -> View | None:
            view = self.modal
            return view if view and title in view.title and not view.raw["busy"] else None

        return self._wait(modal_with_title, lambda: f"a modal {title!r}, but {self.modal}", timeout)

    def sees_no_modal(self, timeout: float = 10) -> None:
        """Wait until no modal is open."""
        self._wait(lambda: self.modal is None, lambda: f"no modal, but {self.modal}", timeout)

    def _screen(self, **filters: str | int) -> Json:
        """Return the screen; `filters` are the query parameters `messages_of`, `newest`, `ts`."""
        return self._api.get(f"/control/screen/{quote(self.name)}", **filters)

    def _names_on(self, screen: Json) -> dict[str, str]:
        return {**self._names} | {channel["id"]: channel["name"] for channel in screen["channels"]}

    def _newest(self, channel: str) -> Iterator[Message]:
        """Yield the channel's messages, newest first; the latest may come twice.

        Yield nothing if the channel doesn't exist: a direct message starts with its first message.
        """
        with suppress(NotSeen):
            yield from self._messages_in_channel(channel, newest=NEWEST)
            yield from self._messages_in_channel(channel)

    def _messages_in_channel(self, channel: str, **filters: str | int) -> Iterator[Message]:
        """Return messages, newest first, without replies that are only in threads."""
        return (m for m in self._all_messages(channel, **filters) if m.in_channel)

    def _all_messages(self, channel: str, **filters: str | int) -> Iterator[Message]:
        """Return messages and replies, newest first. Each is parsed when it's reached.

        Raise `NotSeen` if the person doesn't see the channel.
        """
        screen = self._screen(messages_of=channel, **filters)
        names = self._names_on(screen)
        channel_id = next(
            (
                listed["id"]
                for listed in screen["channels"]
                if channel in (listed["id"], listed["name"])
                or (listed["is_im"] and channel == f"@{listed['name']}")
            ),
            None,
        )
        if channel_id is None:
            raise NotSeen(f"{self.name} doesn't see the channel {channel!r}")
        return (
            parse_message(channel_id, message, names)
            for message in reversed(screen["messages"][channel_id])
        )

    def _wait(self, find: Callable[[], T | None], missing: Callable[[], str], timeout: float) -> T:
        """Call `find` after each change of the screen until its result is true, and return that."""
        result = find()
        if result:
            return result
        deadline = time.monotonic() + timeout
        with self._api.screen_updates(self.name) as updates:
            while not (result := find()):
                if not updates.wait(deadline):
                    raise NotSeen(f"{self.name} doesn't see {missing()}")
        return result

    def _top_modal(self) -> View:
        view = self.modal
        if view is None:
            raise NotSeen(f"{self.name} has no modal open")
        return view

    def _ids(self, handles: Any) -> Any:
        ids = {name: person_id for person_id, name in self._names.items()}
        return [ids[handle] for handle in handles] if isinstance(handles, list) else ids[handles]

    def _press(
        self,
        on: Message,
        matches: Matches,
        value_for: Callable[[Json], Json],
        attempts: int = PRESS_ATTEMPTS,
    ) -> None:
        """Press an element of the message's current version, which can differ from `on`."""
        current = next(self._all_messages(on.channel, ts=on.ts), None)
        if current is None:
            raise NotSeen(f"{self.name} no longer sees: {on.visible_text}")
        block_id, element = element_in_message(current, matches)
        target = {"channel": on.channel, "ts": on.ts, "action_id": element["action_id"]}
        try:
            self._act("press", **target, block_id=block_id, **value_for(element))
        except ActionFailed as refusal:
            if refusal.error != "no_such_element" or attempts == 1:
                raise
            # The app updated the message after it was read. Read it again.
            self._press(on, matches, value_for, attempts - 1)

    def _act(self, action: str, **fields: Any) -> Json:
        return self._api.act(self.name, action, **fields)


def _is_button(button: str) -> Matches:
    return lambda element: button in (label_of(element), element["action_id"])


def _text_of(messages: list[Message]) -> str:
    return "\n---\n".join(message.visible_text for message in messages)
