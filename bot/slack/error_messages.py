"""Why Slack did not do what it was asked, in words for whoever waits for it."""

import socket
import ssl
from http.client import HTTPException
from typing import TypeGuard
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.errors import CODE, REFUSED_TOKEN, code, limits, retry_after, unclear

LOST = (OSError, HTTPException, UnicodeDecodeError)  # no answer came, or none that can be read
Undone = SlackApiError | OSError | HTTPException | UnicodeDecodeError
UNDONE = (SlackApiError, *LOST)  # what was asked of Slack is not done, or may not be

NOT_SLACK = "what answers there is not Slack"
NOT_TAKEN = (
    "Slack does not take my token any more, so nothing was changed. To try again is of no use"
    " before whoever runs me has mended that: please tell them."
)
# The first that fits. All are what the system says of a connection: https://docs.python.org/3/library/exceptions.html#os-exceptions
PHRASES: tuple[tuple[type[OSError], str], ...] = (
    (ConnectionRefusedError, "nothing listens there"),
    (ConnectionError, "it hung up"),
    (socket.gaierror, "its name is not known"),
    (TimeoutError, "it did not answer in time"),
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "no secure connection could be made"),
)


def is_outage(error: Exception) -> TypeGuard[Undone]:
    """Whether Slack is in trouble, or asks to be left alone: it passes, and is no fault of ours."""
    if isinstance(error, SlackApiError):
        return unclear(error) or limits(error)
    return isinstance(error, LOST)


def is_refused_token(error: Exception) -> TypeGuard[SlackApiError]:
    """The client has told the log of that."""
    return isinstance(error, SlackApiError) and code(error) in REFUSED_TOKEN


def in_words(error: Undone) -> str:
    """No address and no token: errors of HTTP quote headers."""
    if isinstance(error, SlackApiError):
        # For a page of a proxy, say, the SDK puts a sentence where Slack has a code.
        said = str(error.response.get("error") or "")
        return said if CODE.fullmatch(said) else NOT_SLACK
    cause = error.reason if isinstance(error, URLError) else error
    if not isinstance(cause, OSError):
        return NOT_SLACK
    told = (phrase for kind, phrase in PHRASES if isinstance(cause, kind))
    return next(told, cause.strerror or NOT_SLACK)


def in_trouble(error: SlackApiError) -> str:
    """What Slack, or what stands before it, answers instead of saying yes or no."""
    why = f"{in_words(error)} (HTTP status {error.response.status_code})"
    wait = retry_after(error)
    if wait is not None:
        return f"Slack asks to be left alone for {wait.total_seconds():.0f} s: {why}"
    if in_words(error) == NOT_SLACK:
        return f"Slack can't be reached: {why}"
    return f"Slack is in trouble: {why}. Try again in a while"
