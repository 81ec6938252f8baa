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
from bot.slack.error_messages import LOST, in_trouble, in_words
from bot.slack.errors import REFUSED_TOKEN, code, refuses

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10  # of silence, at each step of a call

Got = TypeVar("Got")


class Standing:
    """Whether Slack takes a token, as any of the clients met it that ask with that token."""

    def __init__(self, variable: str, loss: str) -> None:
        self._told = f"Slack refuses {variable}: %s. {loss} until it is mended."
        self._lock = threading.Lock()
        self.refused = ""  # why

    def accept(self) -> None:
        with self._lock:
            self.refused = ""

    def refuse(self, why: str) -> None:
        with self._lock:
            is_news = why != self.refused
            self.refused = why
        if is_news:  # at each attempt it would be none
            log.error(self._told, why)


class OpeningClient(WebClient):
    """With this, Slack's client opens connections, and tries again whatever Slack says: it is told
    here that Slack does not take the app's token.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.standing = Standing("SLACK_APP_TOKEN", "Nothing can be heard")

    def apps_connections_open(self, *, app_token: str, **asked: Any) -> SlackResponse:
        try:
            opened = super().apps_connections_open(app_token=app_token, **asked)
        except SlackApiError as error:
            if refuses(error):
                self.standing.refuse(in_words(error))
            raise
        self.standing.accept()
        return opened


class BotClient(WebClient):
    """Asks with the bot's token, and tells it when Slack does not take that, whoever asked."""

    def __init__(self, standing: Standing, **how: Any) -> None:
        super().__init__(**how)
        self.standing = standing

    def api_call(self, api_method: str, **asked: Any) -> SlackResponse:
        try:
            answer = super().api_call(api_method, **asked)
        except SlackApiError as error:
            if code(error) in REFUSED_TOKEN:
                self.standing.refuse(in_words(error))
            raise
        self.standing.accept()
        return answer


class CannotStart(Exception):
    """The bot can't start; the text says why and what to do."""


def connect(settings: PostingSettings) -> WebClient:
    """A client whose token Slack accepts. Raises `CannotStart`."""
    client = client_for(settings.slack_bot_token, settings.slack_api_url)
    require("SLACK_BOT_TOKEN", client.auth_test)
    return client


def client_for(token: SecretStr, api_url: str, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    return WebClient(**_how(token, api_url, timeout))


def bot_clients_for(token: SecretStr, api_url: str, *timeouts: int) -> list[BotClient]:
    """One for each of those seconds; what one of them meets, all know."""
    standing = Standing("SLACK_BOT_TOKEN", "Nothing can be shown")
    return [BotClient(standing, **_how(token, api_url, timeout)) for timeout in timeouts]


def opening_client_for(token: SecretStr, api_url: str) -> OpeningClient:
    return OpeningClient(**_how(token, api_url, TIMEOUT_SECONDS))


def _how(token: SecretStr, api_url: str, timeout: int) -> dict[str, Any]:
    return {
        "token": token.get_secret_value(),
        "base_url": api_url,
        "timeout": timeout,
        # Calls that Slack may have carried out are never repeated blindly: the reconciler looks
        # first.
        "retry_handlers": [],
        "logger": quiet_log(),
    }


def require(variable: str, call: Callable[[], Got]) -> Got:
    """What comes of it, with the token of that variable. Raises `CannotStart`."""
    try:
        return call()
    except SlackApiError as error:
        if refuses(error):
            raise CannotStart(
                f"Slack refuses {variable}: {in_words(error)} (README, “Install it”)"
            ) from error
        raise CannotStart(in_trouble(error)) from error
    except LOST as error:
        raise CannotStart(f"Slack can't be reached: {in_words(error)}") from error


def quiet_log() -> logging.Logger:
    """The SDK logs each failure that it also raises; they are reported where they are caught."""
    quiet = logging.getLogger("bot.slack.sdk")
    quiet.setLevel(logging.CRITICAL)
    return quiet
