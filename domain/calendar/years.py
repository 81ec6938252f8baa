"""Years that Needle accepts in what people type, import, or choose.

Python's dates end at the years 1 and 9999. The days around a quarter or a time, and its form in
another time zone, must be valid dates too.
"""

from datetime import UTC, datetime

FIRST_YEAR = 1900
LAST_YEAR = 2200
YEAR_RANGE = f"{FIRST_YEAR} to {LAST_YEAR}"
FIRST_MOMENT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
AFTER_LAST_MOMENT = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)


def is_accepted(year: int) -> bool:
    """Return whether the year is in the range that people may use."""
    return FIRST_YEAR <= year <= LAST_YEAR
