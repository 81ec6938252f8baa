"""Playback of the demo's script: time passes between steps, and people take them."""

from collections.abc import Iterable
from itertools import groupby

from bot.demo.calendar import Calendar, TimeSlot
from bot.demo.cast import Cast, Step
from bot.demo.progress import ProgressCallback
from bot.demo.script import ScheduledStep, build_script
from bot.demo.simulated_clock import SimulatedClock
from bot.service.service import Bot


def play(
    cast: Cast, bot: Bot, time: SimulatedClock, calendar: Calendar, report: ProgressCallback
) -> None:
    """Play the script up to the calendar's end. Report progress before each step."""
    script = build_script(calendar)
    done = 0
    for week, slot, steps in _by_slot(script):
        report(calendar.label(week), done / len(script))
        time.advance_to(calendar.at(week, slot), bot)
        for step in steps:
            report(calendar.label(week), done / len(script))
            step(cast)
            done += 1
        time.wait_until_shown(bot)
    report("Now", 1)
    time.advance_to(calendar.end, bot)


def _by_slot(script: list[ScheduledStep]) -> Iterable[tuple[int, TimeSlot, list[Step]]]:
    for (week, slot), scheduled in groupby(script, key=lambda item: item[:2]):
        yield week, slot, [step for _, _, step in scheduled]
