"""Data of a project's history."""

from dataclasses import dataclass
from datetime import datetime

NOT_STARTED = "not_started"


@dataclass(frozen=True)
class HistoryEntry:
    """An action of a person, at a time in the board's time zone.

    `action` is the stored event, or NOT_STARTED if a started project became open again.
    """

    at: datetime
    person: str
    action: str
    detail: str = ""
