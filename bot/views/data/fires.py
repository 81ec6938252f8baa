"""Fires that burn on a board."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BurningFire:
    """A fire that burns. `since` is in the board's time zone."""

    value: str
    label: str  # of the value
    reason: str
    declared_by: str
    since: datetime
