"""A quarter's capacity: how much of it is committed, and how it was computed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import day_and_month
from domain.formatting import format_percent
from domain.planning.capacity import Budget, Capacity, PeopleSource
from domain.planning.commitment import Commitment

BAR_CELLS = 20
PEOPLE_SOURCES = {
    PeopleSource.SETTING: ", as set in `/roadmap settings`{then}.",
    PeopleSource.ACTIVITY: (
        ", the number of full members who scored, proposed, owned or shipped a project here in the"
        " last 90 days{then}. Stewards can set another number in `/roadmap settings`."
    ),
}
SHARE_MEASURED = "the share that remained after toil in the previous quarter"
SHARE_DEFAULT = (
    "the default, because the toil ledger covered less than four weeks of the previous quarter"
)


def capacity(
    capacity: Capacity, budget: Budget, *, is_committed: bool = True
) -> list[block_kit.Part]:
    """Show a bar of the budget, the arithmetic of the capacity, and where its numbers come from."""
    sentence = summary(budget, is_committed=is_committed)
    return _parts(sentence, budget, [f"{capacity.calculation}.", _sources(capacity)])


def committed_capacity(
    commitment: Commitment, budget: Budget, weeks_left: float | None = None
) -> list[block_kit.Part]:
    """Show the capacity at the commit, and the capacity of the weeks that are left.

    Leave out the latter if the weeks left are unknown, zero, or as many as at the commit.
    """
    on = day_and_month(commitment.committed_at)
    lines = [
        f"The capacity was calculated on the day of the commit, {on}.",
        f"{commitment.capacity.calculation}.",
        _sources(commitment.capacity, " on that day"),
    ]
    if weeks_left is not None and 0 < weeks_left < commitment.capacity.weeks:
        lines.append(_rest(commitment.capacity, weeks_left))
    return _parts(summary(budget), budget, lines)


def _parts(sentence: str, budget: Budget, lines: Sequence[str]) -> list[block_kit.Part]:
    return [
        block_kit.Part([block_kit.section(f"*{sentence}*\n{_bar(budget)}")], [sentence]),
        block_kit.remark("\n".join(lines)),
    ]


def _rest(committed: Capacity, weeks_left: float) -> str:
    """Return the capacity of the rest of the quarter, with the commit's people and share."""
    rest = replace(committed, weeks=weeks_left, weeks_away=0)
    away = " Weeks away aren't subtracted." if committed.weeks_away else ""
    are_left = "week is" if weeks_left == 1 else "weeks are"
    return (
        f"{weeks_left:g} {are_left} left. With the same people and share: {rest.calculation}.{away}"
    )


def summary(budget: Budget, *, is_committed: bool = True) -> str:
    """Return a budget as `Capacity 55.5 · committed 37.5 (9 carried over) · free 18`.

    Until the quarter is committed, it says *planned* instead.
    """
    verb = "committed" if is_committed else "planned"
    carried_over = f" ({budget.carried_over:g} carried over)" if budget.carried_over else ""
    rest = f"free {budget.free:g}" if budget.free >= 0 else f"{-budget.free:g} over capacity"
    return f"Capacity {budget.capacity:g} · {verb} {budget.committed:g}{carried_over} · {rest}"


def _bar(budget: Budget) -> str:
    """Draw the budget: carried over, new, and free. The bar has the same length over capacity."""
    whole = max(budget.capacity, budget.committed)
    if not whole:
        return "░" * BAR_CELLS
    carried_over = round(BAR_CELLS * budget.carried_over / whole)
    committed = round(BAR_CELLS * budget.committed / whole)
    return "▓" * carried_over + "█" * (committed - carried_over) + "░" * (BAR_CELLS - committed)


def _sources(capacity: Capacity, then: str = "") -> str:
    """Say where the numbers come from. `then` says since when, if that isn't today."""
    people = "1 person" if capacity.people == 1 else f"{capacity.people:g} people"
    share = SHARE_MEASURED if capacity.share_is_measured else SHARE_DEFAULT
    return (
        f"{people}{PEOPLE_SOURCES[capacity.people_source].format(then=then)}"
        f" {format_percent(capacity.planned_share)} of working time is planned for projects:"
        f" {share}."
    )
