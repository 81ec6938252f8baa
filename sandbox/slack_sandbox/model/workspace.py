"""The workspace: people, channels, messages, reactions, and who may see what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.model.errors import Refused

Clock = Callable[[], float]
Json = dict[str, Any]
SLACKBOT = "USLACKBOT"
TOMBSTONE = "tombstone"
# What an app offered for its menus with an external source, by their block and action ids.
Offered = dict[tuple[str, str], list[Json]]


@dataclass
class Person:
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
        """A full one: no guest, bot or deactivated person."""
        is_slackbot = self.id == SLACKBOT
        return not (self.deleted or self.is_bot or self.is_restricted or is_slackbot)


@dataclass
class Message:
    ts: str
    user: str
    text: str
    blocks: list[Json] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    metadata: Json | None = None
    thread_ts: str | None = None  # of the first message of the thread that this replies to
    parent_user: str | None = None
    replies: dict[str, str] = field(default_factory=dict)  # who wrote each, by its ts
    files: list[Json] = field(default_factory=list)
    username: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    only_for: str | None = None  # an ephemeral is seen by this person alone
    offered: dict[str, Offered] = field(default_factory=dict)  # to each person, by id

    @property
    def is_ephemeral(self) -> bool:
        return self.only_for is not None

    @property
    def stands_in_channel(self) -> bool:
        """And not in a thread alone."""
        return self.thread_ts is None or self.subtype == "thread_broadcast"

    @property
    def is_tombstone(self) -> bool:
        """What stays of a deleted message that has replies."""
        return self.subtype == TOMBSTONE

    @property
    def is_notice(self) -> bool:
        """Slack's own, of who came and went."""
        return self.subtype not in (None, "thread_broadcast", "file_share")

    def seen_by(self, person_id: str) -> bool:
        return self.only_for in (None, person_id)


@dataclass
class Channel:
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
    def kind(self) -> str:
        """The word that scopes and events use: `channels:read`, `message.groups`, …"""
        if self.is_im:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def is_general(self) -> bool:
        """The channel that every full member is in."""
        return self.name == "general"


class Workspace:
    """One team. Everything in it is held in memory and changed on one thread."""

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
        """A timestamp later than every one before it: Slack's are unique, and order messages."""
        self._last_micros = max(int(self._clock() * 1_000_000), self._last_micros + 1)
        seconds, micros = divmod(self._last_micros, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def continue_after(self, ts: str) -> None:
        """Make the timestamps from now on later than this one."""
        seconds, micros = ts.split(".")
        self._last_micros = max(int(seconds + micros), self._last_micros)

    def person(self, key: str) -> Person:
        """By id or handle."""
        found = self.people.get(key) or next(
            (each for each in self.people.values() if each.name == key.lower()), None
        )
        if found is None:
            raise Refused("user_not_found")
        return found

    def channel(self, key: str) -> Channel:
        """By id, or by name with or without its #."""
        found = self.channels.get(key) or next(
            (each for each in self.channels.values() if each.name == key.lstrip("#")), None
        )
        if found is None:
            raise Refused("channel_not_found")
        return found

    def may_see(self, person: Person, channel: Channel) -> bool:
        """Guests know only the channels that they are in."""
        if person.id in channel.members:
            return True
        return not (channel.is_private or channel.is_im or person.is_restricted)

    def channels_seen_by(self, person: Person) -> Iterator[Channel]:
        return (each for each in self.channels.values() if self.may_see(person, each))

    def direct_messages(self, one: Person, other: Person) -> Channel | None:
        both = {one.id, other.id}
        return next((c for c in self.channels.values() if c.is_im and set(c.members) == both), None)
