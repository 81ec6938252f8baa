"""The quarterly roadmap, and what `/roadmap` answers to whoever asks."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape, lines
from bot.views.blocks.formatting import weeks
from bot.views.data.board_overview import Overview
from bot.views.data.quarter import PlannedRoadmap
from bot.views.parts import board_overview
from bot.views.parts.software import software
from domain.formatting import one_line
from domain.planning.plan import Hint, Plan
from domain.projects.software import Balance, balance
from domain.ranking.ranking import Ranked

NOTHING_FITS = "Nothing that is ranked with an effort fits."
SKIPPED = "A rank that is missing here is listed below: it does not fit, or has no effort."
OPEN = "Not committed to yet: what follows is the plan as it stands. `/roadmap commit` (stewards)."
AWAY = "Weeks away are counted alike in every quarter: `/roadmap settings` changes them."


def roadmap(planned: PlannedRoadmap) -> block_kit.Message:
    """Show what is planned as a table, and what is below the line as a list."""
    board = planned.board
    return block_kit.message(
        [
            block_kit.heading(f"Roadmap of #{board.channel} · {planned.quarter}"),
            block_kit.remark(OPEN),
            board_overview.weather(board),
            *_planned(board, planned.plan),
            *board_overview.held(board),
            block_kit.remark(
                f"Ranked by charter version {board.charter_version}. It informs; you decide."
            ),
        ]
    )


def plan_now(planned: PlannedRoadmap) -> block_kit.Message:
    """Show one person what the quarter would hold if it were planned now."""
    plan = planned.plan
    return block_kit.message(
        [
            block_kit.heading(f"Plan for {planned.quarter}, as it stands"),
            *_planned(planned.board, plan),
            *([block_kit.remark(AWAY)] if plan.capacity.weeks_away else []),
        ]
    )


def ranking(board: Overview, first: int = 1) -> block_kit.Message:
    """The ranking now, from its `first` rank on, for one person."""
    rows = board.in_order[first - 1 :]
    return block_kit.message(
        [
            block_kit.heading(f"Ranking of #{board.channel}"),
            board_overview.weather(board),
            board_overview.table(board, rows),
            *board_overview.held(board),
            *board_overview.unscored(board),
            *board_overview.out_of_scope(board),
            block_kit.remark("`/roadmap why N` says why; `/roadmap help` says what else."),
        ]
    )


def why(board: Overview, ranked: Ranked) -> block_kit.Message:
    """Why a project stands where it does, for one person."""
    name = f"#{ranked.project.id} {one_line(ranked.project.title)}"
    blocks = [
        block_kit.rich(block_kit.link(board.links.get(ranked.project.id), name, bold=True)),
        block_kit.section(ranked.why),
    ]
    return block_kit.Message(text=lines([escape(name), ranked.why]), blocks=blocks)


def _planned(board: Overview, plan: Plan) -> list[block_kit.Part]:
    """The plan: capacity, what it takes, what it leaves, and a better one if there is one."""
    return [
        block_kit.titled("Capacity", plan.capacity.arithmetic),
        block_kit.titled("Planned", f"{plan.used:g} engineer-weeks"),
        board_overview.table(board, plan.taken) if plan.taken else block_kit.remark(NOTHING_FITS),
        *([block_kit.remark(SKIPPED)] if _skips(plan) else []),
        *board_overview.projects(board, "Carried over", _carried_over(plan)),
        *software(Balance(), _software(board, plan)),
        *board_overview.listing(board, "Below the line", _with_effort(plan.left_out)),
        *board_overview.listing(
            board, "No effort given, so not planned", _with_effort(plan.no_effort)
        ),
        *([better(plan.hint)] if plan.hint else []),
    ]


def _skips(plan: Plan) -> bool:
    """Whether a project was taken that ranks below one that was not."""
    last = max((ranked.rank or 0 for ranked in plan.taken), default=0)
    return last > len(plan.taken)


def _with_effort(rows: tuple[Ranked, ...]) -> list[tuple[Ranked, str]]:
    return [(row, f"rank {row.rank} · {weeks(row.project.effort_weeks)}") for row in rows]


def _carried_over(plan: Plan) -> list[tuple[int, str]]:
    return [(number, f"{weeks(left)} left") for number, left in plan.carried_over.items()]


def _software(board: Overview, plan: Plan) -> Balance:
    numbers = [*plan.carried_over, *(ranked.project.id for ranked in plan.taken)]
    return balance(board.proposals[number] for number in numbers)


def better(hint: Hint) -> block_kit.Part:
    """A swap that would move the needle further."""
    added = ", ".join(f"#{ranked.project.id}" for ranked in hint.add)
    dropped = ", ".join(f"#{ranked.project.id}" for ranked in hint.drop) or "nothing"
    return block_kit.remark(
        f"{added} instead of {dropped} would move the needle {hint.gain:.0%} more"
        " in the same time. Your choice.",
        ":bulb:",
    )
