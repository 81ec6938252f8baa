"""Slack API errors: whether the call may have succeeded, and when to retry."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import errors
from tests.unit.bot.slack.test_error_messages import answering


def error_for(status: int, body: bytes, **headers: str) -> SlackApiError:
    """Return the error that the SDK raises for this response."""
    with answering(status, body, **headers) as address:
        client = WebClient(token="xoxb-1", base_url=address, retry_handlers=[])
        with pytest.raises(SlackApiError) as error:
            client.chat_postMessage(channel="C1", text="x")
    return error.value


@pytest.mark.parametrize(
    ("status", "body", "may_have_succeeded"),
    [
        (200, b'{"ok": false, "error": "channel_not_found"}', False),
        (429, b'{"ok": false, "error": "ratelimited"}', False),
        (200, b'{"ok": false, "error": "internal_error"}', True),
        (200, b'{"ok": false, "error": "fatal_error"}', True),
        (500, b'{"ok": false, "error": "not_now"}', True),
        (499, b'{"ok": false, "error": "not_now"}', False),
        (502, b"<html>Bad gateway</html>", True),
        (200, b"<html>Sign in to the network</html>", True),
        (200, b'{"hello": 1}', True),
        (200, b"null", True),
        (500, b"[]", True),
        (200, b'{"ok": false}', True),
        (200, b'{"ok": false, "error": null}', True),
        (200, b'{"ok": false, "error": 404}', True),
        (200, b'{"ok": false, "error": ["channel_not_found"]}', True),
        (503, b"", True),
    ],
)
def test_response__tells_whether_the_call_may_have_succeeded(
    status: int,
    body: bytes,
    may_have_succeeded: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert errors.may_have_succeeded(error_for(status, body)) is may_have_succeeded


@pytest.mark.parametrize(
    ("status", "body", "rejects_token"),
    [
        (200, b'{"ok": false, "error": "invalid_auth"}', True),
        (200, b'{"ok": false, "error": "not_allowed_token_type"}', True),
        (200, b'{"ok": false, "error": "ratelimited"}', False),
        (429, b'{"ok": false, "error": "slow_down"}', False),
        (200, b'{"ok": false, "error": "internal_error"}', False),
        (502, b"<html>Bad gateway</html>", False),
    ],
)
def test_response__tells_whether_the_token_is_rejected(
    status: int,
    body: bytes,
    rejects_token: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert errors.rejects_token(error_for(status, body)) is rejects_token


@pytest.mark.parametrize("code", sorted(errors.REFUSED_CALL))
def test_refused_call__shows_no_message(code: str) -> None:
    body = f'{{"ok": false, "error": "{code}"}}'.encode()
    assert errors.is_known_refusal(error_for(200, body))


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("0", timedelta(seconds=1)),
        ("3600", timedelta(hours=1)),
        ("86400", timedelta(hours=1)),
        ("999999999", timedelta(hours=1)),
        ("0.5", None),
        ("", None),
        ("soon", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-1", None),
        ("9" * 30, None),
    ],
)
def test_retry_after_in_seconds__is_returned(said: str, wait: timedelta | None) -> None:
    error = error_for(429, b'{"ok": false, "error": "ratelimited"}', **{"retry-after": said})
    assert errors.retry_after(error) == wait


def test_no_usable_retry_after__is_none() -> None:
    assert errors.retry_after(error_for(429, b'{"ok": false, "error": "ratelimited"}')) is None
