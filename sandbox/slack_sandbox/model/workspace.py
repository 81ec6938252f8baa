"""The workspace: its people, channels, messages, and reactions, and who can see them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.model.errors import SlackError

Clock = Callable[[], float]
Json = dict[str, Any]
SLACKBOT = "USLACKBOT"
TOMBSTONE = "tombstone"
# The options that the app returned for external menus, by block ID and action ID.
ExternalOptions = dict[tuple[str, str], list[Json]]


@dataclass
class Person:
    """A user of the workspace: a member, a guest, or a bot."""

    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    bot_id: str = ""
    time_zone: str = "Europe/Amsterdam"
    updated: int = 1  # epoch seconds

    @property
    def is_member(self) -> bool:
        """Whether this is a full member: not a guest, a bot, or deactivated."""
        is_slackbot = self.id == SLACKBOT
        return not (self.deleted or self.is_bot or self.is_restricted or is_slackbot)


@dataclass
class Message:
    """A message, a reply, or an ephemeral message."""

    ts: str
    user: str
    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    metadata: Json | None = None
    thread_ts: str | None = None  # of the parent, if this is a reply
    parent_user: str | None = None
    replies: dict[str, str] = field(default_factory=dict)  # the author of each, by its ts
    files: list[Json] = field(default_factory=list)
    username: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    only_visible_to: str | None = None  # a person's ID, if it's ephemeral
    external_options: dict[str, ExternalOptions] = field(default_factory=dict)  # by person ID
    values: dict[str, Json] = field(default_factory=dict)  # what each person chose, by their ID

    @property
    def is_ephemeral(self) -> bool:
        return self.only_visible_to is not None

    @property
    def is_in_channel(self) -> bool:
        """Whether the channel shows it, and not only a thread."""
        return self.thread_ts is None or self.subtype == "thread_broadcast"

    @property
    def is_tombstone(self) -> bool:
        """Whether it's the tombstone that Slack keeps when a message with replies is deleted."""
        return self.subtype == TOMBSTONE

    @property
    def is_system_message(self) -> bool:
        """Whether Slack itself posted it, such as when someone joins."""
        return self.subtype not in (None, "thread_broadcast", "file_share")

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks, followed by those of its attachments."""
        attached = [block for each in self.attachments for block in each.get("blocks") or []]
        return [*(self.blocks or []), *attached]

    def is_visible_to(self, person_id: str) -> bool:
        return self.only_visible_to in (None, person_id)


@dataclass
class Channel:
    """A channel or a direct message."""

    id: str
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    topic: str = ""
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def scope_prefix(self) -> str:
        """The conversation type in scopes and events, as in `channels:read` or `message.groups`."""
        if self.is_im:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def is_general(self) -> bool:
        """Whether it's the channel that every full member is in."""
        return self.name == "general"


class Workspace:
    """A team. It's in memory, and only the event loop's thread changes it."""

    def __init__(self, team_id: str, name: str, clock: Clock) -> None:
        self.team_id = team_id
        self.name = name
        self.domain = name.lower()
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self._clock = clock
        self._last_micros = 0

    def now(self) -> float:
        return self._clock()

    def next_ts(self) -> str:
        """Return a timestamp later than all before it. Slack's are unique, and order messages."""
        self._last_micros = max(int(self._clock() * 1_000_000), self._last_micros + 1)
        seconds, micros = divmod(self._last_micros, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def continue_after(self, ts: str) -> None:
        """Make all further timestamps later than this one."""
        seconds, micros = ts.split(".")
        self._last_micros = max(int(seconds + micros), self._last_micros)

    def person(self, key: str) -> Person:
        """Return the person with this ID or handle. Raise SlackError if there is none."""
        person = self.people.get(key) or next(
            (other for other in self.people.values() if other.name == key.lower()), None
        )
        if person is None:
            raise SlackError("user_not_found")
        return person

    def channel(self, key: str) -> Channel:
        """Return the channel with this ID or name. Raise SlackError if there is none."""
        channel = self.channels.get(key) or next(
            (other for other in self.channels.values() if other.name == key.lstrip("#")), None
        )
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def can_see(self, person: Person, channel: Channel) -> bool:
        """Return whether a person can see a channel. Guests see only their own channels."""
        if person.id in channel.members:
            return True
        return not (channel.is_private or channel.is_im or person.is_restricted)

    def channels_visible_to(self, person: Person) -> Iterator[Channel]:
        return (channel for channel in self.channels.values() if self.can_see(person, channel))

    def find_direct_message(self, person: Person, other: Person) -> Channel | None:
        members = {person.id, other.id}
        return next(
            (c for c in self.channels.values() if c.is_im and set(c.members) == members), None
        )
