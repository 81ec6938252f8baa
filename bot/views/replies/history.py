"""A project's history, shown to one person."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import date_and_time, quantity
from bot.views.data.history import HistoryEntry
from bot.views.data.project_state import ProjectReference
from bot.views.parts.history import inline_parts, text_line
from bot.views.parts.project_state import card_link

MAX_ENTRIES = 25


def history(project: ProjectReference, entries: Sequence[HistoryEntry]) -> block_kit.Message:
    """Show the history, oldest first. Omit the oldest entries of a long history."""
    listed = entries[-MAX_ENTRIES:]
    earlier = len(entries) - len(listed)
    list_part = block_kit.Part(
        [block_kit.bullets([_bullet(entry) for entry in listed])],
        [_text_line(entry) for entry in listed],
    )
    heading = block_kit.rich_text(block_kit.text("History of ", bold=True), card_link(project))
    return block_kit.message(
        [
            block_kit.Part([heading], [escape(f"History of {project.name}")]),
            *([block_kit.remark(_omitted(earlier))] if earlier else []),
            list_part,
            block_kit.remark("The history doesn't show scores."),
        ]
    )


def _omitted(earlier: int) -> str:
    count = quantity(earlier, "earlier entry isn't", "earlier entries aren't")
    return f"{count} shown."


def _bullet(entry: HistoryEntry) -> list[block_kit.Inline]:
    return [block_kit.text(f"{date_and_time(entry.at)}: "), *inline_parts(entry)]


def _text_line(entry: HistoryEntry) -> str:
    return f"{date_and_time(entry.at)}: {text_line(entry)}"
