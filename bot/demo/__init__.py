"""Joins the bot and the sandbox, where people who don't exist act out a quarter."""

import logging
import signal
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import posting, terminal
from bot.content import overview
from bot.demo.acting import act_quarter
from bot.demo.story import CHANNEL, STEWARD, Idea
from bot.manifest import manifest
from bot.run import running
from bot.settings import RunSettings
from sandbox.client import SandboxClient
from sandbox.server import Sandbox
from storage import boards
from storage.database import Database
from storage.tables import PostKind
from values.ranking import Ranking


def demonstrate(*, once: bool, port: int) -> None:
    """Act the quarter, print the ranking and the page's address; stay up until Ctrl-C, or end."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    console = Console()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _leave)
    with suppress(SystemExit):
        _play(console, once=once, port=port)
    console.print("The demo has ended: its Slack and its store are gone.")


def _play(console: Console, *, once: bool, port: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Sandbox(manifest(), port=port) as sandbox:
        settings = RunSettings.model_validate(
            {
                "slack_bot_token": sandbox.bot_token,
                "slack_app_token": sandbox.app_token,
                "slack_api_url": sandbox.api_url,
                "database_url": f"sqlite:///{folder}/needle.db",
            }
        )
        page = f"{sandbox.url}/?as={STEWARD}&channel={CHANNEL}"
        console.print(f"A local Slack: [link={page}]{page}[/link] Open it to watch.")
        with running(settings) as database:
            _act(SandboxClient(sandbox.url), database, console)
            for kind in (PostKind.DIGEST, PostKind.ROADMAP):
                console.print(posting.post_now(settings, kind, CHANNEL))
            console.print(terminal.table(_ranking(database)))
            console.print(f"The page: {page}")
            if not once:
                console.print("Act as anyone there: propose, score, react. Ctrl-C ends it.")
                threading.Event().wait()


def _act(slack: SandboxClient, database: Database, console: Console) -> None:
    columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:

        def track(ideas: Iterable[Idea], what: str) -> Iterable[Idea]:
            return progress.track(list(ideas), description=what)

        act_quarter(slack, database, track)


def _ranking(database: Database) -> Ranking:
    with database.snapshot() as session:
        [board] = boards.every(session)
        return overview(session, board).ranking


def _leave(*_: object) -> None:
    """What was started is stopped on the way out."""
    raise SystemExit(0)
