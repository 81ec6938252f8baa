"""The roadmap post of a committed quarter."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day_and_month, value_names, weeks
from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from bot.views.data.quarter import CommittedRoadmap, QuarterRow
from bot.views.parts import board_overview, capacity
from bot.views.parts.board_overview import MAX_ROWS
from bot.views.parts.roadmap_changes import MAX_REASON_LENGTH, changes
from bot.views.parts.software import software
from domain.formatting import collapse_whitespace, format_decimal, shorten
from domain.planning.retrospective import Retrospective
from domain.projects.software import software_balance

STATE_LABELS = {
    "open": "not started",
    "started": "started",
    "shipped": "shipped",
    "declined": "declined",
    "dropped": "dropped",
    "merged": "merged",
    "handed_off": "handed off",
}
STATES_WITH_REASON = ("declined", "dropped", "handed_off")
COLUMNS = ("Rank", "Project", "Needle", "Moves", "Weeks", "State")
NUMBER_COLUMNS = [COLUMNS.index("Rank"), COLUMNS.index("Needle"), COLUMNS.index("Weeks")]

HOW_TO_CHANGE = "Stewards change it, with a reason: `/roadmap change`."
HOW_TO_REVIEW = "The quarter has ended. `/roadmap retro` shows how it went."


def roadmap(committed: CommittedRoadmap) -> block_kit.Message:
    """Show the committed projects, their current states, and later changes.

    Until the quarter ends, also show the projects below the line.
    """
    board, commitment, rows = committed.board, committed.commitment, committed.rows
    progress, ended = committed.progress, committed.ended
    committed_numbers = {row.number for row in rows}
    below_line = [
        (ranked, weeks(ranked.candidate.effort_weeks))
        for ranked in board.in_rank_order
        if ranked.candidate.id not in committed_numbers
    ]
    expected = software_balance(
        board.proposals[number]
        for number in {*committed_numbers, *(project.number for project in progress.shipped)}
    )
    return block_kit.message(
        [
            block_kit.heading(f"Roadmap of #{board.channel} · {committed.quarter}"),
            block_kit.statement(
                f"Committed by {someone(commitment.committed_by)}"
                f" on {day_and_month(commitment.committed_at)}."
            ),
            *capacity.capacity(commitment.capacity, committed.budget),
            *_table(board, rows),
            *changes("Changed since", commitment.changes),
            *board_overview.project_list(
                board, "Shipped outside the roadmap", _shipped_unplanned(progress)
            ),
            *software(progress.software, expected),
            *([] if ended else board_overview.ranked_list(board, "Below the line", below_line)),
            *([] if ended else board_overview.held(board)),
            block_kit.remark(
                f"Ranked by charter version {commitment.charter_version}."
                f" {HOW_TO_REVIEW if ended else HOW_TO_CHANGE}"
            ),
        ]
    )


def _shipped_unplanned(progress: Retrospective) -> list[tuple[int, str]]:
    return [(project.number, "") for project in progress.shipped_unplanned]


def _table(board: Overview, rows: Sequence[QuarterRow]) -> list[block_kit.Part]:
    if not rows:
        return [block_kit.remark("It's empty.")]
    visible_rows = rows[:MAX_ROWS]
    header_row = [[block_kit.text(name, bold=True)] for name in COLUMNS]
    body_rows = [_cells(board, row) for row in visible_rows]
    text_lines = [_row_text(board, position, row) for position, row in enumerate(visible_rows, 1)]
    parts = [
        block_kit.Part(
            [block_kit.table([header_row, *body_rows], right=NUMBER_COLUMNS)], text_lines
        )
    ]
    if len(rows) > MAX_ROWS:
        parts.append(
            block_kit.remark(f"and {len(rows) - MAX_ROWS} more: `/roadmap export` has all.")
        )
    return parts


def _cells(board: Overview, row: QuarterRow) -> list[list[block_kit.Inline]]:
    """Return a row's cells, none of them empty: Slack refuses an empty cell."""
    item = row.item
    moved = [value for value in board.charter.values if value.key in row.moved(board.charter)]
    return [
        [block_kit.text(f"{item.rank}" if item and item.rank else "–")],
        [board_overview.card_link_to(board, row.number)],
        [block_kit.text(format_decimal(item.needle) if item else "–")],
        [block_kit.emoji(value.emoji) for value in moved] or [block_kit.text("–")],
        [block_kit.text("?" if row.effort_weeks is None else f"{round(row.effort_weeks, 1):g}")],
        [block_kit.text(_state_text(row))],
    ]


def _row_text(board: Overview, position: int, row: QuarterRow) -> str:
    """Return a row in words, counted by position: a project that came in later has no rank."""
    facts = []
    if row.item:
        facts += [f"rank {row.item.rank}"] if row.item.rank else []
        facts += [f"needle {format_decimal(row.item.needle)}"]
        facts += [f"moves {value_names(row.moved(board.charter), board.charter) or 'none'}"]
    effort = None if row.effort_weeks is None else round(row.effort_weeks, 1)
    facts += [weeks(effort), escape(_state_text(row))]
    return f"{position}. {escape(board.name_of(row.number))}: {', '.join(facts)}"


def _state_text(row: QuarterRow) -> str:
    """Return a row's state in words. It may contain text that people typed."""
    state = STATE_LABELS[row.status]
    if row.merged_into is not None:
        state = f"merged into #{row.merged_into}"
    elif row.status in STATES_WITH_REASON and row.reason:
        state = f"{state}: {shorten(collapse_whitespace(row.reason), MAX_REASON_LENGTH)}"
    elif row.status == "started" and row.steps:
        state = f"{state}, {row.steps_done} of {row.steps} steps"
    return f"carried over, {state}" if row.item and row.item.carried_over else state
