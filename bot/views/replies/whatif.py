"""`/roadmap whatif`: the ranking with other weights, beside the current one."""

from collections.abc import Mapping, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.board_overview import Overview
from bot.views.parts import board_overview
from bot.views.parts.board_overview import MAX_ROWS
from domain.formatting import format_decimal, join_with_and
from domain.ranking.ranking import RankedProject
from domain.ranking.whatif import RankChange

ONLY_YOU = "Only you can see this. It changes nothing. To change weights: `/roadmap charter`."


def whatif(
    board: Overview,
    weights: Mapping[str, float],
    rows: Sequence[RankChange],
    entering: Sequence[RankedProject],
    leaving: Sequence[RankedProject],
) -> block_kit.Message:
    """Compare the current ranking of `board` with `rows`, the ranking with other weights.

    `entering` and `leaving` are the projects that the quarter's plan would gain and lose.
    """
    return block_kit.message(
        [
            block_kit.heading(f"What-if ranking for #{board.channel}"),
            block_kit.statement(_condition(board, weights)),
            board_overview.fire_status(board),
            _table(board, rows),
            *_plan_changes(board, "Would join the quarter's plan", entering),
            *_plan_changes(board, "Would leave the quarter's plan", leaving),
            block_kit.remark(ONLY_YOU),
        ]
    )


def _condition(board: Overview, weights: Mapping[str, float]) -> str:
    changes = join_with_and(
        [
            f"{value.inline_name} had a weight of {weights[value.key]:g} instead of"
            f" {value.weight:g}"
            for value in board.charter.values
            if value.key in weights
        ]
    )
    return f"This is how projects would rank if {changes}."


def _table(board: Overview, rows: Sequence[RankChange]) -> block_kit.Part:
    if not rows:
        return board_overview.nothing_ranked(board)
    visible_rows = rows[:MAX_ROWS]
    columns = ("Rank", "Project", "Needle")
    table = block_kit.table(
        [
            [[block_kit.text(name, bold=True)] for name in columns],
            *[_cells(board, row) for row in visible_rows],
        ],
        right=(2,),
        fixed=(0,),
    )
    more = len(rows) - MAX_ROWS
    more_lines = [f"and {more} more"] if more > 0 else []
    return block_kit.Part(
        [table, *map(block_kit.note, more_lines)],
        [*[_row_text(board, row) for row in visible_rows], *more_lines],
    )


def _cells(board: Overview, row: RankChange) -> list[list[block_kit.Inline]]:
    return [
        [block_kit.text(f"{row.after.rank} {_movement(row)}".rstrip())],
        board_overview.project_cell(board, row.after),
        [block_kit.text(f"{format_decimal(row.after.needle)}\nnow {_needle_now(board, row)}")],
    ]


def _row_text(board: Overview, row: RankChange) -> str:
    """Return a row as `1. #3 Cache it: up 2, needle 14.3 (now 12.0), helps
    cost, 3 backers, …`.
    """
    facts = [
        board_overview.movement_in_words(_movement(row)),
        f"needle {format_decimal(row.after.needle)} (now {_needle_now(board, row)})",
        board_overview.project_facts(board, row.after),
    ]
    return f"{row.after.rank}. {escape(board.name(row.after))}: {', '.join(filter(None, facts))}"


def _needle_now(board: Overview, row: RankChange) -> str:
    now = board.ranking.find(row.after.candidate.id)
    return format_decimal(now.needle) if now else "–"


def _movement(row: RankChange) -> str:
    """Return how far the project would move, or an empty string if it wouldn't."""
    before = {} if row.rank_before is None else {str(row.after.candidate.id): row.rank_before}
    return board_overview.visible_movement(row.after, before)


def _plan_changes(
    board: Overview, title: str, rows: Sequence[RankedProject]
) -> list[block_kit.Part]:
    return board_overview.ranked_list(board, title, [(row, "") for row in rows])
