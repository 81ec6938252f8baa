"""A project's history, shown to one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import date_and_time
from bot.views.data.people import someone
from bot.views.data.project_state import ProjectReference
from bot.views.parts.project_state import card_link
from domain.formatting import collapse_whitespace, shorten

MAX_ENTRIES = 25
MAX_DETAIL_LENGTH = 300
# Keyed by the stored action. A person typed the text after a colon.
ACTION_PHRASES = {
    "proposed": "proposed it",
    "edited": "edited it",
    "step_done": "ticked off a step",
    "step_undone": "unticked a step",
    "took_in": "merged another project into it",
    "open": "reopened it",
    "started": "started it",
    "shipped": "shipped it",
    "declined": "declined it",
    "dropped": "dropped it",
    "merged": "merged it into another project",
    "handed_off": "marked it as out of scope",
    "committed": "committed to it",
    "taken_in": "added it to the quarter",
    "taken_out": "removed it from the quarter",
}


@dataclass(frozen=True)
class HistoryEntry:
    """An action of a person, at a time in the board's time zone."""

    at: datetime
    person: str
    action: str
    detail: str = ""


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
            *([block_kit.remark(f"{earlier} earlier entries aren't shown.")] if earlier else []),
            list_part,
            block_kit.remark("Scores aren't part of the history: scoring is blind."),
        ]
    )


def _bullet(entry: HistoryEntry) -> list[block_kit.Inline]:
    return [
        block_kit.text(f"{date_and_time(entry.at)}: "),
        block_kit.mention(entry.person),
        block_kit.text(f" {_action_text(entry)}"),
    ]


def _text_line(entry: HistoryEntry) -> str:
    return f"{date_and_time(entry.at)}: {someone(entry.person)} {escape(_action_text(entry))}"


def _action_text(entry: HistoryEntry) -> str:
    phrase = ACTION_PHRASES.get(entry.action, entry.action)
    return (
        f"{phrase}: {shorten(collapse_whitespace(entry.detail), MAX_DETAIL_LENGTH)}"
        if entry.detail
        else phrase
    )
