"""Time zones: the names that Needle accepts, and conversion of a local date and time to UTC."""

from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

DEFAULT_TIME_ZONE = "UTC"
# Debian lists each zone again under these names. `right/` counts leap seconds, which no other
# clock here does.
SYSTEM_PREFIXES = ("posix/", "right/")


@cache
def known_time_zones() -> frozenset[str]:
    """Return the names of the IANA time zones, from the package `tzdata`.

    `zoneinfo.available_timezones` returns these and the files of this host, such as `localtime`.
    Another host may not have such a file, or may have another zone in it.
    """
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def is_time_zone(name: str) -> bool:
    """Return whether the name means the same time zone on every host."""
    return name in known_time_zones()


def normalize_time_zone(name: str) -> str | None:
    """Return the name of the time zone that a stored name means, or None if it is unknown.

    Earlier versions accepted every file of the host that ran Needle.
    """
    for prefix in SYSTEM_PREFIXES:
        name = name.removeprefix(prefix)
    return name if is_time_zone(name) else None


def _check_time_zone(name: str) -> str:
    if not is_time_zone(name):
        raise ValueError(f"{name} is not a time zone: write it like Europe/Dublin")
    return name


TimeZone = Annotated[str, AfterValidator(_check_time_zone)]


def to_utc(day: date, clock: time, zone: str) -> datetime:
    """Return the moment at which a clock in `zone` shows the time, in UTC.

    If the time comes twice, when clocks are set back, return the first. If it is skipped, when they
    are set forward, return the moment as long after midnight as the clock would have shown.
    """
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
