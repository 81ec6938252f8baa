"""Data of the fires on a board."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BurningFire:
    """A fire that burns. `since` is in the board's time zone."""

    value: str
    label: str  # the value's label
    reason: str
    declared_by: str
    since: datetime
    reason_by: str | None = None  # who gave the reason, if someone else
