"""The demo's environment: a sandbox, a running bot, and the simulated clock of both."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.config import RunSettings
from bot.demo.calendar import Calendar
from bot.demo.cast import Cast
from bot.demo.playback import play
from bot.demo.progress import ProgressCallback
from bot.demo.script import ZONE
from bot.demo.simulated_clock import SimulatedClock
from bot.service.service import Bot, running_bot
from bot.slack.manifest import manifest
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database


@dataclass(frozen=True)
class DemoEnvironment:
    """A demo that is ready to play. `url` is the address of its web page."""

    url: str
    cast: Cast
    bot: Bot
    time: SimulatedClock
    calendar: Calendar

    @property
    def database(self) -> Database:
        return self.bot.database

    def play(self, report: ProgressCallback) -> None:
        """Play the script to its end."""
        play(self.cast, self.bot, self.time, self.calendar, report)


@contextmanager
def demo_environment(end: datetime, port: int = 0) -> Iterator[DemoEnvironment]:
    """Start the sandbox and the bot for a demo that ends at `end`.

    The database and the workspace are deleted when the block ends.
    """
    calendar = Calendar(end, ZONE)
    time = SimulatedClock(calendar.start)
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
        with running_bot(settings, time.now, monotonic=time.monotonic, throwaway=True) as bot:
            cast = Cast(SandboxClient(sandbox.url), bot.database, time.now)
            yield DemoEnvironment(sandbox.url, cast, bot, time, calendar)
