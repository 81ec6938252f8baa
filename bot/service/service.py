"""The bot as a whole: what starts, in which order, and how it stops."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from typing import Any

from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.authorization.channel_membership import ChannelMembership
from bot.clock import Clock, utc_now
from bot.config import RunSettings
from bot.listeners.app import build_app
from bot.reconciler.intervals import DEFAULT_INTERVALS, Intervals
from bot.reconciler.reconciler import Reconciler
from bot.service.health import Check, bound, serving
from bot.service.scheduler import Schedule
from bot.slack import background
from bot.slack.client import (
    TIMEOUT_SECONDS,
    TokenStatus,
    app_token_client,
    bot_clients,
    call_with_token,
    connect,
    web_client,
)
from bot.slack.keepalive import Watchdog, watch_connection
from bot.slack.respond import RESPONSE_TIMEOUT_SECONDS
from bot.slack.socket_mode import SocketModeListener
from storage.database import Database, open_database

STOP_SECONDS = 2.5  # of five: to hang up, to close the store and to end takes time too
# To say who is in a channel: what follows has to be written in the time that Slack waits for it.
MEMBERSHIP_TIMEOUT_SECONDS = 2
RECONCILED_WITHIN = timedelta(minutes=3)  # it runs every minute, and calls may time out

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bot:
    """A running bot: its store, and what makes Slack show the store."""

    database: Database
    reconciler: Reconciler


@contextmanager
def running(
    settings: RunSettings,
    clock: Clock = utc_now,
    *,
    intervals: Intervals = DEFAULT_INTERVALS,
    health: tuple[str, int] | None = None,
) -> Iterator[Database]:
    """Run the bot until the block ends. Yield its store."""
    with running_bot(settings, clock, intervals=intervals, health=health) as bot:
        yield bot.database


@contextmanager
def running_bot(
    settings: RunSettings,
    clock: Clock = utc_now,
    *,
    intervals: Intervals = DEFAULT_INTERVALS,
    health: tuple[str, int] | None = None,
    throwaway: bool = False,
) -> Iterator[Bot]:
    """Run the bot until the block ends. Nothing is made before Slack accepts both tokens.

    Nobody needs a `throwaway` store when the block has ended.

    `health` is the host and port on which it says how it is doing.
    """
    connect(settings)
    app_token = settings.slack_app_token.get_secret_value()
    asking = web_client(settings.slack_app_token, settings.slack_api_url)
    call_with_token("SLACK_APP_TOKEN", lambda: asking.apps_connections_open(app_token=app_token))
    opening = app_token_client(settings.slack_app_token, settings.slack_api_url)
    timeouts = (TIMEOUT_SECONDS, RESPONSE_TIMEOUT_SECONDS, MEMBERSHIP_TIMEOUT_SECONDS)
    showing, answering, asking_who = bot_clients(
        settings.slack_bot_token, settings.slack_api_url, *timeouts
    )
    with ExitStack() as stopping:
        server = None if health is None else stopping.enter_context(bound(*health))
        database = open_database(settings.database_url, throwaway=throwaway)
        stopping.callback(database.close)
        event = "database_created" if database.info.is_new else "database_opened"
        log.info(event, extra={**asdict(database.info), "version": version("needle-slack")})
        membership = ChannelMembership(asking_who)
        app = call_with_token(
            "SLACK_BOT_TOKEN", partial(build_app, database, answering, membership, clock)
        )
        reconciler = Reconciler(database, showing, clock, intervals)
        schedule = Schedule(database, clock)
        listening = SocketModeListener(app, app_token, opening)
        stopping.callback(_finish, listening, _started(schedule.run), _started(reconciler.run))
        stopping.callback(schedule.stop)
        stopping.callback(reconciler.stop)
        # With each connection Slack says hello: of what happened before, it tells nothing.
        listening.client.message_listeners.append(partial(_on_message, reconciler, membership))
        call_with_token("SLACK_APP_TOKEN", listening.client.connect)
        watchdog = stopping.enter_context(watch_connection(listening.client))
        if server is not None:
            token_statuses = (showing.token_status, opening.token_status)
            checks = partial(_checks, database, reconciler, watchdog, token_statuses, clock)
            port = stopping.enter_context(serving(server, checks))
            log.info("health_server_started", extra={"port": port})
        yield Bot(database, reconciler)


def _checks(
    database: Database,
    reconciler: Reconciler,
    watchdog: Watchdog,
    token_statuses: tuple[TokenStatus, TokenStatus],
    clock: Clock,
) -> dict[str, Check]:
    """Return the readiness checks by the key that /ready shows."""
    bot, app = token_statuses
    can_read, can_write = database.is_readable(), database.is_writable()
    connected = watchdog.is_alive
    last_pass = reconciler.last_pass
    age = None if last_pass is None else clock() - last_pass
    return {
        "database_readable": Check(can_read, f"The database {_can(can_read)} be read."),
        "database_writable": Check(can_write, f"The database {_can(can_write)} be written."),
        "socket_mode": Check(
            connected,
            "A connection to Slack is open."
            if connected
            else "No connection to Slack is open, or the open one is silent.",
        ),
        "bot_token": _token_check("SLACK_BOT_TOKEN", bot),
        "app_token": _token_check("SLACK_APP_TOKEN", app),
        "reconciler": Check(
            age is not None and age < RECONCILED_WITHIN,
            "The reconciler has not run yet."
            if age is None
            else f"The reconciler last ran {age.total_seconds():.0f} s ago.",
        ),
    }


def _can(is_possible: bool) -> str:  # noqa: FBT001 — reads as a sentence where it is called
    return "can" if is_possible else "can't"


def _token_check(variable: str, status: TokenStatus) -> Check:
    rejection = status.rejection  # one read: another thread may change it
    if rejection:
        return Check(ok=False, detail=f"Slack rejected {variable}: {rejection}.")
    return Check(ok=True, detail=f"Slack accepts {variable}.")


def _on_message(
    reconciler: Reconciler,
    membership: ChannelMembership,
    _client: BaseSocketModeClient,
    message: dict[str, Any],
    _raw: str | None,
) -> None:
    if message.get("type") == "hello":
        membership.forget_all()
        reconciler.request_backfill()


def _started(work: Callable[[], None]) -> threading.Thread:
    # A daemon: a call that Slack or the store does not answer must not keep the process from
    # ending. What became of it is looked for at the next start.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _finish(listening: SocketModeListener, *working: threading.Thread) -> None:
    """What is in hand is finished, if that can be done in time."""
    until = time.monotonic() + STOP_SECONDS
    listening.finish(until)
    if not background.wait_for_threads(until):
        log.warning("responses_unfinished_at_stop")
    for thread in working:
        thread.join(max(0, until - time.monotonic()))
    if any(thread.is_alive() for thread in working):
        log.warning("calls_unfinished_at_stop")
