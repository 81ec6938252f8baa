"""The demo in a terminal: its progress, the ranking, and links to the web page."""

import logging
import signal
import time
from contextlib import suppress

from rich.console import Console

from bot.cli.run import SIGNAL_CHECK_SECONDS
from bot.cli.terminal import ranking_table
from bot.clock import utc_now
from bot.demo.cast import CHANNEL, STEWARD
from bot.demo.environment import demo_environment
from bot.demo.links import highlights
from bot.demo.progress import show_progress
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from domain.ranking.ranking import Ranking
from storage.boards import boards
from storage.database import Database


def demonstrate(*, once: bool, port: int) -> None:
    """Play the demo, then print the ranking and the page's address.

    Keep running until Ctrl-C or SIGTERM, or return right away if `once` is true.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    console = Console()
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop_signal, _exit)
    with suppress(SystemExit):
        _play(console, once=once, port=port)
    console.print("The demo has ended. Its Slack workspace and its database are deleted.")


def _play(console: Console, *, once: bool, port: int) -> None:
    console.print("Starting a local Slack and Needle …")
    with demo_environment(utc_now(), port) as demo:
        page = f"{demo.url}/?as={STEWARD}&channel={CHANNEL}"
        console.print(f"Open [link={page}]{page}[/link] to watch.")
        with show_progress(console) as report:
            demo.play(report)
        ranking_table.print_ranking(_ranking(demo.database))
        console.print(f"The web page: {page}")
        console.print("What to look at:")
        for what, where in highlights(demo):
            console.print(f"  {what:36} {where}", soft_wrap=True)
        if not once:
            console.print("Act as anyone: propose, score, react. Press Ctrl-C to end the demo.")
            while True:  # until `_exit`
                time.sleep(SIGNAL_CHECK_SECONDS)


def _ranking(database: Database) -> Ranking:
    with database.snapshot() as session:
        [board] = boards.list_all(session)
        return overview(BoardSnapshot(session, board)).ranking


def _exit(*_: object) -> None:
    """Raise SystemExit, so that the context managers stop what they started."""
    raise SystemExit(0)
