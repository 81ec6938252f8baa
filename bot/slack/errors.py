"""What Slack's refusals mean: whether the work may be done all the same, and when to try again."""

import re
from datetime import timedelta
from http import HTTPStatus

from slack_sdk.errors import SlackApiError

ERROR_CODE = re.compile(r"\w+")
WHOLE_SECONDS = re.compile(r"[0-9]{1,6}")

# The work may have been done although the answer says no:
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

# `text` alone is too long, for chat.update at 4,000 characters: https://docs.slack.dev/reference/methods/chat.update
MESSAGE_TOO_LONG = "msg_too_long"

# Slack takes nothing with this token until people change that.
REJECTED_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)

# The channel takes nothing from us until people change that.
CLOSED_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})


def error_code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))


def api_method(error: SlackApiError) -> str:
    """Which method was."""
    return str(error.response.api_url).rpartition("/")[2]


def may_have_succeeded(error: SlackApiError) -> bool:
    """Whether Slack may have done the work all the same."""
    code, status = error_code(error), error.response.status_code
    # What is no code is not Slack's answer, which may be lost: something between us gave its own.
    return (
        code in UNCERTAIN_ERRORS or not ERROR_CODE.fullmatch(code) or status >= SERVER_ERROR_STATUS
    )


def is_rate_limited(error: SlackApiError) -> bool:
    """Whether Slack was asked too often, by one of the ways in which it says so."""
    too_often = HTTPStatus.TOO_MANY_REQUESTS
    return error_code(error) == RATE_LIMITED or error.response.status_code == too_often


def rejects_token(error: SlackApiError) -> bool:
    """Whether Slack means the token by it, where any token that is right is enough."""
    return not may_have_succeeded(error) and not is_rate_limited(error)


def retry_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks to be left alone. The header's case is not to be relied on, and what
    stands between us and Slack may send a date.
    """
    headers = {name.lower(): str(value) for name, value in error.response.headers.items()}
    seconds = headers.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if WHOLE_SECONDS.fullmatch(seconds) else None
