"""The current ranking and its explanations, shown to one person."""

from collections.abc import Collection

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape, join_lines
from bot.views.data.board_overview import Overview
from bot.views.parts import board_overview
from domain.formatting import collapse_whitespace
from domain.ranking.ranking import RankedProject


def ranking(
    board: Overview,
    first: int = 1,
    committed: Collection[int] | None = None,
    quarter: str = "",
) -> block_kit.Message:
    """Show the ranking from the rank `first` on.

    `committed` are the numbers of the current quarter's projects, or None if it isn't committed.
    Then, if `quarter` names it, the reply says how to commit.
    """
    rows = board.in_rank_order[first - 1 :]
    return block_kit.message(
        [
            block_kit.heading(f"Ranking of #{board.channel}"),
            board_overview.fire_status(board),
            board_overview.ranking_table(board, rows, committed=committed),
            *board_overview.held(board),
            *board_overview.unscored(board),
            *board_overview.out_of_scope(board),
            block_kit.remark("`/roadmap why 12` explains a rank. `/roadmap help` has the rest."),
            *([_commit_next(quarter)] if quarter and rows and committed is None else []),
        ]
    )


def _commit_next(quarter: str) -> block_kit.Part:
    return block_kit.statement(
        f"Nothing is committed for {quarter} yet. `/roadmap plan` shows what fits, and stewards"
        " commit with `/roadmap commit`."
    )


def why(board: Overview, ranked: RankedProject) -> block_kit.Message:
    """Explain a project's placement."""
    name = f"#{ranked.candidate.id} {collapse_whitespace(ranked.candidate.title)}"
    blocks = [
        block_kit.rich_text(block_kit.link(board.links.get(ranked.candidate.id), name, bold=True)),
        block_kit.section(ranked.explain()),
    ]
    return block_kit.Message(text=join_lines([escape(name), ranked.explain()]), blocks=blocks)
