"""Why Slack did not do what it was asked, in words for whoever waits for it."""

import socket
import ssl
from http.client import HTTPException
from typing import TypeGuard
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.errors import (
    ERROR_CODE,
    REJECTED_TOKEN,
    error_code,
    is_rate_limited,
    may_have_succeeded,
    retry_after,
)

NETWORK_ERRORS = (
    OSError,
    HTTPException,
    UnicodeDecodeError,
)  # no answer came, or none that can be read
SlackCallError = SlackApiError | OSError | HTTPException | UnicodeDecodeError
SLACK_CALL_ERRORS = (
    SlackApiError,
    *NETWORK_ERRORS,
)  # what was asked of Slack is not done, or may not be

NOT_FROM_SLACK = "what answers there is not Slack"
REJECTED_BY_SLACK = (
    "Slack rejected my token, so nothing was saved. Retrying won't help. Tell whoever runs Needle."
)
# The first that fits. All are what the system says of a connection: https://docs.python.org/3/library/exceptions.html#os-exceptions
NETWORK_ERROR_MESSAGES: tuple[tuple[type[OSError], str], ...] = (
    (ConnectionRefusedError, "nothing listens there"),
    (ConnectionError, "it hung up"),
    (socket.gaierror, "its name is not known"),
    (TimeoutError, "it did not answer in time"),
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "no secure connection could be made"),
)


def is_outage(error: Exception) -> TypeGuard[SlackCallError]:
    """Whether Slack is in trouble, or asks to be left alone: it passes, and is no fault of ours."""
    if isinstance(error, SlackApiError):
        return may_have_succeeded(error) or is_rate_limited(error)
    return isinstance(error, NETWORK_ERRORS)


def is_rejected_token(error: Exception) -> TypeGuard[SlackApiError]:
    """The client has told the log of that."""
    return isinstance(error, SlackApiError) and error_code(error) in REJECTED_TOKEN


def describe_error(error: SlackCallError) -> str:
    """No address and no token: errors of HTTP quote headers."""
    if isinstance(error, SlackApiError):
        # For a page of a proxy, say, the SDK puts a sentence where Slack has a code.
        said = str(error.response.get("error") or "")
        return said if ERROR_CODE.fullmatch(said) else NOT_FROM_SLACK
    cause = error.reason if isinstance(error, URLError) else error
    if not isinstance(cause, OSError):
        return NOT_FROM_SLACK
    told = (phrase for kind, phrase in NETWORK_ERROR_MESSAGES if isinstance(cause, kind))
    return next(told, cause.strerror or NOT_FROM_SLACK)


def describe_outage(error: SlackApiError) -> str:
    """What Slack, or what stands before it, answers instead of saying yes or no."""
    why = f"{describe_error(error)} (HTTP status {error.response.status_code})"
    wait = retry_after(error)
    if wait is not None:
        return f"Slack asks to be left alone for {wait.total_seconds():.0f} s: {why}"
    if describe_error(error) == NOT_FROM_SLACK:
        return f"Slack can't be reached: {why}"
    return f"Slack is in trouble: {why}. Try again in a while"
