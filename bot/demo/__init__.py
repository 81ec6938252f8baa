"""Joins the bot and the sandbox, where people who don't exist act out two quarters."""

import logging
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import rich.progress
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn

from bot import terminal
from bot.clock import utc_now
from bot.content import overview
from bot.demo.acting import CHANNEL, STEWARD, Cast
from bot.demo.calendar import Calendar
from bot.demo.passing import PassingTime
from bot.demo.story import ZONE
from bot.demo.telling import Progress, tell
from bot.manifest import manifest
from bot.run import running
from bot.settings import RunSettings
from sandbox.client import SandboxClient
from sandbox.server import Sandbox
from storage import boards
from storage.database import Database
from values.ranking import Ranking


def demonstrate(*, once: bool, port: int) -> None:
    """Act the quarters, print the ranking and the page's address; stay up until Ctrl-C, or end."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    console = Console()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _leave)
    with suppress(SystemExit):
        _play(console, once=once, port=port)
    console.print("The demo has ended: its Slack and its store are gone.")


def _play(console: Console, *, once: bool, port: int) -> None:
    with staged(utc_now(), port) as stage:
        page = f"{stage.url}/?as={STEWARD}&channel={CHANNEL}"
        console.print(f"A local Slack: [link={page}]{page}[/link] Open it to watch.")
        _show(stage, console)
        console.print(terminal.table(_ranking(stage.database)))
        console.print(f"The page: {page}")
        if not once:
            console.print("Act as anyone there: propose, score, react. Ctrl-C ends it.")
            threading.Event().wait()


@dataclass(frozen=True)
class Stage:
    """A sandbox, the bot on it, and the time that both go by."""

    url: str
    cast: Cast
    database: Database
    time: PassingTime
    calendar: Calendar

    def play(self, progress: Progress) -> None:
        tell(self.cast, self.database, self.time, self.calendar, progress)


@contextmanager
def staged(end: datetime, port: int = 0) -> Iterator[Stage]:
    """Everything at the story's start; the store is gone afterwards."""
    calendar = Calendar(end, ZONE)
    time = PassingTime(calendar.start)
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(manifest(), port=port, clock=time.epoch) as sandbox,
    ):
        settings = RunSettings.model_validate(
            {
                "slack_bot_token": sandbox.bot_token,
                "slack_app_token": sandbox.app_token,
                "slack_api_url": sandbox.api_url,
                "database_url": f"sqlite:///{folder}/needle.db",
            }
        )
        with running(settings, time.now) as database:
            yield Stage(
                sandbox.url,
                Cast(SandboxClient(sandbox.url), settings, time.now),
                database,
                time,
                calendar,
            )


def _show(stage: Stage, console: Console) -> None:
    columns = (TextColumn("{task.description:20}"), BarColumn(), TaskProgressColumn())
    with rich.progress.Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=1)
        stage.play(lambda what, part: bar.update(task, description=what, completed=part))


def _ranking(database: Database) -> Ranking:
    with database.snapshot() as session:
        [board] = boards.every(session)
        return overview(session, board).ranking


def _leave(*_: object) -> None:
    """What was started is stopped on the way out."""
    raise SystemExit(0)
