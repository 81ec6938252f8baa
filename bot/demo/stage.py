"""Where the story is told: a sandbox, the bot on it, and the time that both go by."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.demo.acting import Cast
from bot.demo.calendar import Calendar
from bot.demo.passing import PassingTime
from bot.demo.story import ZONE
from bot.demo.telling import Progress, tell
from bot.manifest import manifest
from bot.run import running
from bot.settings import RunSettings
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database


@dataclass(frozen=True)
class Stage:
    """All that it takes; `url` is the page's."""

    url: str
    cast: Cast
    database: Database
    time: PassingTime
    calendar: Calendar

    def play(self, progress: Progress) -> None:
        tell(self.cast, self.database, self.time, self.calendar, progress)


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
        cast = Cast(SandboxClient(sandbox.url), settings, time.now)
        with running(settings, time.now) as database:
            yield Stage(sandbox.url, cast, database, time, calendar)
