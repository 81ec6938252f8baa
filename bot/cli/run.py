"""`needle run`: the bot process."""

import gc
import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Annotated

import typer

from bot.cli.errors import reported
from bot.config import RunSettings
from bot.service.logs import configure_logging
from bot.service.service import running

# The system may deliver a signal to any thread, and Python calls the handler in the main thread. A
# wait without a time-out would keep that asleep: https://docs.python.org/3/library/signal.html
SIGNAL_CHECK_SECONDS = 0.5


def run(
    *,
    health_port: Annotated[
        int | None,
        typer.Option(
            metavar="PORT",
            help="Serve /live, /ready, and /metrics on this port; 0 for any free one.",
        ),
    ] = None,
    health_host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to serve them on.")
    ] = "127.0.0.1",
) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    The log goes to standard error as JSON lines.
    """
    configure_logging()
    _on_stop_signal(_exit_immediately)
    health = None if health_port is None else (health_host, health_port)
    with reported(), running(RunSettings(), health=health):
        stop = threading.Event()
        _on_stop_signal(lambda *_: stop.set())
        gc.freeze()  # later collections skip what exists now: a ranking takes a fifth less
        logging.getLogger("needle").info("bot_started")
        while not stop.wait(SIGNAL_CHECK_SECONDS):
            pass
        logging.getLogger("needle").info("bot_stopping")


def _on_stop_signal(handler: Callable[[int, FrameType | None], object]) -> None:
    for stop_signal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop_signal, handler)


def _exit_immediately(_signal: int, _frame: FrameType | None) -> None:
    """Exit without waiting for Slack: during startup, no work can be lost."""
    raise SystemExit(0)
