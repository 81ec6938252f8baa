"""The projects of a quarter, planned or committed: as a table, and as a chart of their impact."""

from collections import Counter
from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import value_names
from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from bot.views.data.quarter import QuarterRow
from bot.views.parts import board_overview
from bot.views.parts.board_overview import EXPORT, MAX_ROWS
from bot.views.parts.roadmap_changes import MAX_REASON_LENGTH
from domain.formatting import collapse_whitespace, format_decimal, format_signed, shorten
from domain.planning.capacity import round_up_to_half_weeks
from domain.projects.lifecycle import RANKED_STATUSES

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
COLUMNS = ("Rank", "Project", "Needle", "State")
CARRIED_OVER_FIRST = "Carried-over projects come first."
NO_OWNER = "no owner"
CHART_TITLE = "Impact by value"


def roadmap_table(
    board: Overview, rows: Sequence[QuarterRow], remark: str = ""
) -> list[block_kit.Part]:
    """Show projects with their needle and state, and a remark, or that there are none."""
    if not rows:
        return [block_kit.remark("The roadmap has no projects.")]
    visible_rows, hidden_count = rows[:MAX_ROWS], len(rows) - MAX_ROWS
    header_row = [[block_kit.text(name, bold=True)] for name in COLUMNS]
    table = block_kit.table(
        [header_row, *[_cells(board, row) for row in visible_rows]], right=[2], fixed=[0, 3]
    )
    text_lines = [_row_text(board, row) for row in visible_rows]
    remarks = [*([CARRIED_OVER_FIRST] if _carried_over_first(rows) else []), remark]
    return [
        block_kit.Part([table], text_lines, EXPORT),
        *([block_kit.remark(f"and {hidden_count} more: `{EXPORT}`")] if hidden_count > 0 else []),
        *([block_kit.remark(" ".join(filter(None, remarks)))] if any(remarks) else []),
    ]


def _carried_over_first(rows: Sequence[QuarterRow]) -> bool:
    """Return whether carried-over projects stand above others, so that ranks jump."""
    flags = [row.item is not None and row.item.carried_over for row in rows]
    return any(flags) and not all(flags) and flags == sorted(flags, reverse=True)


def impact_chart(board: Overview, rows: Sequence[QuarterRow]) -> list[block_kit.Part]:
    """Show the total impact of the projects on each value, or nothing if there is none."""
    totals: Counter[str] = Counter()
    for row in rows:
        totals.update(row.item.impact if row.item else {})
    points = [
        (value, round(totals[value.key], 1))
        for value in board.charter.values
        if round(totals[value.key], 1)
    ]
    if not points:
        return []
    words = ", ".join(f"{value.inline_name} {format_signed(total)}" for value, total in points)
    chart = block_kit.bar_chart(
        CHART_TITLE, "Impact", {value.label: total for value, total in points}
    )
    return [block_kit.Part([chart], [f"{CHART_TITLE}: {words}"])]


def _cells(board: Overview, row: QuarterRow) -> list[list[block_kit.Inline]]:
    """Return a row's cells, none of them empty: Slack refuses an empty cell."""
    item = row.item
    return [
        [block_kit.text(f"{item.rank}" if item and item.rank else "–")],
        _project_cell(board, row),
        [block_kit.text(format_decimal(item.needle) if item and item.has_results else "–")],
        [block_kit.text(STATE_LABELS[row.status])],
    ]


def _project_cell(board: Overview, row: QuarterRow) -> list[block_kit.Inline]:
    """Return the project's name and, on a second line, its owner, values, weeks, and details."""
    helped = [value for value in board.charter.values if value.key in row.moved(board.charter)]
    details = " · ".join([_weeks(row.effort_weeks), *_details(row)])
    return [
        board_overview.card_link_to(board, row.number),
        block_kit.text("\n"),
        *_owner(row),
        *[block_kit.emoji(value.emoji) for value in helped],
        block_kit.text(f" · {details}" if helped else details),
    ]


def _owner(row: QuarterRow) -> list[block_kit.Inline]:
    """Return the project's owner. If a project with work to do has no owner, say so."""
    if row.owner:
        return [block_kit.mention(row.owner), block_kit.text(" · ")]
    return [block_kit.text(f"{NO_OWNER} · ")] if row.status in RANKED_STATUSES else []


def _row_text(board: Overview, row: QuarterRow) -> str:
    """Return a row in words. Its rank is the one of when the project joined."""
    item = row.item
    facts = [
        *([someone(row.owner)] if row.owner else []),
        *([NO_OWNER] if not row.owner and row.status in RANKED_STATUSES else []),
        *([f"rank {item.rank}"] if item and item.rank else []),
        *(
            [
                f"needle {format_decimal(item.needle)}",
                f"helps {value_names(row.moved(board.charter), board.charter) or 'no value'}",
            ]
            if item and item.has_results
            else []
        ),
        _weeks(row.effort_weeks),
        *([STATE_LABELS[row.status]] if row.merged_into is None else []),  # The details say it.
        *map(escape, _details(row)),
    ]
    return f"{escape(board.name_of(row.number))}: {', '.join(facts)}"


def _weeks(effort: float | None) -> str:
    """Return an effort as it counts, as `3 weeks`."""
    if effort is None:
        return "no estimate"
    rounded = round_up_to_half_weeks(effort)
    return "1 week" if rounded == 1 else f"{rounded:g} weeks"


def _details(row: QuarterRow) -> list[str]:
    """Return what else is to say about a project. It may contain text that people typed."""
    details = ["carried over"] if row.item and row.item.carried_over else []
    if row.merged_into is not None:
        details.append(f"merged into #{row.merged_into}")
    elif row.status in STATES_WITH_REASON and row.reason:
        details.append(shorten(collapse_whitespace(row.reason), MAX_REASON_LENGTH))
    elif row.status == "started" and row.steps:
        details.append(f"{row.steps_done} of {row.steps} steps")
    return details
