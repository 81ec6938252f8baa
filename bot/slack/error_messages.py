"""Error messages for failed calls to Slack. They never hold an address or a token."""

import socket
import ssl
from http.client import HTTPException
from typing import TypeGuard
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.answers.answer import MalformedAnswer
from bot.slack.errors import (
    REJECTED_TOKEN,
    error_code,
    is_rate_limited,
    may_have_succeeded,
    retry_after,
)
from bot.slack.time_limit import ProxyRefused

# No response came, or an unreadable one.
NETWORK_ERRORS = (OSError, HTTPException, UnicodeDecodeError, MalformedAnswer)
SlackCallError = SlackApiError | OSError | HTTPException | UnicodeDecodeError | MalformedAnswer
# After these, Slack has not done the work, or may not have done it.
SLACK_CALL_ERRORS = (SlackApiError, *NETWORK_ERRORS)

NOT_FROM_SLACK = "the response isn't from Slack"
REJECTED_BY_SLACK = (
    "Slack rejected my token, so nothing was saved. Retrying won't help. Tell whoever runs Needle."
)
# The first match counts, so a subclass precedes its base.
# https://docs.python.org/3/library/exceptions.html#os-exceptions
NETWORK_ERROR_MESSAGES: tuple[tuple[type[OSError], str], ...] = (
    (ConnectionRefusedError, "connection refused"),
    (ProxyRefused, "the proxy refuses the connection"),
    (ConnectionError, "connection closed"),
    (socket.gaierror, "unknown host name"),
    (TimeoutError, "timed out"),
    (ssl.SSLCertVerificationError, "its certificate isn't trusted"),
    (ssl.SSLError, "no secure connection"),
)


def is_outage(error: Exception) -> TypeGuard[SlackCallError]:
    """Return whether Slack is down or limits calls. Both end without a change to Needle."""
    if isinstance(error, SlackApiError):
        return may_have_succeeded(error) or is_rate_limited(error)
    return isinstance(error, NETWORK_ERRORS)


def is_rejected_token(error: Exception) -> TypeGuard[SlackApiError]:
    """Return whether Slack rejected the token. The client has logged it."""
    return isinstance(error, SlackApiError) and error_code(error) in REJECTED_TOKEN


def describe_error(error: SlackCallError) -> str:
    """Return Slack's error code, or a phrase if no readable response came.

    Never quote an HTTP error: it can contain the token's header.
    """
    if isinstance(error, SlackApiError):
        return error_code(error) or NOT_FROM_SLACK
    if isinstance(error, MalformedAnswer):
        return str(error)
    cause = error.reason if isinstance(error, URLError) else error
    if not isinstance(cause, OSError):
        return NOT_FROM_SLACK
    phrases = (
        phrase for error_type, phrase in NETWORK_ERROR_MESSAGES if isinstance(cause, error_type)
    )
    return next(phrases, cause.strerror or NOT_FROM_SLACK)


def describe_outage(error: SlackApiError) -> str:
    """Return a sentence about an error that says nothing about the request itself."""
    why = f"{describe_error(error)} (HTTP status {error.response.status_code})"
    wait = retry_after(error)
    if wait is not None and is_rate_limited(error):
        return f"Slack limits the rate of calls for {wait.total_seconds():.0f} s: {why}"
    if describe_error(error) == NOT_FROM_SLACK:
        return f"Slack can't be reached: {why}"
    return f"Slack is having problems: {why}. Try again later"
