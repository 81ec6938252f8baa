"""Slack API errors: whether the call may have succeeded, and when to retry."""

import re
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import MalformedAnswer, method_in
from bot.slack.answers.headers import header
from bot.slack.call_status import Call

ERROR_CODE = re.compile(r"\w+")
WHOLE_SECONDS = re.compile(r"[0-9]{1,9}")
# Slack's own waits are shorter. A proxy may name one that would stop Needle for days, or none.
MIN_RETRY_AFTER, MAX_RETRY_AFTER = 1, 3600  # seconds

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

# The bot can't see a person: https://docs.slack.dev/reference/methods/users.info#errors
UNSEEN_PERSON = frozenset({"user_not_found", "user_not_visible"})

# Needle can't use the channel until a person changes that.
CLOSED_CHANNEL = frozenset({"channel_not_found", "is_archived", "is_inactive", "not_in_channel"})

# Slack refuses the call until a person changes the app, the workspace, or the channel:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
REFUSED_CALL = frozenset(
    {
        "access_denied",
        "deprecated_endpoint",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "messages_tab_disabled",
        "method_deprecated",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "unknown_method",
    }
)

# After these errors, Slack shows no message. After one that Needle doesn't know, it may:
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
REFUSED_POST = (
    CLOSED_CHANNEL
    | INVALID_BLOCKS
    | REFUSED_CALL
    | REJECTED_TOKEN
    | {
        MESSAGE_TOO_LONG,
        RATE_LIMITED,
        "accesslimited",
        "cannot_reply_to_message",
        "invalid_arguments",
        "message_limit_exceeded",
        "no_text",
        "org_login_required",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "user_not_found",
    }
)


class CallTimedOut(TimeoutError):
    """A Web API call whose response wasn't complete in time. Slack may have done its work."""

    def __init__(self, call: Call) -> None:
        super().__init__(f"{call.method} timed out")
        self.call = call


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code, such as `channel_not_found`, or "" if there is none.

    For a proxy's error page, for example, the SDK puts a sentence in place of the code.
    """
    answer = error.response.data if isinstance(error.response, SlackResponse) else error.response
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and ERROR_CODE.fullmatch(code) else ""


def api_method(error: SlackApiError) -> str:
    """Return the method that was called, such as `chat.update`."""
    return method_in(str(error.response.api_url))


def method_of(error: Exception) -> str | None:
    """Return the method whose call failed, or None if the error doesn't tell."""
    match error:
        case SlackApiError():
            return api_method(error)
        case CallTimedOut():
            return error.call.method
        case MalformedAnswer():
            return error.method
        case _:
            return None


def failed_call(error: SlackApiError) -> Call:
    """Return the method that was called, and the channel that the call named."""
    return Call(api_method(error), named_channel(error.response.req_args))


def named_channel(arguments: Mapping[str, Any]) -> str | None:
    """Return the channel in the arguments that the SDK sends, or None if they name none."""
    parts = (arguments.get(part) or {} for part in ("params", "data", "json"))
    return next((part["channel"] for part in parts if "channel" in part), None)


def may_have_succeeded(error: SlackApiError) -> bool:
    """Return whether the call may have succeeded although it failed for Needle."""
    code, status = error_code(error), error.response.status_code
    # Without a code, the response came from a proxy, and Slack's own response may be lost.
    return code in UNCERTAIN_ERRORS or not code or status >= SERVER_ERROR_STATUS


def is_refused(error: SlackApiError) -> bool:
    """Return whether Slack refuses the call until a person changes something."""
    return not may_have_succeeded(error) and error_code(error) in CLOSED_CHANNEL | REFUSED_CALL


def is_known_refusal(error: SlackApiError) -> bool:
    """Return whether Slack certainly shows no message after this error of chat.postMessage."""
    if may_have_succeeded(error):
        return False
    return is_rate_limited(error) or error_code(error) in REFUSED_POST


def is_rate_limited(error: SlackApiError) -> bool:
    """Return whether Slack limits the rate, which it says by the status or by the code."""
    too_often = HTTPStatus.TOO_MANY_REQUESTS
    return error_code(error) == RATE_LIMITED or error.response.status_code == too_often


def rejects_token(error: SlackApiError) -> bool:
    """Return whether Slack rejected the token. Use it only for calls that any token may make."""
    return not may_have_succeeded(error) and not is_rate_limited(error)


def retry_after(error: SlackApiError) -> timedelta | None:
    """Return how long Slack asks Needle to wait, or None if it doesn't say.

    It's at least a second and at most an hour. A proxy may send a date instead of seconds: ignore
    it.
    """
    digits = header(error.response.headers, "retry-after") or ""
    if not WHOLE_SECONDS.fullmatch(digits):
        return None
    return timedelta(seconds=min(max(int(digits), MIN_RETRY_AFTER), MAX_RETRY_AFTER))
