"""What Slack's answers mean: whether the work may be done all the same, and when to try again."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import errors
from tests.unit.bot.slack.test_error_messages import answering


def asked(status: int, body: bytes, **headers: str) -> SlackApiError:
    """The error that comes of that answer."""
    with answering(status, body, **headers) as address:
        client = WebClient(token="xoxb-1", base_url=address, retry_handlers=[])
        with pytest.raises(SlackApiError) as error:
            client.chat_postMessage(channel="C1", text="x")
    return error.value


@pytest.mark.parametrize(
    ("status", "body", "unclear"),
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
        (503, b"", True),
    ],
)
def test_whether_the_work_may_have_been_done(status: int, body: bytes, unclear: bool) -> None:  # noqa: FBT001
    assert errors.may_have_succeeded(asked(status, body)) is unclear


@pytest.mark.parametrize(
    ("status", "body", "refuses"),
    [
        (200, b'{"ok": false, "error": "invalid_auth"}', True),
        (200, b'{"ok": false, "error": "not_allowed_token_type"}', True),
        (200, b'{"ok": false, "error": "ratelimited"}', False),
        (429, b'{"ok": false, "error": "slow_down"}', False),
        (200, b'{"ok": false, "error": "internal_error"}', False),
        (502, b"<html>Bad gateway</html>", False),
    ],
)
def test_whether_the_token_is_refused(status: int, body: bytes, refuses: bool) -> None:  # noqa: FBT001
    assert errors.rejects_token(asked(status, body)) is refuses


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("0", timedelta()),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-1", None),
        ("9" * 30, None),
    ],
)
def test_how_long_it_asks_to_be_left_alone(said: str, wait: timedelta | None) -> None:
    error = asked(429, b'{"ok": false, "error": "ratelimited"}', **{"retry-after": said})
    assert errors.retry_after(error) == wait


def test_that_it_says_nothing_of_that() -> None:
    assert errors.retry_after(asked(429, b'{"ok": false, "error": "ratelimited"}')) is None
