"""`needle run`: the bot process."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from bot.cli.terminal.errors import reported
from bot.cli.terminal.health_options import DEFAULT_HOST, HealthHost, RunPort
from bot.config import RunSettings
from bot.service.logs import configure_logging
from bot.service.service import Bot, running_bot
from bot.service.systemd import Systemd, SystemdWatchdog

# The system may deliver a signal to any thread, and Python calls the handler in the main thread. A
# wait without a time-out would keep that asleep: https://docs.python.org/3/library/signal.html
SIGNAL_CHECK_SECONDS = 0.5


def run(*, health_port: RunPort = None, health_host: HealthHost = DEFAULT_HOST) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    The log goes to standard error as JSON lines.
    """
    configure_logging()
    _on_stop_signal(_exit_immediately)
    health = None if health_port is None else (health_host, health_port)
    systemd = Systemd()
    systemd.notify("STATUS=Connecting to Slack.")
    with reported(), running_bot(RunSettings(), health=health) as bot:
        stop = threading.Event()
        _on_stop_signal(lambda *_: stop.set())
        logging.getLogger("needle").info("bot_started")
        systemd.notify("READY=1", f"STATUS={bot.checks.socket_mode().detail}")
        _watch_until(stop, bot, systemd)
        systemd.notify("STOPPING=1", "STATUS=Finishing the work in progress.")
        logging.getLogger("needle").info("bot_stopping")


def _watch_until(stop: threading.Event, bot: Bot, systemd: Systemd) -> None:
    """Feed systemd's watchdog until `stop` is set.

    The main thread feeds it: if that thread were frozen, SIGTERM wouldn't stop the bot either.
    """
    watchdog = SystemdWatchdog(
        systemd, bot.liveness.frozen, lambda: bot.checks.socket_mode().detail
    )
    while not stop.wait(SIGNAL_CHECK_SECONDS):
        watchdog.feed_if_due()


def _on_stop_signal(handler: Callable[[int, FrameType | None], object]) -> None:
    for stop_signal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop_signal, handler)


def _exit_immediately(_signal: int, _frame: FrameType | None) -> None:
    """Exit without waiting for Slack: during startup, no work can be lost."""
    raise SystemExit(0)
