"""Tells the story: lets time pass from one thing to the next, and has people do it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from bot.demo.calendar import Calendar
from bot.demo.cast import Cast
from bot.demo.script import Happening, happenings
from bot.demo.waiting import PassingTime
from storage.database import Database

Progress = Callable[[str, float], object]


def tell(
    cast: Cast, database: Database, time: PassingTime, calendar: Calendar, progress: Progress
) -> None:
    """Until the end that the calendar names; `progress` is told what is being told, and how far."""
    whole = calendar.end - calendar.start
    for moment, week, acts in _hours(calendar):
        progress(calendar.label(week), (moment - calendar.start) / whole)
        time.passes_until(moment, database)
        for _, _, act in acts:
            act(cast)
        time.until_shown(database)
    progress("Now", 1)
    time.passes_until(calendar.end, database)


def _hours(calendar: Calendar) -> Iterable[tuple[datetime, int, list[Happening]]]:
    for (week, hour), acts in groupby(happenings(calendar), key=lambda each: each[:2]):
        yield calendar.at(week, hour), week, list(acts)
