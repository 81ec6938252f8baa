"""Fires that burn on a board."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Burning:
    """A fire that burns. `since` is in the board's time zone."""

    value: str
    label: str  # of the value
    what: str
    by: str
    since: datetime
