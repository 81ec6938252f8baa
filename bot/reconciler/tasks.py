"""Reconciler tasks, the scopes that defer them, and the policy for their errors.

Slack counts calls for each method, and posts for each conversation. A scope is everything that
waits together: when one task meets an error, the policy says which scopes wait, and for how long.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from slack_sdk.errors import SlackApiError

from bot.slack.call_status import Call
from bot.slack.errors import (
    CLOSED_CHANNEL,
    REFUSED_CALL,
    REJECTED_TOKEN,
    CallTimedOut,
    error_code,
    failed_call,
    is_rate_limited,
    may_have_succeeded,
    retry_after,
)
from storage.boards.boards import Board
from storage.posts.identity import PostIdentity
from storage.posts.outbox import Post

RETRY_INTERVAL = timedelta(seconds=30)
MAX_RETRY_INTERVAL = timedelta(minutes=5)  # for what fails again and again
REFUSAL_RETRY_INTERVAL = timedelta(minutes=5)  # a person may fix it at once
MAX_REFUSAL_RETRY_INTERVAL = timedelta(hours=4)
CHANNEL_RETRY_INTERVAL = timedelta(minutes=5)
TOKEN_RETRY_INTERVAL = timedelta(minutes=5)
BUG_RETRY_INTERVAL = timedelta(minutes=5)
HELD_RETRY_INTERVAL = timedelta(minutes=5)

MAX_DOUBLINGS = 20  # more would overflow a timedelta

POST_MESSAGE = "chat.postMessage"

LogContext = dict[str, object]


def board_context(board: Board) -> LogContext:
    """Return the fields of a board in the log."""
    return {"board": board.id, "channel": board.channel_id}


def post_context(post: Post | PostIdentity) -> LogContext:
    """Return the fields of a post in the log."""
    return {"post": post.kind, "subject": post.subject, "board": post.board_id}


@dataclass(frozen=True)
class TokenScope:
    """All calls: they use the same token."""


@dataclass(frozen=True)
class ClockScope:
    """All checks of the host's clock against Slack's.

    A step of the clock makes a new scope, so that Slack is asked at once.
    """

    has_stepped: bool


@dataclass(frozen=True)
class ChannelScope:
    """All tasks of a board's channel, since Needle was last invited to it.

    An invitation opens a channel that was closed to Needle, so it makes a new scope.
    """

    board_id: int
    joined_at: datetime | None

    @classmethod
    def of(cls, board: Board) -> "ChannelScope":
        """Return the scope of a board's channel."""
        return cls(board.id, board.joined_at)


@dataclass(frozen=True)
class ConversationScope:
    """All posts to one conversation: a board's channel, or the DM with a person."""

    recipient: int | str

    @classmethod
    def of(cls, post: Post) -> "ConversationScope":
        """Return the scope of the conversation that the post goes to."""
        return cls(post.person or post.board_id)


@dataclass(frozen=True)
class PostScope:
    """One post: sending it and redrawing it."""

    post_id: int


@dataclass(frozen=True)
class PermalinkScope:
    """The permalink of one post."""

    post_id: int


@dataclass(frozen=True)
class PersonScope:
    """The account type of one person."""

    team_id: str
    person_id: str


@dataclass(frozen=True)
class HomeScope:
    """The App Home of one person."""

    team_id: str
    person_id: str


@dataclass(frozen=True)
class KnownPeopleScope:
    """All repeated lookups of people."""


@dataclass(frozen=True)
class ChannelInfoScope:
    """The name of one board's channel, and its inviter's time zone."""

    board_id: int


@dataclass(frozen=True)
class MembersScope:
    """The list of people in one board's channel."""

    board_id: int


@dataclass(frozen=True)
class WorkspaceBackfillScope:
    """The backfill of the workspace: its channels and its people."""


@dataclass(frozen=True)
class NameBackfillScope:
    """The backfill of one board's name."""

    channel: ChannelScope


@dataclass(frozen=True)
class BoardBackfillScope:
    """The backfill of the reactions to one board's cards."""

    channel: ChannelScope


@dataclass(frozen=True)
class BackfilledHistoryScope:
    """All calls of conversations.history for backfills, not for posts that wait."""


@dataclass(frozen=True)
class ReadBackScope:
    """Reading back of one board's channel."""

    channel: ChannelScope


Scope = (
    TokenScope
    | Call
    | ClockScope
    | ChannelScope
    | ConversationScope
    | PostScope
    | PermalinkScope
    | PersonScope
    | HomeScope
    | KnownPeopleScope
    | ChannelInfoScope
    | MembersScope
    | WorkspaceBackfillScope
    | NameBackfillScope
    | BoardBackfillScope
    | BackfilledHistoryScope
    | ReadBackScope
)


