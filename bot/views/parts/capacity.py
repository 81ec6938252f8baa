"""A quarter's capacity: how much of it is committed, and how it was computed."""

from bot.views.blocks import block_kit
from domain.formatting import format_percent
from domain.planning.capacity import Budget, Capacity, PeopleSource

BAR_CELLS = 20
PEOPLE_SOURCES = {
    PeopleSource.SETTING: ", as set in `/roadmap settings`.",
    PeopleSource.ACTIVITY: (
        ", the number of full members who scored, proposed, owned or shipped a project here in the"
        " last 90 days. Stewards can set another number in `/roadmap settings`."
    ),
}
SHARE_MEASURED = "what toil left for projects in the previous quarter"
SHARE_DEFAULT = "the default until the toil ledger covers four weeks of the previous quarter"


def capacity(
    capacity: Capacity, budget: Budget, *, is_committed: bool = True
) -> list[block_kit.Part]:
    """Show a bar of the budget, the arithmetic of the capacity, and where its numbers come from."""
    bar, sentence = _bar(budget), summary(budget, is_committed=is_committed)
    return [
        block_kit.Part([block_kit.section(f"*{sentence}*\n{bar}")], [sentence]),
        block_kit.remark(f"{capacity.calculation}.\n{_sources(capacity)}"),
    ]


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


def _sources(capacity: Capacity) -> str:
    people = "1 person" if capacity.people == 1 else f"{capacity.people:g} people"
    share = SHARE_MEASURED if capacity.share_is_measured else SHARE_DEFAULT
    return (
        f"{people}{PEOPLE_SOURCES[capacity.people_source]}"
        f" The planned share of {format_percent(capacity.planned_share)} is {share}."
    )
