"""Where the story is told: a sandbox, the bot on it, and the time that both go by."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.config import RunSettings
from bot.demo.calendar import Calendar
from bot.demo.cast import Cast
from bot.demo.playback import tell
from bot.demo.progress import Report
from bot.demo.script import ZONE
from bot.demo.waiting import PassingTime
from bot.service.service import Bot, running_bot
from bot.slack.manifest import manifest
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database


@dataclass(frozen=True)
class Stage:
    """All that it takes; `url` is the page's."""

    url: str
    cast: Cast
    bot: Bot
    time: PassingTime
    calendar: Calendar

    @property
    def database(self) -> Database:
        return self.bot.database

    def play(self, report: Report) -> None:
        """Tell the story to its end."""
        tell(self.cast, self.bot, self.time, self.calendar, report)


@contextmanager
def staged(end: datetime, port: int = 0) -> Iterator[Stage]:
    """Everything at the start of a story that ends then; the store is gone afterwards."""
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
        with running_bot(settings, time.now, throwaway=True) as bot:
            cast = Cast(SandboxClient(sandbox.url), bot.database, time.now)
            yield Stage(sandbox.url, cast, bot, time, calendar)
