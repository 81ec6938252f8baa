"""The bot as a whole: what starts, in which order, and how it stops."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.app import build_app
from bot.clients import ListeningClient, client_for, connect, listening_client_for, require
from bot.clock import Clock, utc_now
from bot.health import bound, serving
from bot.pace import EVERYDAY, Rhythm
from bot.presence import Presence
from bot.reconciler import Reconciler
from bot.schedule import scheduler_for
from bot.settings import RunSettings
from bot.watchdog import Watchdog, watching
from storage.database import Database, open_database

# Who acted hears nothing later than this, so to wait longer only keeps a listener busy:
# https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
ANSWER_SECONDS = 3
STOP_SECONDS = 3
PASSED_WITHIN = timedelta(minutes=3)  # a pass is due every minute, and may meet time-outs

log = logging.getLogger(__name__)


@contextmanager
def running(
    settings: RunSettings,
    clock: Clock = utc_now,
    *,
    rhythm: Rhythm = EVERYDAY,
    health: tuple[str, int] | None = None,
) -> Iterator[Database]:
    """The bot at work, until the block ends. Nothing is made before Slack accepts both tokens.

    `health` is the host and port on which it says how it is doing.
    """
    client = connect(settings)
    app_token = settings.slack_app_token.get_secret_value()
    opening = client_for(settings.slack_app_token, settings.slack_api_url)
    require("SLACK_APP_TOKEN", lambda: opening.apps_connections_open(app_token=app_token))
    listening = listening_client_for(settings.slack_app_token, settings.slack_api_url)
    answering = client_for(settings.slack_bot_token, settings.slack_api_url, ANSWER_SECONDS)
    with ExitStack() as stopping:
        server = None if health is None else stopping.enter_context(bound(*health))
        database = open_database(settings.database_url)
        stopping.callback(database.close)
        presence = Presence(answering)
        app = build_app(database, answering, presence, clock)
        reconciler = Reconciler(database, client, clock, rhythm)
        stopping.enter_context(_in_thread(reconciler))
        scheduler = scheduler_for(database, clock)
        scheduler.start()
        stopping.callback(scheduler.shutdown)
        handler = SocketModeHandler(app, app_token=app_token, web_client=listening)
        # With each connection Slack says hello: of what happened before, it tells nothing.
        handler.client.message_listeners.append(partial(_on_message, reconciler, presence))
        handler.client.connect()
        stopping.callback(_hang_up, handler.client)
        watchdog = stopping.enter_context(watching(handler.client))
        if server is not None:
            checks = partial(_checks, database, reconciler, watchdog, listening, clock)
            port = stopping.enter_context(serving(server, checks))
            log.info("health is told", extra={"port": port})
        yield database


def _checks(
    database: Database,
    reconciler: Reconciler,
    watchdog: Watchdog,
    listening: ListeningClient,
    clock: Clock,
) -> dict[str, tuple[bool, str]]:
    """What must hold for the bot to be of use."""
    last_pass = reconciler.last_pass
    ago = None if last_pass is None else clock() - last_pass
    return {
        "database": (database.answers(), "the store can be read"),
        "slack": (watchdog.alive, "a connection to Slack is open, and answers"),
        "token": (not reconciler.refused, reconciler.refused or "Slack takes the bot's token"),
        "app_token": (not listening.refused, listening.refused or "Slack takes the app's token"),
        "reconciler": (ago is not None and ago < PASSED_WITHIN, f"the last pass was {ago} ago"),
    }


def _hang_up(client: SocketModeClient) -> None:
    """Close the connection now: by itself the client first waits out its reads, of seconds."""
    client.auto_reconnect_enabled = False
    client.closed = True
    client.message_queue.put(None)  # what it waits for, for a second
    if client.current_session is not None and client.current_session.sock is not None:
        with suppress(OSError):  # Slack has hung up already
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
    try:
        client.close()
    except AttributeError:  # the client's own thread closed the same socket just now
        client.close()


def _on_message(
    reconciler: Reconciler,
    presence: Presence,
    _client: BaseSocketModeClient,
    message: dict[str, Any],
    _raw: str | None,
) -> None:
    if message.get("type") == "hello":
        presence.forget_all()
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
