"""The demo in a terminal: its progress, the ranking, and links to its page."""

import logging
import signal
import threading
from contextlib import suppress

from rich.console import Console

from bot.cli import ranking_table
from bot.clock import utc_now
from bot.demo.cast import CHANNEL, STEWARD
from bot.demo.links import sights
from bot.demo.progress import reported
from bot.demo.stage import staged
from bot.presenters.board_overview import overview
from domain.ranking.ranking import Ranking
from storage.boards import boards
from storage.database import Database


def demonstrate(*, once: bool, port: int) -> None:
    """Play the demo, then print the ranking and the page's address.

    Keep running until Ctrl-C or SIGTERM, or return right away if `once` is true.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    console = Console()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _leave)
    with suppress(SystemExit):
        _play(console, once=once, port=port)
    console.print("The demo has ended: its Slack and its store are gone.")


def _play(console: Console, *, once: bool, port: int) -> None:
    console.print("Starting a local Slack, and Needle on it …")
    with staged(utc_now(), port) as stage:
        page = f"{stage.url}/?as={STEWARD}&channel={CHANNEL}"
        console.print(f"A local Slack: [link={page}]{page}[/link] Open it to watch.")
        with reported(console) as report:
            stage.play(report)
        console.print(ranking_table.table(_ranking(stage.database)))
        console.print(f"The page: {page}")
        console.print("What to look at there:")
        for what, where in sights(stage):
            console.print(f"  {what:36} {where}", soft_wrap=True)
        if not once:
            console.print("Act as anyone there: propose, score, react. Ctrl-C ends it.")
            threading.Event().wait()


def _ranking(database: Database) -> Ranking:
    with database.snapshot() as session:
        [board] = boards.list_all(session)
        return overview(session, board).ranking


def _leave(*_: object) -> None:
    """Raise SystemExit, so that the context managers stop what they started."""
    raise SystemExit(0)
