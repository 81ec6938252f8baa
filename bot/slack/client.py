"""Slack's Web API, as the bot calls it: with which token, for how long, and what a refusal says."""

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.config import PostingSettings
from bot.slack.error_messages import NETWORK_ERRORS, describe_error, describe_outage
from bot.slack.errors import REJECTED_TOKEN, error_code, rejects_token

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10  # of silence, at each step of a call

Result = TypeVar("Result")


class TokenStatus:
    """Whether Slack takes a token, as any of the clients met it that ask with that token."""

    def __init__(self, variable: str, loss: str) -> None:
        self._told = f"Slack refuses {variable}: %s. {loss} until it is mended."
        self._lock = threading.Lock()
        self.rejection = ""  # why

    def mark_accepted(self) -> None:
        with self._lock:
            self.rejection = ""

    def mark_rejected(self, why: str) -> None:
        with self._lock:
            is_news = why != self.rejection
            self.rejection = why
        if is_news:  # at each attempt it would be none
            log.error(self._told, why)


class AppTokenClient(WebClient):
    """With this, Slack's client opens connections, and tries again whatever Slack says: it is told
    here that Slack does not take the app's token.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.token_status = TokenStatus("SLACK_APP_TOKEN", "Nothing can be heard")

    def apps_connections_open(self, *, app_token: str, **asked: Any) -> SlackResponse:
        try:
            opened = super().apps_connections_open(app_token=app_token, **asked)
        except SlackApiError as error:
            if rejects_token(error):
                self.token_status.mark_rejected(describe_error(error))
            raise
        self.token_status.mark_accepted()
        return opened


class BotClient(WebClient):
    """Asks with the bot's token, and tells it when Slack does not take that, whoever asked."""

    def __init__(self, token_status: TokenStatus, **how: Any) -> None:
        super().__init__(**how)
        self.token_status = token_status

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        try:
            answer = super().api_call(api_method, **asked)
        except SlackApiError as error:
            if error_code(error) in REJECTED_TOKEN:
                self.token_status.mark_rejected(describe_error(error))
            raise
        self.token_status.mark_accepted()
        return answer


class StartupError(Exception):
    """The bot can't start; the text says why and what to do."""


def connect(settings: PostingSettings) -> WebClient:
    """A client whose token Slack accepts. Raises `StartupError`."""
    client = web_client(settings.slack_bot_token, settings.slack_api_url)
    call_with_token("SLACK_BOT_TOKEN", client.auth_test)
    return client


def web_client(token: SecretStr, api_url: str, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    return WebClient(**_how(token, api_url, timeout))


def bot_clients(token: SecretStr, api_url: str, *timeouts: int) -> list[BotClient]:
    """One for each of those seconds; what one of them meets, all know."""
    token_status = TokenStatus("SLACK_BOT_TOKEN", "Nothing can be shown")
    return [BotClient(token_status, **_how(token, api_url, timeout)) for timeout in timeouts]


def app_token_client(token: SecretStr, api_url: str) -> AppTokenClient:
    return AppTokenClient(**_how(token, api_url, TIMEOUT_SECONDS))


def _how(token: SecretStr, api_url: str, timeout: int) -> dict[str, Any]:
    return {
        "token": token.get_secret_value(),
        "base_url": api_url,
        "timeout": timeout,
        # Calls that Slack may have carried out are never repeated blindly: the reconciler looks
        # first.
        "retry_handlers": [],
        "logger": silent_logger(),
    }


def call_with_token(variable: str, call: Callable[[], Result]) -> Result:
    """What comes of it, with the token of that variable. Raises `StartupError`."""
    try:
        return call()
    except SlackApiError as error:
        if rejects_token(error):
            raise StartupError(
                f"Slack refuses {variable}: {describe_error(error)} (README, “Install it”)"
            ) from error
        raise StartupError(describe_outage(error)) from error
    except NETWORK_ERRORS as error:
        raise StartupError(f"Slack can't be reached: {describe_error(error)}") from error


def silent_logger() -> logging.Logger:
    """The SDK logs each failure that it also raises; they are reported where they are caught."""
    quiet = logging.getLogger("bot.slack.sdk")
    quiet.setLevel(logging.CRITICAL)
    return quiet
