"""The policy for errors: which scopes wait after an error in a task, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.reconciler.tasks import (
    CHANNEL_RETRY_INTERVAL,
    MAX_RETRY_INTERVAL,
    RETRY_INTERVAL,
    TOKEN_RETRY_INTERVAL,
    Action,
    ChannelScope,
    ConversationScope,
    Deferral,
    PostScope,
    Task,
    TokenScope,
    deferral_after,
)
from bot.slack.call_status import Call
from bot.slack.errors import REFUSED_CALL, CallTimedOut
from storage.database import DatabaseUnavailable
from storage.posts.outbox import Post
from storage.tables import PostKind
from tests.support.slack_errors import slack_error

MINUTE = timedelta(minutes=1)
POST = PostScope(7)
CHANNEL = ChannelScope(1, datetime(2026, 8, 21, tzinfo=UTC))
CONVERSATION = ConversationScope(1)
METHODS = ("auth.test", "conversations.history")


def do_nothing() -> None:
    """Stand in for a task's work, which these tests don't run."""


IN_CHANNEL = Task(
    Action.POST,
    POST,
    METHODS,
    do_nothing,
    channel=CHANNEL,
    called_channel="C1",
    conversation=CONVERSATION,
)
DM = Task(Action.POST, POST, ("users.conversations",), do_nothing, conversation=CONVERSATION)
PLAIN = Task(Action.PERSON_LOOKUP, POST, ("users.info",), do_nothing)


def test_task__waits_for_all_its_scopes() -> None:
    assert set(IN_CHANNEL.deferred_by) == {
        TokenScope(),
        POST,
        CHANNEL,
        CONVERSATION,
        Call("auth.test"),
        Call("auth.test", "C1"),
        Call("conversations.history"),
        Call("conversations.history", "C1"),
    }
    assert set(PLAIN.deferred_by) == {TokenScope(), POST, Call("users.info")}


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
    assert deferral_after(error, IN_CHANNEL) == Deferral((Call("chat.update"), POST), wait)


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


@pytest.mark.parametrize("channel", [None, "C1"])
def test_time_out__defers_method_in_its_channel_and_task(channel: str | None) -> None:
    call = Call("chat.update", channel)
    deferral = deferral_after(CallTimedOut(call), IN_CHANNEL)
    assert deferral == Deferral((call, POST), RETRY_INTERVAL, MAX_RETRY_INTERVAL)
    waits = [deferral.wait_after(failures).total_seconds() for failures in range(1, 7)]
    assert waits == [30, 60, 120, 240, 300, 300]


@pytest.mark.parametrize(
    ("arguments", "channel"),
    [
        ({"params": {"channel": "C1"}}, "C1"),
        ({"json": {"channel": "C1"}, "data": {}}, "C1"),
        ({"params": {"user": "U1"}, "json": None}, None),
        ({}, None),
    ],
    ids=str,
)
@pytest.mark.parametrize("code", sorted(REFUSED_CALL))
def test_refusal__defers_method_in_its_channel_for_hours(
    code: str, arguments: dict[str, Any], channel: str | None
) -> None:
    deferral = deferral_after(slack_error(code, arguments=arguments), IN_CHANNEL)
    assert deferral.scopes == (Call("chat.update", channel), POST)
    minutes = [deferral.wait_after(failures) / MINUTE for failures in (1, 2, 3, 6, 7, 9999)]
    assert minutes == [5, 10, 20, 160, 240, 240]


def test_other_error_of_slack__wait_doubles() -> None:
    deferral = deferral_after(slack_error("cant_broadcast_message"), IN_CHANNEL)
    assert deferral == Deferral((POST,), RETRY_INTERVAL, MAX_RETRY_INTERVAL)


@pytest.mark.parametrize(
    "error",
    [
        slack_error("internal_error", status=500),
        ConnectionResetError(),
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
