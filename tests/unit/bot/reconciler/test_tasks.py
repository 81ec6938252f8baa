"""The policy for errors: which scopes wait after an error in a task, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.reconciler.tasks import (
    CHANNEL_RETRY_INTERVAL,
    RETRY_INTERVAL,
    TOKEN_RETRY_INTERVAL,
    Action,
    ChannelScope,
    ConversationScope,
    Deferral,
    MethodScope,
    PostScope,
    Task,
    TokenScope,
    deferral_after,
)
from storage.database import DatabaseUnavailable
from storage.posts.outbox import Post
from storage.tables import PostKind

POST = PostScope(7)
CHANNEL = ChannelScope(1, datetime(2026, 8, 21, tzinfo=UTC))
CONVERSATION = ConversationScope(1)
METHODS = ("auth.test", "conversations.history")


def do_nothing() -> None:
    """Stand in for a task's work, which these tests don't run."""


IN_CHANNEL = Task(
    Action.POST, POST, METHODS, do_nothing, channel=CHANNEL, conversation=CONVERSATION
)
DM = Task(Action.POST, POST, ("users.conversations",), do_nothing, conversation=CONVERSATION)
PLAIN = Task(Action.PERSON_LOOKUP, POST, ("users.info",), do_nothing)


def slack_error(
    code: str, *, method: str = "chat.update", status: int = 200, retry_after: str | None = None
) -> SlackApiError:
    """Return the error that the SDK raises for such a response."""
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url=f"https://slack.com/api/{method}",
        req_args={},
        data={"ok": False, "error": code},
        headers={} if retry_after is None else {"Retry-After": retry_after},
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]  # the SDK's


def test_task__waits_for_all_its_scopes() -> None:
    assert set(IN_CHANNEL.deferred_by) == {
        TokenScope(),
        POST,
        CHANNEL,
        CONVERSATION,
        MethodScope("auth.test"),
        MethodScope("conversations.history"),
    }
    assert set(PLAIN.deferred_by) == {TokenScope(), POST, MethodScope("users.info")}


@pytest.mark.parametrize(
    "code",
    ["account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"],
)
def test_rejected_token__defers_everything(code: str) -> None:
    deferral = deferral_after(slack_error(code), IN_CHANNEL)
    assert deferral == Deferral((TokenScope(),), TOKEN_RETRY_INTERVAL)


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (slack_error("ratelimited", status=429, retry_after="12"), timedelta(seconds=12)),
        (slack_error("ratelimited", status=429), RETRY_INTERVAL),
        (slack_error("ratelimited"), RETRY_INTERVAL),
        (slack_error("slow_down", status=429), RETRY_INTERVAL),
        (slack_error("internal_error", status=503, retry_after="0"), timedelta(seconds=1)),
    ],
)
def test_rate_limit__defers_method_and_task(error: SlackApiError, wait: timedelta) -> None:
    assert deferral_after(error, IN_CHANNEL) == Deferral((MethodScope("chat.update"), POST), wait)


def test_rate_limited_post__defers_conversation_not_method() -> None:
    error = slack_error("ratelimited", method="chat.postMessage", status=429, retry_after="12")
    wait = timedelta(seconds=12)
    assert deferral_after(error, IN_CHANNEL) == Deferral((CONVERSATION, POST), wait)
    assert deferral_after(error, PLAIN) == Deferral((POST,), wait)


@pytest.mark.parametrize(
    "code", ["channel_not_found", "is_archived", "is_inactive", "not_in_channel"]
)
def test_closed_channel__defers_channel(code: str) -> None:
    deferral = deferral_after(slack_error(code), IN_CHANNEL)
    assert deferral == Deferral((CHANNEL,), CHANNEL_RETRY_INTERVAL)


def test_failed_dm__defers_neither_channel_nor_conversation() -> None:
    closed = slack_error("channel_not_found", method="chat.postMessage")
    assert deferral_after(closed, DM) == Deferral((POST,), CHANNEL_RETRY_INTERVAL)
    assert deferral_after(slack_error("fatal_error"), DM) == Deferral((POST,), RETRY_INTERVAL)


@pytest.mark.parametrize(
    "error",
    [
        slack_error("restricted_action"),
        slack_error("internal_error", status=500),
        TimeoutError(),
        DatabaseUnavailable("database is locked"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_other_error__defers_task_alone(error: Exception) -> None:
    assert deferral_after(error, IN_CHANNEL) == Deferral((POST,), RETRY_INTERVAL)


def test_conversation__is_the_dm_or_the_board() -> None:
    post = Post(id=7, board_id=3, kind=PostKind.NUDGE, subject="1")
    assert ConversationScope.of(post) == ConversationScope(3)
    assert ConversationScope.of(post.model_copy(update={"person": "U1"})) == ConversationScope("U1")
