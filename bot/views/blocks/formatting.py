"""Numbers, dates, and value names as Needle writes them."""

from datetime import date, datetime

from domain.formatting import MINUS_SIGN, join_with_and
from domain.planning.capacity import round_up_to_half_weeks
from domain.projects.progress import Progress
from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import RankedProject


def weeks(effort: float | None) -> str:
    """Return an effort as `3 engineer-weeks`."""
    if effort is None:
        return "no effort estimate"
    return "1 engineer-week" if effort == 1 else f"{effort:g} engineer-weeks"


def planned_weeks(effort: float | None) -> str:
    """Return an effort as it counts in a plan, rounded up to half weeks, as `3 engineer-weeks`."""
    return weeks(None if effort is None else round_up_to_half_weeks(effort))


def day(on: date) -> str:
    """Return a date as `3 Oct 2026`."""
    return f"{on.day} {on:%b %Y}"


def day_and_month(on: date) -> str:
    """Return a date as `3 Oct`, where the year is obvious."""
    return f"{on.day} {on:%b}"


def short_date(on: date, today: date) -> str:
    """Return a date as `3 May`, or as `3 May 2025` if it isn't in this year."""
    return f"{on.day} {on:%b}" if on.year == today.year else f"{on.day} {on:%b %Y}"


def date_and_time(at: datetime) -> str:
    """Return a time as `3 May 2026, 14:05`, with the month's short name."""
    return f"{at.day} {at:%b %Y}, {at:%H:%M}"


def weekday_and_time(at: datetime) -> str:
    """Return a time as `Sunday 3 May, 14:05`."""
    return f"{at:%A} {day_and_month(at)}, {at:%H:%M}"


def signed_impact(impact: int) -> str:
    """Return one person's impact as `+3`, `0`, or `−2`."""
    return f"{impact:+d}".replace("-", MINUS_SIGN) if impact else "0"


def quantity(number: int, singular: str, plural: str) -> str:
    """Return a number with the singular or plural noun."""
    return f"1 {singular}" if number == 1 else f"{number} {plural}"


def times(count: float) -> str:
    """Return how often something happens, as `once`, `4 times`, or `1.5 times`."""
    rounded = f"{round(count, 1):g}"
    return "once" if rounded == "1" else f"{rounded} times"


def steps_done(progress: Progress) -> str:
    """Return progress as `2 of 4 steps done`."""
    steps = "step" if progress.total == 1 else "steps"
    return f"{progress.done} of {progress.total} {steps} done"


def value_names(keys: tuple[str, ...] | list[str], charter: Charter) -> str:
    """Return values by name, for the middle of a sentence."""
    return join_with_and([value.inline_name for value in charter.values if value.key in keys])


def moved_values(ranked: RankedProject, charter: Charter) -> list[Value]:
    """Return the values that a project moves, in charter order."""
    return [value for value in charter.values if value.key in ranked.moved]


def hurt_values(ranked: RankedProject, charter: Charter) -> list[Value]:
    """Return the number-one values that a project hurts, for which it is held."""
    return [
        value
        for value in charter.values
        if value.number_one and ranked.impact[value.key] <= -charter.moves_at
    ]
