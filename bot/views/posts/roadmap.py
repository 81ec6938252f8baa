"""The roadmap post of a quarter that isn't committed yet."""

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import day_and_month
from bot.views.data.people import someone
from bot.views.data.quarter import PlannedRoadmap
from bot.views.parts import board_overview
from bot.views.parts.quarter_plan import quarter_plan
from domain.planning.commitment import UndoneCommit

NOT_COMMITTED = (
    "Not committed. This is the current plan. Stewards commit it with `/roadmap commit`."
)


def roadmap(planned: PlannedRoadmap) -> block_kit.Message:
    """Show the planned projects as a table, and those below the line as a list."""
    board = planned.board
    return block_kit.message(
        [
            block_kit.heading(f"Roadmap for #{board.channel} · {planned.quarter}"),
            *([_undone(planned.undone)] if planned.undone else []),
            block_kit.remark(NOT_COMMITTED),
            board_overview.fire_status(board),
            *quarter_plan(planned),
            *board_overview.held(board),
            *board_overview.out_of_scope(board),
            block_kit.remark(
                f"Ranked by charter version {board.charter_version}. The ranking informs; you"
                " decide."
            ),
        ]
    )


def _undone(undone: UndoneCommit) -> block_kit.Part:
    return block_kit.statement(
        f"On {day_and_month(undone.undone_at)}, {someone(undone.undone_by)} undid the commit."
    )
