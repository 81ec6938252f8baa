"""Slack Web API clients: their tokens, time-outs, and what they report about rejected tokens."""

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.config import PostingSettings
from bot.slack.answers.auth_test import Identity, read_identity
from bot.slack.answers.headers import granted_scopes
from bot.slack.call_status import Call, CallStatus
from bot.slack.checked_client import CheckedClient
from bot.slack.error_messages import NETWORK_ERRORS, describe_error, describe_outage
from bot.slack.errors import (
    REFUSED_CALL,
    REJECTED_TOKEN,
    error_code,
    failed_call,
    named_channel,
    rejects_token,
)
from bot.slack.slack_time import SlackTime

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10  # for a whole call
RECONCILER_TIMEOUT_SECONDS = 3  # it makes one call at a time, so everything else waits

Result = TypeVar("Result")


class TokenStatus:
    """The state of a token: accepted or rejected. All clients with the same token share it."""

    def __init__(self, variable: str, effect: str) -> None:
        self._variable = variable
        self._effect = effect  # of a rejection, for the log
        self._lock = threading.Lock()
        self.rejection = ""  # Slack's error code, or "" while it accepts the token
        self.scopes: frozenset[str] | None = None  # as in the last answer; None before the first

    def mark_accepted(self) -> None:
        """Record that Slack accepted the token."""
        with self._lock:
            self.rejection = ""

    def mark_rejected(self, code: str) -> None:
        """Record that Slack rejected the token. Log it unless the last rejection was the same."""
        with self._lock:
            has_changed = code != self.rejection
            self.rejection = code
        if has_changed:
            context = {"variable": self._variable, "error": code, "effect": self._effect}
            log.error("token_rejected", extra=context)


class AppTokenClient(CheckedClient):
    """Client that opens Socket Mode connections and records whether Slack accepts the app token.

    The SDK retries after any error, so it never reports a rejected token itself.
    """

    def __init__(self, slack_time: SlackTime, **options: Any) -> None:
        super().__init__(**options)
        self.token_status = TokenStatus("SLACK_APP_TOKEN", "Needle can't receive anything.")
        self.slack_time = slack_time

    def apps_connections_open(self, *, app_token: str, **arguments: Any) -> SlackResponse:
        """Open a connection. Record in `token_status` whether Slack accepted the token."""
        try:
            response = super().apps_connections_open(app_token=app_token, **arguments)
        except SlackApiError as error:
            if rejects_token(error):
                self.token_status.mark_rejected(describe_error(error))
            _record_time(self.slack_time, error)
            raise
        self.token_status.mark_accepted()
        self.slack_time.record(response.headers)
        return response


class BotClient(CheckedClient):
    """Client that calls Slack with the bot token.

    It records whether Slack accepts the token, which calls it refuses, and its time.
    """

    def __init__(
        self,
        token_status: TokenStatus,
        call_status: CallStatus,
        slack_time: SlackTime,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.token_status = token_status
        self.call_status = call_status
        self.slack_time = slack_time

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method. Record what Slack says about the token, the call, and the time."""
        try:
            response = super().api_call(api_method, **arguments)
        except SlackApiError as error:
            if error_code(error) in REJECTED_TOKEN:
                self.token_status.mark_rejected(describe_error(error))
            if error_code(error) in REFUSED_CALL:
                self.call_status.mark_refused(failed_call(error), error_code(error))
            _record_time(self.slack_time, error)
            raise
        self.token_status.mark_accepted()
        self.call_status.mark_accepted(Call(api_method, named_channel(arguments)))
        self.slack_time.record(response.headers)
        if (scopes := granted_scopes(response.headers)) is not None:
            self.token_status.scopes = scopes
        return response


class StartupError(Exception):
    """A reason why the bot can't start. The text says what to do."""


def connect(
    settings: PostingSettings, slack_time: SlackTime | None = None
) -> tuple[BotClient, Identity]:
    """Return a client with the bot token, and whose token it is. Record Slack's time.

    Raise StartupError if Slack doesn't accept the token.
    """
    token, api_url = settings.slack_bot_token, settings.slack_api_url
    # A client that records a rejected token would log it beside the raised error.
    accepted = call_with_token("SLACK_BOT_TOKEN", web_client(token, api_url).auth_test)
    [client] = bot_clients(token, api_url, TIMEOUT_SECONDS, slack_time=slack_time)
    client.slack_time.record(accepted.headers)
    return client, read_identity(accepted)


def web_client(token: SecretStr, api_url: str, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    """Return a plain client, which records nothing about its token."""
    return CheckedClient(**_options(token, api_url, timeout))


def bot_clients(
    token: SecretStr, api_url: str, *timeouts: int, slack_time: SlackTime | None = None
) -> list[BotClient]:
    """Return a client for each time-out in seconds. They share all that they record."""
    token_status = TokenStatus("SLACK_BOT_TOKEN", "Needle can't post or answer anything.")
    shared = (token_status, CallStatus(), slack_time or SlackTime())
    return [BotClient(*shared, **_options(token, api_url, timeout)) for timeout in timeouts]


def app_token_client(
    token: SecretStr, api_url: str, slack_time: SlackTime | None = None
) -> AppTokenClient:
    """Return a client that opens Socket Mode connections."""
    options = _options(token, api_url, TIMEOUT_SECONDS)
    return AppTokenClient(slack_time or SlackTime(), **options)


def _options(token: SecretStr, api_url: str, timeout: int) -> dict[str, Any]:
    return {
        "token": token.get_secret_value(),
        "base_url": api_url,
        "timeout": timeout,
        # Slack may have done the work of a failed call, so the SDK must not retry it. The
        # reconciler retries, and searches first.
        "retry_handlers": [],
        "logger": silent_logger(),
    }


def call_with_token(variable: str, call: Callable[[], Result]) -> Result:
    """Return the result of a call with the token from `variable`. Raise StartupError."""
    try:
        return call()
    except SlackApiError as error:
        if rejects_token(error):
            raise StartupError(
                f"Slack rejected {variable}: {describe_error(error)}"
                " (see “Install it” in the README)"
            ) from error
        raise StartupError(describe_outage(error)) from error
    except NETWORK_ERRORS as error:
        raise StartupError(f"Slack can't be reached: {describe_error(error)}") from error


def _record_time(slack_time: SlackTime, error: SlackApiError) -> None:
    """Record the time of an error or a rate limit from Slack.

    Otherwise, after the host was suspended, Needle couldn't claim posts until a call succeeded. An
    error without a code may come from a proxy, whose clock may be wrong.
    """
    if error_code(error):
        slack_time.record(error.response.headers)


def silent_logger() -> logging.Logger:
    """Return a logger for the SDK, which logs each error that it also raises.

    Needle reports errors where it catches them.
    """
    logger = logging.getLogger("bot.slack.sdk")
    logger.setLevel(logging.CRITICAL)
    return logger
