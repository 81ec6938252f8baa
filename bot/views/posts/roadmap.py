"""The quarterly roadmap, and what `/roadmap` answers to whoever asks."""

from bot.views.blocks import block_kit as kit
from bot.views.blocks.escape import escape, lines, one_line
from bot.views.blocks.formatting import weeks
from bot.views.parts import board_overview as overview
from bot.views.parts.board_overview import Overview
from bot.views.parts.software import software
from domain.planning.plan import Hint, Plan
from domain.projects.software import Balance, balance
from domain.ranking.ranking import Ranked

NOTHING_FITS = "Nothing that is ranked with an effort fits."
SKIPPED = "A rank that is missing here is listed below: it does not fit, or has no effort."
OPEN = "Not committed to yet: what follows is the plan as it stands. `/roadmap commit` (stewards)."
AWAY = "Weeks away are counted alike in every quarter: `/roadmap settings` changes them."


def roadmap(board: Overview, quarter: str, plan: Plan) -> kit.Message:
    """`quarter` as people say it. One table: what is planned; below the line, a list."""
    return kit.message(
        [
            kit.heading(f"Roadmap of #{board.channel} · {quarter}"),
            kit.remark(OPEN),
            overview.weather(board),
            *_planned(board, plan),
            *overview.held(board),
            kit.remark(
                f"Ranked by charter version {board.charter_version}. It informs; you decide."
            ),
        ]
    )


def plan_now(board: Overview, quarter: str, plan: Plan) -> kit.Message:
    """What the quarter would hold if it were planned now, for one person."""
    return kit.message(
        [
            kit.heading(f"Plan for {quarter}, as it stands"),
            *_planned(board, plan),
            *([kit.remark(AWAY)] if plan.capacity.weeks_away else []),
        ]
    )


def ranking(board: Overview, first: int = 1) -> kit.Message:
    """The ranking now, from its `first` rank on, for one person."""
    rows = board.in_order[first - 1 :]
    return kit.message(
        [
            kit.heading(f"Ranking of #{board.channel}"),
            overview.weather(board),
            overview.table(board, rows),
            *overview.held(board),
            *overview.unscored(board),
            *overview.out_of_scope(board),
            kit.remark("`/roadmap why N` says why; `/roadmap help` says what else."),
        ]
    )


def why(board: Overview, ranked: Ranked) -> kit.Message:
    """Why a project stands where it does, for one person."""
    name = f"#{ranked.project.id} {one_line(ranked.project.title)}"
    blocks = [
        kit.rich(kit.link(board.links.get(ranked.project.id), name, bold=True)),
        kit.section(ranked.why),
    ]
    return kit.Message(text=lines([escape(name), ranked.why]), blocks=blocks)


def _planned(board: Overview, plan: Plan) -> list[kit.Part]:
    """The plan: capacity, what it takes, what it leaves, and a better one if there is one."""
    return [
        kit.titled("Capacity", plan.capacity.arithmetic),
        kit.titled("Planned", f"{plan.used:g} engineer-weeks"),
        overview.table(board, plan.taken) if plan.taken else kit.remark(NOTHING_FITS),
        *([kit.remark(SKIPPED)] if _skips(plan) else []),
        *overview.projects(board, "Carried over", _carried_over(plan)),
        *software(Balance(), _software(board, plan)),
        *overview.listing(board, "Below the line", _with_effort(plan.left_out)),
        *overview.listing(board, "No effort given, so not planned", _with_effort(plan.no_effort)),
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


def better(hint: Hint) -> kit.Part:
    """A swap that would move the needle further."""
    added = ", ".join(f"#{ranked.project.id}" for ranked in hint.add)
    dropped = ", ".join(f"#{ranked.project.id}" for ranked in hint.drop) or "nothing"
    return kit.remark(
        f"{added} instead of {dropped} would move the needle {hint.gain:.0%} more"
        " in the same time. Your choice.",
        ":bulb:",
    )
