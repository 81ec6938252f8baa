"""The roadmap post of a committed quarter."""

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import day_and_month, planned_weeks
from bot.views.data.people import someone
from bot.views.data.quarter import CommittedRoadmap
from bot.views.parts import board_overview, capacity
from bot.views.parts.board_overview import EXPORT
from bot.views.parts.roadmap_changes import changes
from bot.views.parts.roadmap_table import impact_chart, roadmap_table
from bot.views.parts.software import software
from domain.planning.retrospective import Retrospective
from domain.projects.software import software_balance

NOT_CHOSEN = "Below the line (not in the roadmap)"
AS_COMMITTED = (
    "Ranks and needles are from the day of the commit or, for projects added later, from the day"
    " they were added."
)
NO_CHANGES = block_kit.remark("No changes since the commit.")
HOW_TO_CHANGE = "To change the roadmap, stewards type `/roadmap change` and give a reason."
HOW_TO_REVIEW = "The quarter has ended. `/roadmap retro` shows how it went."


def roadmap(committed: CommittedRoadmap, weeks_left: float | None = None) -> block_kit.Message:
    """Show the committed projects, their current states, and later changes.

    Until the quarter ends, also show the ranked projects that aren't in the roadmap: some may fit.
    `weeks_left` is the rest of the quarter. A post leaves out the weeks and the remark that nothing
    has changed, because both become outdated.
    """
    board, commitment, rows = committed.board, committed.commitment, committed.rows
    progress, ended = committed.progress, committed.ended
    committed_numbers = {row.number for row in rows}
    not_chosen = [
        (ranked, planned_weeks(ranked.candidate.effort_weeks))
        for ranked in board.in_rank_order
        if ranked.candidate.id not in committed_numbers
    ]
    expected = software_balance(
        board.proposals[number]
        for number in {*committed_numbers, *(project.number for project in progress.shipped)}
    )
    return block_kit.message(
        [
            block_kit.heading(f"Roadmap for #{board.channel} · {committed.quarter}"),
            block_kit.statement(
                f"Committed by {someone(commitment.committed_by)}"
                f" on {day_and_month(commitment.committed_at)}."
            ),
            *capacity.committed_capacity(commitment, committed.budget, weeks_left),
            *roadmap_table(board, rows, AS_COMMITTED),
            *impact_chart(board, rows),
            *changes("Changes since the commit", commitment.changes),
            *([NO_CHANGES] if weeks_left is not None and not commitment.changes else []),
            *board_overview.project_list(
                board, "Shipped outside the roadmap", _shipped_unplanned(progress)
            ),
            *software(progress.software, expected),
            *([] if ended else board_overview.ranked_list(board, NOT_CHOSEN, not_chosen, EXPORT)),
            *([] if ended else board_overview.held(board)),
            *([] if ended else board_overview.out_of_scope(board)),
            block_kit.remark(
                f"Ranked by charter version {commitment.charter_version}."
                f" {HOW_TO_REVIEW if ended else HOW_TO_CHANGE}"
            ),
        ]
    )


def _shipped_unplanned(progress: Retrospective) -> list[tuple[int, str]]:
    return [(project.number, "") for project in progress.shipped_unplanned]
