"""What Slack's refusals mean: whether the work may be done all the same, and when to try again."""

from datetime import timedelta

from slack_sdk.errors import SlackApiError

# The work may have been done although the answer says no:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
UNCLEAR_STATUS = 500

REFUSED_BLOCKS = frozenset(
    {
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "only_one_table_allowed",
    }
)

# The channel takes nothing from us until people change that.
CLOSED_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})


def code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))


def unclear(error: SlackApiError) -> bool:
    """Whether Slack may have done the work all the same."""
    return code(error) in UNCLEAR or error.response.status_code >= UNCLEAR_STATUS


def retry_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks to be left alone. The header's case is not to be relied on."""
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    seconds = headers.get("retry-after")
    return timedelta(seconds=int(seconds)) if seconds is not None else None
