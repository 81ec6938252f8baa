"""The ranking as a table for other programs: CSV, Markdown, or JSON.

Results that Slack hides until the quorum has scored are hidden here too.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape, strip_controls
from bot.views.blocks.formatting import quantity
from bot.views.data.export import ExportRow
from bot.views.parts.board_overview import SECTION_WORDS
from bot.views.replies.project_list import STATUS_WORDS
from domain.formatting import collapse_whitespace
from domain.projects.lifecycle import Status
from domain.ranking.charter import Charter
from domain.ranking.ranking import Section

# A spreadsheet reads text that starts with one of these as a formula:
# https://owasp.org/www-community/attacks/CSV_Injection
# In some spreadsheets, a cell starts after `;`: in Excel in half of Europe, and in LibreOffice
# everywhere. There, a quotation mark doesn't protect the text after `;`.
FORMULA_START = re.compile(r"""(^|;[\s"]*)(?=[=+\-@\t\r\n＝＋－＠])""")
# Punctuation that Markdown may interpret: https://spec.commonmark.org/0.31.2/#backslash-escapes
MARKDOWN_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
DECIMALS = 2
MAX_LENGTH = 5_000  # characters

COMMA, SEMICOLON = ",", ";"

Cell = str | int | float | None


def table_text(
    rows: Sequence[ExportRow], charter: Charter, file_format: str, delimiter: str = COMMA
) -> str:
    """Return the table as text. `file_format` is one of `FORMATS`, `delimiter` is for CSV only."""
    cells = [_cells(row, charter) for row in rows]
    return FORMATS[file_format](cells) if delimiter == COMMA else as_csv(cells, delimiter)


def _cells(row: ExportRow, charter: Charter) -> dict[str, Cell]:
    project, hidden = row.ranked.candidate, row.ranked.section is Section.UNSCORED
    impact = {
        f"impact_{key}": None if hidden else round(row.ranked.impact[key], DECIMALS)
        for key in charter.keys
    }
    return {
        "rank": row.ranked.rank,
        "project": project.id,
        "title": strip_controls(collapse_whitespace(project.title)),
        "section": str(row.ranked.section),
        "needle": None if hidden else round(row.ranked.needle, DECIMALS),
        **impact,
        "scored_by": row.ranked.scorer_count,
        "backers": len(project.backers),
        "effort_weeks": project.effort_weeks,
        "owner": row.owner and strip_controls(collapse_whitespace(row.owner)),
        "link": project.link,
        "status": row.status,
        "committed_for": row.quarter,
    }


def as_csv(rows: Sequence[dict[str, Cell]], delimiter: str = COMMA) -> str:
    """Return the rows as CSV. With a semicolon as the delimiter, numbers have a decimal comma.

    Excel opens a file with the list separator and the decimal separator of the system. It would
    read 2.5 as a date. A first line `sep=,` is no way out: Excel then ignores the byte order mark
    (https://github.com/Belphemur/vue-json-csv/issues/43), and other programs show the line as data.
    """
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
        writer.writerow(rows[0])
        for row in rows:
            cells = [_without_formula(cell) for cell in row.values()]
            writer.writerow(map(_with_decimal_comma, cells) if delimiter == SEMICOLON else cells)
    return out.getvalue()


def _with_decimal_comma(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def as_markdown(rows: Sequence[dict[str, Cell]]) -> str:
    if not rows:
        return ""
    header = [name.replace("impact_", "").replace("_", " ") for name in rows[0]]
    table = [
        header,
        ["---"] * len(header),
        *[[_markdown_cell(cell) for cell in _in_words(row).values()] for row in rows],
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in table)


def _in_words(row: dict[str, Cell]) -> dict[str, Cell]:
    """Return a row with the names that people see: CSV and JSON keep their stable names."""
    section, status = Section(str(row["section"])), Status(str(row["status"]))
    return row | {
        "section": SECTION_WORDS.get(section, str(section)),
        "status": STATUS_WORDS[status],
    }


def as_json(rows: Sequence[dict[str, Cell]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[dict[str, Cell]]], str]] = {
    "csv": as_csv,
    "md": as_markdown,
    "json": as_json,
}


def message(text: str, channel: str) -> block_kit.Message:
    """Return the table to copy, for one person. Cut a long table."""
    visible = text if len(text) <= MAX_LENGTH else text[: text.rindex("\n", 0, MAX_LENGTH) + 1]
    omitted_lines = text[len(visible) :].count("\n")
    parts = [
        block_kit.Part(
            [block_kit.code_block(visible)], [escape(line) for line in visible.splitlines()]
        )
    ]
    if omitted_lines:
        more = quantity(omitted_lines, "more line", "more lines")
        command = f"`needle export {channel}`"
        parts.append(
            block_kit.remark(f"and {more}. Whoever runs Needle can export everything: {command}.")
        )
    return block_kit.message(parts)


def _without_formula(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs as a formula. Negative numbers stay as they are."""
    return FORMULA_START.sub(r"\1'", cell) if isinstance(cell, str) else cell


def _markdown_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return MARKDOWN_PUNCTUATION.sub(r"\\\1", cell)
    return "" if cell is None else f"{cell:g}"
