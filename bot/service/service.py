"""The bot process: starts its parts in order, and stops them."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.authorization.channel_membership import ChannelMembership
from bot.authorization.workspace import open_own
from bot.clock import Clock, Monotonic, utc_now
from bot.config import RunSettings, default_database_url
from bot.heartbeat import Heartbeat
from bot.listeners.app import build_app
from bot.listeners.batches import batches_of
from bot.reconciler.intervals import DEFAULT_INTERVALS, Intervals
from bot.reconciler.reconciler import Reconciler
from bot.service.checks import OPTIONAL, Checks
from bot.service.health import bind_port, serve_health
from bot.service.liveness import Liveness
from bot.service.readiness import Readiness
from bot.service.scheduler import Scheduler
from bot.slack import background
from bot.slack.ack_deadline import seconds_left
from bot.slack.client import (
    RECONCILER_TIMEOUT_SECONDS,
    app_token_client,
    bot_clients,
    call_with_token,
    connect,
    web_client,
)
from bot.slack.respond import RESPONSE_TIMEOUT_SECONDS
from bot.slack.slack_time import SlackTime
from bot.slack.socket_mode.keepalive import watch_connection
from bot.slack.socket_mode.listener import SocketModeListener
from storage.database import Database, open_database

STOP_SECONDS = 2.5  # of the five promised: disconnecting and closing the database take the rest
# For listing a channel's members. The listener must still commit before Slack's deadline.
MEMBERSHIP_TIMEOUT_SECONDS = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bot:
    """A running bot: its database, the reconciler that makes Slack match it, and its checks."""

    database: Database
    reconciler: Reconciler
    checks: Checks
    liveness: Liveness


@contextmanager
def running(
    settings: RunSettings,
    clock: Clock = utc_now,
    *,
    intervals: Intervals = DEFAULT_INTERVALS,
    monotonic: Monotonic = time.monotonic,
    health: tuple[str, int] | None = None,
    compares_clocks: bool = True,
) -> Iterator[Database]:
    """Run the bot until the block ends. Yield its database."""
    with running_bot(
        settings,
        clock,
        intervals=intervals,
        monotonic=monotonic,
        health=health,
        compares_clocks=compares_clocks,
    ) as bot:
        yield bot.database


@contextmanager
def running_bot(
    settings: RunSettings,
    clock: Clock = utc_now,
    *,
    intervals: Intervals = DEFAULT_INTERVALS,
    monotonic: Monotonic = time.monotonic,
    health: tuple[str, int] | None = None,
    compares_clocks: bool = True,
    throwaway: bool = False,
) -> Iterator[Bot]:
    """Run the bot until the block ends. Create no database before Slack accepts both tokens.

    A `throwaway` database isn't needed after the block, so it may be less durable. `health` is the
    host and port of the health endpoints. Unless `compares_clocks` is False, nothing is posted
    while `clock` differs too much from Slack's. Raise StartupError if Slack or the port can't be
    used, or if the database belongs to another workspace. Raise UnusableDatabase if the database
    can't be used.
    """
    slack_time = SlackTime(clock, monotonic, compares_clocks=compares_clocks)
    _, identity = connect(settings, slack_time)
    app_token = settings.slack_app_token.get_secret_value()
    app_client = web_client(settings.slack_app_token, settings.slack_api_url)
    call_with_token(
        "SLACK_APP_TOKEN", lambda: app_client.apps_connections_open(app_token=app_token)
    )
    connecting_client = app_token_client(
        settings.slack_app_token, settings.slack_api_url, slack_time
    )
    timeouts = (RECONCILER_TIMEOUT_SECONDS, RESPONSE_TIMEOUT_SECONDS, MEMBERSHIP_TIMEOUT_SECONDS)
    reconciler_client, listener_client, membership_client = bot_clients(
        settings.slack_bot_token, settings.slack_api_url, *timeouts, slack_time=slack_time
    )
    with ExitStack() as stack:
        server = None if health is None else stack.enter_context(bind_port(*health))
        opening = partial(
            open_database,
            settings.database_url,
            # A folder in DATABASE_URL must exist: Needle must not create a mistyped folder.
            create_folder=settings.database_url == default_database_url(),
            throwaway=throwaway,
            seconds_left=seconds_left,
        )
        database = open_own(settings.database_url, identity, opening)
        stack.callback(database.close)
        event = "database_created" if database.info.is_new else "database_opened"
        log.info(event, extra={**asdict(database.info), "version": version("needle-slack")})
        membership = ChannelMembership(membership_client, monotonic)
        app = call_with_token(
            "SLACK_BOT_TOKEN",
            partial(build_app, database, listener_client, membership, slack_time.now),
        )
        heartbeats = {
            name: Heartbeat(monotonic) for name in ("reconciler", "scheduler", "connection")
        }
        reconciler = Reconciler(
            database,
            reconciler_client,
            slack_time.now,
            intervals,
            monotonic,
            heartbeats["reconciler"],
        )
        scheduler = Scheduler(database, clock, monotonic, slack_time, heartbeats["scheduler"])
        listener = SocketModeListener(app, app_token, connecting_client, batches_of(database))
        threads = [
            _start_thread("scheduler", scheduler.run),
            _start_thread("reconciler", reconciler.run),
        ]
        stack.callback(_finish, listener, *threads)
        stack.callback(scheduler.stop)
        stack.callback(reconciler.stop)
        # Slack says hello on each new connection, and never resends what happened before it.
        listener.client.message_listeners.append(partial(_on_message, reconciler, membership))
        call_with_token("SLACK_APP_TOKEN", listener.client.connect)
        watchdog = stack.enter_context(watch_connection(listener.client, heartbeats["connection"]))
        checks = Checks(
            database,
            reconciler,
            watchdog,
            listener.client.refusals,
            bot_token=reconciler_client.token_status,
            app_token=connecting_client.token_status,
            slack_time=slack_time,
            calls=reconciler_client.call_status,
        )
        liveness = Liveness({**heartbeats, **listener.heartbeats})
        if server is not None:
            readiness = Readiness(checks.by_name(), OPTIONAL)
            port = stack.enter_context(serve_health(server, readiness, liveness))
            log.info("health_server_started", extra={"port": port})
        yield Bot(database, reconciler, checks, liveness)


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


def _start_thread(name: str, work: Callable[[], None]) -> threading.Thread:
    # A daemon thread: a call that Slack or the database doesn't answer must not keep the process
    # alive. The next start finds out what became of it.
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def _finish(listener: SocketModeListener, *threads: threading.Thread) -> None:
    """Finish the work in progress, within STOP_SECONDS."""
    deadline = time.monotonic() + STOP_SECONDS
    listener.finish(deadline)
    if not background.wait_for_threads(deadline):
        log.warning("responses_unfinished_at_stop")
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        log.warning("calls_unfinished_at_stop")
