"""Tells the story: lets time pass from one thing to the next, and has people do it."""

from collections.abc import Iterable
from itertools import groupby

from bot.demo.calendar import Calendar, Hour
from bot.demo.cast import Act, Cast
from bot.demo.progress import Report
from bot.demo.script import Happening, happenings
from bot.demo.waiting import PassingTime
from bot.service.service import Bot


def tell(cast: Cast, bot: Bot, time: PassingTime, calendar: Calendar, report: Report) -> None:
    """Tell the story up to the end that the calendar names; report each thing that happens."""
    story = happenings(calendar)
    told = 0
    for week, hour, acts in _hours(story):
        report(calendar.label(week), told / len(story))
        time.passes_until(calendar.at(week, hour), bot)
        for act in acts:
            report(calendar.label(week), told / len(story))
            act(cast)
            told += 1
        time.until_shown(bot)
    report("Now", 1)
    time.passes_until(calendar.end, bot)


def _hours(story: list[Happening]) -> Iterable[tuple[int, Hour, list[Act]]]:
    for (week, hour), happening in groupby(story, key=lambda each: each[:2]):
        yield week, hour, [act for _, _, act in happening]
