"""A quarter's plan: the projects that fit its capacity, and those that don't."""

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import planned_weeks
from bot.views.data.board_overview import Overview
from bot.views.data.quarter import PlannedRoadmap
from bot.views.parts import board_overview, capacity
from bot.views.parts.board_overview import EXPORT
from bot.views.parts.roadmap_table import impact_chart, roadmap_table
from bot.views.parts.software import software
from domain.formatting import format_percent, join_with_and
from domain.planning.plan import Plan, SwapHint
from domain.projects.software import SoftwareBalance, software_balance
from domain.ranking.ranking import RankedProject

RANKS_SKIPPED = "If a rank isn't in this table, its project doesn't fit or has no effort estimate."


def quarter_plan(planned: PlannedRoadmap) -> list[block_kit.Part]:
    """Show the capacity, the planned projects, the others, and a better plan if there is one."""
    board, plan = planned.board, planned.plan
    return [
        *capacity.capacity(plan.capacity, plan.budget, is_committed=False),
        *(roadmap_table(board, planned.rows) if planned.rows else []),
        *([] if plan.planned else [_nothing_planned(planned)]),
        *([block_kit.remark(RANKS_SKIPPED)] if _skips_ranks(plan) else []),
        *impact_chart(board, planned.rows),
        *software(SoftwareBalance(), _expected_software(board, plan)),
        *board_overview.ranked_list(
            board, "Below the line (doesn't fit)", _with_effort(plan.left_out), EXPORT
        ),
        *board_overview.ranked_list(
            board, "Not planned (no effort estimate)", _with_effort(plan.unestimated), EXPORT
        ),
        *([plan_hint(plan.hint)] if plan.hint else []),
    ]


def _nothing_planned(planned: PlannedRoadmap) -> block_kit.Part:
    """Explain why no project is planned. Carried-over ones may stand above."""
    if not planned.board.in_rank_order:
        return board_overview.nothing_ranked(planned.board)
    other = "other ranked" if planned.rows else "ranked"
    return block_kit.remark(f"No {other} project with an effort estimate fits the free capacity.")


def _skips_ranks(plan: Plan) -> bool:
    """Return whether a planned project ranks below one that isn't planned."""
    lowest_rank = max((ranked.rank or 0 for ranked in plan.planned), default=0)
    return any((ranked.rank or 0) < lowest_rank for ranked in (*plan.left_out, *plan.unestimated))


def _with_effort(rows: tuple[RankedProject, ...]) -> list[tuple[RankedProject, str]]:
    return [(row, f"rank {row.rank} · {planned_weeks(row.candidate.effort_weeks)}") for row in rows]


def _expected_software(board: Overview, plan: Plan) -> SoftwareBalance:
    numbers = [*plan.carried_over, *(ranked.candidate.id for ranked in plan.planned)]
    return software_balance(board.proposals[number] for number in numbers)


def plan_hint(hint: SwapHint) -> block_kit.Part:
    """Show a swap that would raise the plan's total needle."""
    added, dropped = (
        join_with_and([f"#{ranked.candidate.id}" for ranked in projects])
        for projects in (hint.add, hint.drop)
    )
    instead = f" instead of {dropped}" if dropped else ""
    return block_kit.remark(
        f"Planning {added}{instead} would raise the plan's total needle by"
        f" {format_percent(hint.gain)}, and the plan would still fit the capacity. You decide.",
        ":bulb:",
    )
