"""What Slack's refusals mean: whether the work may be done all the same, and when to try again."""

import re
from datetime import timedelta
from http import HTTPStatus

from slack_sdk.errors import SlackApiError

CODE = re.compile(r"\w+")
SECONDS = re.compile(r"[0-9]{1,6}")

# The work may have been done although the answer says no:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
UNCLEAR_STATUS = 500

RATE_LIMITED = "ratelimited"

REFUSED_BLOCKS = frozenset(
    {
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "only_one_table_allowed",
    }
)

# `text` alone is too long, for chat.update at 4,000 characters: https://docs.slack.dev/reference/methods/chat.update
TOO_LONG = "msg_too_long"

# Slack takes nothing with this token until people change that.
REFUSED_TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)

# The channel takes nothing from us until people change that.
CLOSED_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})


def code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))


def asked(error: SlackApiError) -> str:
    """Which method was."""
    return str(error.response.api_url).rpartition("/")[2]


def unclear(error: SlackApiError) -> bool:
    """Whether Slack may have done the work all the same."""
    said = code(error)
    # What is no code is not Slack's answer, which may be lost: something between us gave its own.
    return (
        said in UNCLEAR or not CODE.fullmatch(said) or error.response.status_code >= UNCLEAR_STATUS
    )


def limits(error: SlackApiError) -> bool:
    """Whether Slack was asked too often, by one of the ways in which it says so."""
    too_often = HTTPStatus.TOO_MANY_REQUESTS
    return code(error) == RATE_LIMITED or error.response.status_code == too_often


def refuses(error: SlackApiError) -> bool:
    """Whether Slack means the token by it, where any token that is right is enough."""
    return not unclear(error) and not limits(error)


def retry_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks to be left alone. The header's case is not to be relied on, and what
    stands between us and Slack may send a date.
    """
    headers = {name.lower(): str(value) for name, value in error.response.headers.items()}
    seconds = headers.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if SECONDS.fullmatch(seconds) else None
