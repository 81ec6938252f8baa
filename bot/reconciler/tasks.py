"""Reconciler tasks, the scopes that defer them, and the policy for their errors.

Slack counts calls for each method, and posts for each conversation. A scope is everything that
waits together: when one task meets an error, the policy says which scopes wait, and for how long.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from slack_sdk.errors import SlackApiError

from bot.slack.errors import (
    CLOSED_CHANNEL,
    REJECTED_TOKEN,
    api_method,
    error_code,
    is_rate_limited,
    retry_after,
)
from storage.boards.boards import Board
from storage.posts.outbox import Post

RETRY_INTERVAL = timedelta(seconds=30)
CHANNEL_RETRY_INTERVAL = timedelta(minutes=5)
TOKEN_RETRY_INTERVAL = timedelta(minutes=5)
BUG_RETRY_INTERVAL = timedelta(minutes=5)
HELD_RETRY_INTERVAL = timedelta(minutes=5)

POST_MESSAGE = "chat.postMessage"

LogContext = dict[str, object]


@dataclass(frozen=True)
class TokenScope:
    """All calls: they use the same token."""


@dataclass(frozen=True)
class MethodScope:
    """All calls of one Web API method."""

    method: str


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
class BoardBackfillScope:
    """The backfill of one board: its name and the reactions to its cards."""

    channel: ChannelScope


Scope = (
    TokenScope
    | MethodScope
    | ChannelScope
    | ConversationScope
    | PostScope
    | PermalinkScope
    | PersonScope
    | ChannelInfoScope
    | MembersScope
    | WorkspaceBackfillScope
    | BoardBackfillScope
)


class Action(StrEnum):
    """The kinds of tasks. The log has `<action>_deferred` and `<action>_failed` events."""

    TOKEN_CHECK = "token_check"  # noqa: S105 - the name of an action
    WORKSPACE_BACKFILL = "workspace_backfill"
    BOARD_BACKFILL = "board_backfill"
    CHANNEL_LOOKUP = "channel_lookup"
    MEMBERS_LOOKUP = "members_lookup"
    PERSON_LOOKUP = "person_lookup"
    POST = "post"
    PERMALINK_LOOKUP = "permalink_lookup"
    REDRAW = "redraw"


@dataclass(frozen=True)
class Task:
    """One difference between the store and Slack, and how to close it.

    `scope` is the task alone. `methods` are the Web API methods that `run` may call before it has
    done its work; the task waits while one of them is deferred. `channel` is the board's channel
    if the task fails when Needle can't use that channel.
    """

    action: Action
    scope: Scope
    methods: tuple[str, ...]
    run: Callable[[], object]
    channel: ChannelScope | None = None
    conversation: ConversationScope | None = None  # where `run` posts
    log_context: LogContext = field(default_factory=dict)

    @property
    def deferred_by(self) -> tuple[Scope, ...]:
        """Scopes that defer this task."""
        wider = [each for each in (self.channel, self.conversation) if each is not None]
        return (TokenScope(), self.scope, *wider, *map(MethodScope, self.methods))


@dataclass(frozen=True)
class Deferral:
    """Scopes that wait after an error, and for how long."""

    scopes: tuple[Scope, ...]
    wait: timedelta


def deferral_after(error: Exception, task: Task) -> Deferral:
    """Return what to defer after a call to Slack, or to the database, failed in a task.

    - A rejected token: everything.
    - A rate limit: the method; for chat.postMessage only the conversation, as Slack counts posts
      for each. The task waits too, so that it doesn't repeat the calls that succeed.
    - A closed channel: all tasks of the channel.
    - Anything else: the task alone.
    """
    if not isinstance(error, SlackApiError):
        return Deferral((task.scope,), RETRY_INTERVAL)
    code, wait, method = error_code(error), retry_after(error), api_method(error)
    if code in REJECTED_TOKEN:
        return Deferral((TokenScope(),), TOKEN_RETRY_INTERVAL)
    if wait is not None or is_rate_limited(error):
        limited = task.conversation if method == POST_MESSAGE else MethodScope(method)
        scopes = (task.scope,) if limited is None else (limited, task.scope)
        return Deferral(scopes, RETRY_INTERVAL if wait is None else wait)
    if code in CLOSED_CHANNEL:
        return Deferral((task.channel or task.scope,), CHANNEL_RETRY_INTERVAL)
    return Deferral((task.scope,), RETRY_INTERVAL)
