"""Slack's Web API, as the bot calls it: with which token, for how long, and what a refusal says."""

import logging
from collections.abc import Callable
from http.client import HTTPException

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.outage import NOT_SLACK, in_words
from bot.settings import PostingSettings

TIMEOUT_SECONDS = 10


class CannotStart(Exception):
    """The bot can't start; the text says why and what to do."""


def connect(settings: PostingSettings) -> WebClient:
    """A client whose token Slack accepts. Raises `CannotStart`."""
    client = client_for(settings.slack_bot_token, settings.slack_api_url)
    require("SLACK_BOT_TOKEN", client.auth_test)
    return client


def client_for(token: SecretStr, api_url: str, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    # Calls that Slack may have carried out are never repeated blindly: the reconciler looks first.
    return WebClient(
        token=token.get_secret_value(),
        base_url=api_url,
        timeout=timeout,
        retry_handlers=[],
        logger=quiet_log(),
    )


def require(variable: str, call: Callable[[], object]) -> None:
    """Slack takes the token of that variable, or `CannotStart`."""
    try:
        call()
    except (SlackApiError, OSError, HTTPException) as error:
        why = in_words(error)
        if isinstance(error, SlackApiError) and why != NOT_SLACK:
            raise CannotStart(
                f"Slack refuses {variable}: {why} (README, “On a real Slack”)"
            ) from error
        raise CannotStart(f"Slack can't be reached: {why}") from error


def quiet_log() -> logging.Logger:
    """The SDK logs each failure that it also raises; they are reported where they are caught."""
    quiet = logging.getLogger("needle.slack_sdk")
    quiet.setLevel(logging.CRITICAL)
    return quiet
