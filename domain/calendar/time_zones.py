"""Time zones: conversion of a local date and time to UTC."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator


def _check_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name} is not a time zone: write it like Europe/Dublin") from error
    return name


TimeZone = Annotated[str, AfterValidator(_check_time_zone)]


def to_utc(day: date, clock: time, zone: str) -> datetime:
    """Return the moment at which a clock in `zone` shows the time, in UTC.

    If the time comes twice, when clocks are set back, return the first. If it is skipped, when they
    are set forward, return the moment as long after midnight as the clock would have shown.
    """
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
