"""A recording: a store, the Slack workspace that belongs to it, and the facts in both."""

import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.reconciler.intervals import Intervals

Json = dict[str, Any]

STORES = Path(__file__).parent / "stores"
TOKEN = re.compile(r"x(?:ox[a-z]|app)-")
LARGEST = 300_000  # bytes in a file
# Removes the bot's own waits. Slack's rate limits still apply.
QUICK = Intervals(
    between_posts=timedelta(0), between_redraws=timedelta(0), debounce=timedelta(seconds=0.02)
)


@dataclass(frozen=True)
class Recording:
    """A recording. `ended_at` is when the bot stopped, by the bot's clock."""

    ended_at: datetime
    facts: Json
    slack: Json
    statements: str  # SQL

    @classmethod
    def read(cls, folder: Path) -> "Recording":
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        return cls(
            ended_at=datetime.fromisoformat(facts.pop("ended_at")),
            facts=facts,
            slack=json.loads((folder / "slack.json").read_text(encoding="utf-8")),
            statements=(folder / "store.sql").read_text(encoding="utf-8"),
        )

    def write(self, folder: Path) -> None:
        """Write the files into a new folder.

        Raise ValueError if a file holds a token or is too large. Raise FileExistsError if the
        folder exists: a recording must never change.
        """
        facts = {"ended_at": self.ended_at.isoformat(), **self.facts}
        texts = {"facts.json": _text(facts), "slack.json": _text(self.slack)}
        texts["store.sql"] = self.statements
        for name, text in texts.items():
            if TOKEN.search(text):
                raise ValueError(f"{name} holds a token")
            if len(text.encode()) > LARGEST:
                raise ValueError(f"{name} is larger than {LARGEST} bytes: shorten the story")
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")

    def restore(self, store: Path) -> None:
        """Create the SQLite file from the recorded SQL."""
        connection = sqlite3.connect(store)
        connection.executescript(self.statements)
        connection.close()


def statements_of(store: Path) -> str:
    """Return the SQL that recreates an SQLite file."""
    connection = sqlite3.connect(store)
    dumped = "\n".join(connection.iterdump())
    connection.close()
    return f"{dumped}\n"


def _text(shape: Json) -> str:
    return json.dumps(shape, indent=1, ensure_ascii=False) + "\n"
