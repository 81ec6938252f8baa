"""Screens: what each person sees, and the live stream of changes to open pages."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass

from slack_sandbox.model.traffic import Entry
from slack_sandbox.model.workspace import Channel, Json, Message, Person, Workspace
from slack_sandbox.surfaces.serializers import reaction_objects
from slack_sandbox.surfaces.view_stacks import Views

# A viewer with more queued frames is disconnected, and then loads the whole screen again.
MAX_QUEUED_FRAMES = 5000


@dataclass(eq=False)
class Viewer:
    """An open page, with its queue of JSON frames. None ends the stream."""

    person: Person
    with_traffic: bool
    frames: asyncio.Queue[str | None]

    def disconnect(self) -> None:
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(None)


class Screens:
    """The screens of all people.

    Frames are numbered across all people: a screen's `seq` is the last frame that it includes.
    """

    def __init__(self, workspace: Workspace, views: Views) -> None:
        self._workspace = workspace
        self._views = views
        self._viewers: set[Viewer] = set()
        self._seq = 0

    def subscribe(self, person: Person, *, with_traffic: bool) -> Viewer:
        viewer = Viewer(person, with_traffic, asyncio.Queue())
        self._viewers.add(viewer)
        return viewer

    def unsubscribe(self, viewer: Viewer) -> None:
        self._viewers.discard(viewer)

    def screen(
        self,
        person: Person,
        messages_of: str | None = None,
        *,
        ts: str | None = None,
        newest: int | None = None,
    ) -> Json:
        """Return everything that a person sees.

        The options limit the messages: to those of one channel (one of its `channel_keys`), to the
        message with this `ts`, and to the `newest` messages.
        """
        channels = {
            channel.id: (channel, serialize_channel(channel, person, self._workspace))
            for channel in self._workspace.channels_visible_to(person)
        }
        home = self._views.home(person.id)
        return {
            "seq": self._seq,
            "channels": [serialized for _, serialized in channels.values()],
            "messages": {
                channel.id: [
                    serialize_message(message)
                    for message in _visible_messages(channel, person, ts, newest)
                ]
                for channel, serialized in channels.values()
                if messages_of in (None, *channel_keys(serialized))
            },
            "views": [view.screen_state() for view in self._views.stack(person.id)],
            "home": home.screen_state() if home else None,
        }

    def show_message(self, channel: Channel, message: Message) -> None:
        frame = {"channel": channel.id, "message": serialize_message(message)}
        self._send("message", frame, self._viewers_of_message(channel, message))

    def remove_message(self, channel: Channel, message: Message) -> None:
        frame = {"channel": channel.id, "ts": message.ts}
        self._send("message_deleted", frame, self._viewers_of_message(channel, message))

    def show_channel(self, channel: Channel) -> None:
        self._seq += 1
        for viewer in list(self._viewers):
            if self._workspace.can_see(viewer.person, channel):
                frame = {"channel": serialize_channel(channel, viewer.person, self._workspace)}
                self._enqueue(viewer, self._frame("channel", frame))

    def reveal_channel(self, channel: Channel, person: Person) -> None:
        """Show a channel and its messages to a person who couldn't see it before."""
        self.show_channel(channel)
        for message in channel.messages.values():
            if message.is_visible_to(person.id):
                frame = {"channel": channel.id, "message": serialize_message(message)}
                self._send("message", frame, self._viewers_of_person(person))

    def hide_channel(self, channel: Channel, person: Person) -> None:
        """Update a channel after a person left it. Hide it from them if it's private."""
        self.show_channel(channel)
        if not self._workspace.can_see(person, channel):
            frame = {"channel": serialize_channel(channel, person, self._workspace)}
            self._send("channel", frame, self._viewers_of_person(person))

    def show_person(self, person: Person) -> None:
        self._send("person", {"person": serialize_person(person)}, self._viewers)

    def show_views(self, person: Person) -> None:
        stack = [view.screen_state() for view in self._views.stack(person.id)]
        self._send("views", {"views": stack}, self._viewers_of_person(person))

    def show_home(self, person: Person) -> None:
        home = self._views.home(person.id)
        self._send(
            "home", {"view": home.screen_state() if home else None}, self._viewers_of_person(person)
        )

    def show_notice(self, person: Person, text: str) -> None:
        self._send("notice", {"text": text}, self._viewers_of_person(person))

    def show_traffic(self, entry: Entry) -> None:
        viewers = [viewer for viewer in self._viewers if viewer.with_traffic]
        self._send("traffic", {"entry": entry.as_json()} if viewers else {}, viewers)

    def _viewers_of_person(self, person: Person) -> list[Viewer]:
        return [viewer for viewer in self._viewers if viewer.person is person]

    def _viewers_of_message(self, channel: Channel, message: Message) -> list[Viewer]:
        return [
            viewer
            for viewer in self._viewers
            if self._workspace.can_see(viewer.person, channel)
            and message.is_visible_to(viewer.person.id)
        ]

    def _send(self, frame_type: str, frame: Json, viewers: Iterable[Viewer]) -> None:
        self._seq += 1
        recipients = list(viewers)
        if recipients:
            text = self._frame(frame_type, frame)
            for viewer in recipients:
                self._enqueue(viewer, text)

    def _frame(self, frame_type: str, frame: Json) -> str:
        return json.dumps({"seq": self._seq, "type": frame_type, **frame})

    def _enqueue(self, viewer: Viewer, text: str) -> None:
        if viewer.frames.qsize() < MAX_QUEUED_FRAMES:
            viewer.frames.put_nowait(text)
        else:
            self.unsubscribe(viewer)
            viewer.disconnect()


def _visible_messages(
    channel: Channel, person: Person, ts: str | None, newest: int | None
) -> list[Message]:
    """Return the messages that a person sees in a channel, oldest first."""
    visible = [
        message
        for message in channel.messages.values()
        if message.is_visible_to(person.id) and ts in (None, message.ts)
    ]
    visible.sort(key=lambda message: message.ts)
    return visible if newest is None else visible[max(0, len(visible) - newest) :]


def serialize_person(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "is_bot": person.is_bot,
        "is_admin": person.is_admin,
        "is_restricted": person.is_restricted,
        "deleted": person.deleted,
    }


def serialize_channel(channel: Channel, person: Person, workspace: Workspace) -> Json:
    name = channel.name
    if channel.is_im:
        other = next(member for member in channel.members if member != person.id)
        name = workspace.people[other].name
    return {
        "id": channel.id,
        "name": name,
        "is_private": channel.is_private or channel.is_im,
        "is_im": channel.is_im,
        "is_archived": channel.is_archived,
        "is_member": person.id in channel.members,
        "members": list(channel.members),
        "topic": channel.topic,
    }


def channel_keys(serialized: Json) -> tuple[str, ...]:
    """Return the ID and the names of a channel: for a direct message, also `@` and its handle."""
    keys = (serialized["id"], serialized["name"])
    return (*keys, f"@{serialized['name']}") if serialized["is_im"] else keys


def serialize_message(message: Message) -> Json:
    serialized: Json = {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "reactions": reaction_objects(message),
        "edited": message.edited_ts is not None,
        "ephemeral": message.is_ephemeral,
    }
    optional = {
        "username": message.username,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "metadata": message.metadata,
        "subtype": message.subtype,
        "thread_ts": message.thread_ts,
        "files": message.files,
    }
    return serialized | {name: value for name, value in optional.items() if value}
