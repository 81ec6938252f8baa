"""`needle run`: the bot as a process."""

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


def run(
    *,
    health_port: Annotated[
        int | None, typer.Option(help="Answer /live, /ready and /metrics there; 0 takes any.")
    ] = None,
    health_host: Annotated[str, typer.Option(help="Where to answer them.")] = "127.0.0.1",
) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C)."""
    configure_logging()
    _when_told_to_stop(_end_at_once)
    health = None if health_port is None else (health_host, health_port)
    with reported(), running(RunSettings(), health=health):
        stop = threading.Event()
        _when_told_to_stop(lambda *_: stop.set())
        gc.freeze()  # later collections skip what exists now: a ranking takes a fifth less
        logging.getLogger("needle").info("bot_started")
        stop.wait()
        logging.getLogger("needle").info("bot_stopping")


def _when_told_to_stop(do: Callable[[int, FrameType | None], object]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, do)


def _end_at_once(_signal: int, _frame: FrameType | None) -> None:
    """Exit without waiting for Slack: during startup, no work can be lost."""
    raise SystemExit(0)
