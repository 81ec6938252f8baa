"""Data of a project's history."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HistoryEntry:
    """An action of a person, at a time in the board's time zone."""

    at: datetime
    person: str
    action: str
    detail: str = ""