class Action(StrEnum):
    """The kinds of tasks. The log has `<action>_deferred` and `<action>_failed` events."""

    TOKEN_CHECK = "token_check"  # noqa: S105 - the name of an action
    CLOCK_CHECK = "clock_check"
    WORKSPACE_BACKFILL = "workspace_backfill"
    NAME_BACKFILL = "name_backfill"
    BOARD_BACKFILL = "board_backfill"
    READ_BACK = "read_back"
    CHANNEL_LOOKUP = "channel_lookup"
    MEMBERS_LOOKUP = "members_lookup"
    PERSON_LOOKUP = "person_lookup"
    HOME = "home"
    POST = "post"
    PERMALINK_LOOKUP = "permalink_lookup"
    REDRAW = "redraw"


@dataclass(frozen=True)
class Task:
    """One difference between the store and Slack, and how to close it.

    `scope` is the task alone. `methods` are the Web API methods that `run` needs for its work; the
    task waits while one of them is deferred, everywhere or in `called_channel`, which is the id
    that its calls name. `channel` is the board's channel if the task fails when Needle can't use
    that channel.
    """

    action: Action
    scope: Scope
    methods: tuple[str, ...]
    run: Callable[[], object]
    channel: ChannelScope | None = None
    called_channel: str | None = None
    conversation: ConversationScope | None = None  # where `run` posts
    log_context: LogContext = field(default_factory=dict)

    @classmethod
    def in_channel_of(
        cls,
        board: Board,
        action: Action,
        scope: Scope,
        methods: tuple[str, ...],
        run: Callable[[], object],
    ) -> Self:
        """Return a task that needs a board's channel, and names it in its calls."""
        return cls(
            action,
            scope,
            methods,
            run,
            channel=ChannelScope.of(board),
            called_channel=board.channel_id,
            log_context=board_context(board),
        )

    @property
    def deferred_by(self) -> tuple[Scope, ...]:
        """Scopes that defer this task."""
        wider = [each for each in (self.channel, self.conversation) if each is not None]
        return (TokenScope(), self.scope, *wider, *self.calls)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The methods that the task needs, everywhere and in the channel that its calls name."""
        channels = (None,) if self.called_channel is None else (None, self.called_channel)
        return tuple(Call(method, channel) for method in self.methods for channel in channels)


@dataclass(frozen=True)
class Deferral:
    """Scopes that wait after an error, and for how long.

    If the same task or call fails again before it succeeds, the wait doubles, up to `max_wait`.
    """

    scopes: tuple[Scope, ...]
    wait: timedelta
    max_wait: timedelta | None = None  # None: it stays the same

    def wait_after(self, failures: int) -> timedelta:
        """Return the wait after this number of failures in a row, the latest included."""
        if self.max_wait is None:
            return self.wait
        doublings = min(failures - 1, MAX_DOUBLINGS)
        return min(self.wait * (1 << doublings), self.max_wait)


def deferral_after(error: Exception, task: Task) -> Deferral:
    """Return what to defer after a call to Slack, or to the database, failed in a task.

    - A time-out: the method, in the channel that the call named if it named one.
    - A rejected token: everything.
    - A rate limit: the method; for chat.postMessage only the conversation, as Slack counts posts
      for each.
    - A closed channel: all tasks of the channel.
    - A refusal that lasts until a person changes something: the same as a time-out, for longer.
    - Anything else: the task alone.

    Where a method waits, the task waits too, so that it doesn't repeat the calls that succeed.
    """
    if isinstance(error, CallTimedOut):
        return Deferral((error.call, task.scope), RETRY_INTERVAL, MAX_RETRY_INTERVAL)
    if not isinstance(error, SlackApiError):
        return Deferral((task.scope,), RETRY_INTERVAL)
    code, call = error_code(error), failed_call(error)
    if code in REJECTED_TOKEN:
        return Deferral((TokenScope(),), TOKEN_RETRY_INTERVAL)
    if retry_after(error) is not None or is_rate_limited(error):
        limited = task.conversation if call.method == POST_MESSAGE else Call(call.method)
        scopes = (task.scope,) if limited is None else (limited, task.scope)
        return Deferral(scopes, retry_after(error) or RETRY_INTERVAL)
    if code in CLOSED_CHANNEL:
        return Deferral((task.channel or task.scope,), CHANNEL_RETRY_INTERVAL)
    if code in REFUSED_CALL:
        scopes = (call, task.scope)
        return Deferral(scopes, REFUSAL_RETRY_INTERVAL, MAX_REFUSAL_RETRY_INTERVAL)
    if may_have_succeeded(error):
        return Deferral((task.scope,), RETRY_INTERVAL)
    return Deferral((task.scope,), RETRY_INTERVAL, MAX_RETRY_INTERVAL)
