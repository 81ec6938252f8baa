"""The bot as a whole: what starts, in which order, and how it stops."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.app import build_app
from bot.clock import Clock, utc_now
from bot.reconciler import Reconciler
from bot.schedule import scheduler_for
from bot.settings import PostingSettings, RunSettings
from storage.database import Database, open_database

TIMEOUT_SECONDS = 10
# Who acted hears nothing later than this, so to wait longer only keeps a listener busy:
# https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
ANSWER_SECONDS = 3
STOP_SECONDS = 3

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The bot can't start; the text says why and what to do."""


def connect(settings: PostingSettings) -> WebClient:
    """A client whose token Slack accepts. Raises `CannotStart`."""
    client = _client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    _check("SLACK_BOT_TOKEN", client.auth_test)
    return client


@contextmanager
def running(settings: RunSettings, clock: Clock = utc_now) -> Iterator[Database]:
    """The bot at work, until the block ends. Nothing is made before Slack accepts both tokens."""
    client = connect(settings)
    app_token = settings.slack_app_token.get_secret_value()
    listening = _client(app_token, settings.slack_api_url)
    _check("SLACK_APP_TOKEN", lambda: listening.apps_connections_open(app_token=app_token))
    answering = _client(
        settings.slack_bot_token.get_secret_value(), settings.slack_api_url, ANSWER_SECONDS
    )
    with ExitStack() as stopping:
        database = open_database(settings.database_url)
        stopping.callback(database.close)
        app = build_app(database, answering, clock)
        reconciler = Reconciler(database, client, clock)
        stopping.enter_context(_in_thread(reconciler))
        scheduler = scheduler_for(database, clock)
        scheduler.start()
        stopping.callback(scheduler.shutdown)
        handler = SocketModeHandler(app, app_token=app_token, web_client=listening)
        # With each connection Slack says hello: of what happened before, it tells nothing.
        handler.client.message_listeners.append(partial(_on_message, reconciler))
        handler.client.connect()
        stopping.callback(_hang_up, handler.client)
        yield database


def _hang_up(client: SocketModeClient) -> None:
    """Close the connection now: by itself the client first waits out a read of three seconds."""
    client.auto_reconnect_enabled = False
    if client.current_session is not None and client.current_session.sock is not None:
        with suppress(OSError):  # Slack has hung up already
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
    client.close()


def _on_message(
    reconciler: Reconciler,
    _client: BaseSocketModeClient,
    message: dict[str, Any],
    _raw: str | None,
) -> None:
    if message.get("type") == "hello":
        reconciler.missed_events()


@contextmanager
def _in_thread(reconciler: Reconciler) -> Iterator[None]:
    # A daemon: a call that Slack does not answer must not keep the process from ending. What
    # became of it is looked for at the next start.
    thread = threading.Thread(target=reconciler.run, name="reconciler", daemon=True)
    thread.start()
    try:
        yield
    finally:
        reconciler.stop()
        thread.join(STOP_SECONDS)
        if thread.is_alive():
            log.warning("stopped while Slack had not answered a call")


def _client(token: str, api_url: str, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    # Calls that Slack may have carried out are never repeated blindly: the reconciler looks first.
    return WebClient(
        token=token,
        base_url=api_url,
        timeout=timeout,
        retry_handlers=[],
        logger=_sdk_log(),
    )


def _sdk_log() -> logging.Logger:
    """The SDK logs each failure that it also raises; they are reported where they are caught."""
    quiet = logging.getLogger("needle.slack_sdk")
    quiet.setLevel(logging.CRITICAL)
    return quiet


def _check(variable: str, call: Callable[[], object]) -> None:
    try:
        call()
    except SlackApiError as error:
        raise CannotStart(
            f"Slack refuses {variable}: {error.response['error']} (README, “On a real Slack”)"
        ) from error
    except OSError as error:
        raise CannotStart(f"Slack can't be reached: {error}") from error
