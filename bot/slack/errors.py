"""Slack API errors: whether the call may have succeeded, and when to retry."""

import re
from datetime import timedelta
from http import HTTPStatus

from slack_sdk.errors import SlackApiError

ERROR_CODE = re.compile(r"\w+")
WHOLE_SECONDS = re.compile(r"[0-9]{1,6}")

# After these errors, the call may have succeeded:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
UNCERTAIN_ERRORS = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
SERVER_ERROR_STATUS = 500

RATE_LIMITED = "ratelimited"

INVALID_BLOCKS = frozenset(
    {
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "only_one_table_allowed",
    }
)

# `text` is too long. The limit of chat.update is 4,000 characters: https://docs.slack.dev/reference/methods/chat.update
MESSAGE_TOO_LONG = "msg_too_long"

# Slack rejects the token until a person fixes that.
REJECTED_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)

# Needle can't use the channel until a person changes that.
CLOSED_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code, such as `channel_not_found`, or "" if there is none."""
    return str(error.response.get("error", ""))


def api_method(error: SlackApiError) -> str:
    """Return the method that was called, such as `chat.update`."""
    return str(error.response.api_url).rpartition("/")[2]


def may_have_succeeded(error: SlackApiError) -> bool:
    """Return whether the call may have succeeded although it failed for Needle."""
    code, status = error_code(error), error.response.status_code
    # Without a code, the response came from a proxy, and Slack's own response may be lost.
    return (
        code in UNCERTAIN_ERRORS or not ERROR_CODE.fullmatch(code) or status >= SERVER_ERROR_STATUS
    )


def is_rate_limited(error: SlackApiError) -> bool:
    """Return whether Slack limits the rate, which it says by the status or by the code."""
    too_often = HTTPStatus.TOO_MANY_REQUESTS
    return error_code(error) == RATE_LIMITED or error.response.status_code == too_often


def rejects_token(error: SlackApiError) -> bool:
    """Return whether Slack rejected the token. Use it only for calls that any token may make."""
    return not may_have_succeeded(error) and not is_rate_limited(error)


def retry_after(error: SlackApiError) -> timedelta | None:
    """Return how long Slack asks Needle to wait, or None if it doesn't say.

    The case of the header's name varies. A proxy may send a date instead of seconds: ignore it.
    """
    headers = {name.lower(): str(value) for name, value in error.response.headers.items()}
    seconds = headers.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if WHOLE_SECONDS.fullmatch(seconds) else None
