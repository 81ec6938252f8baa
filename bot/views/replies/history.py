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
# Keyed by the stored action. The text after a colon is what a person typed.
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


def history(place: ProjectReference, acts: Sequence[HistoryEntry]) -> block_kit.Message:
    """Show the history, oldest first. A long one loses its beginning."""
    shown = acts[-MAX_ENTRIES:]
    earlier = len(acts) - len(shown)
    listed = block_kit.Part(
        [block_kit.bullets([_shown(act) for act in shown])], [_said(act) for act in shown]
    )
    heading = block_kit.rich_text(block_kit.text("History of ", bold=True), card_link(place))
    return block_kit.message(
        [
            block_kit.Part([heading], [escape(f"History of {place.name}")]),
            *([block_kit.remark(f"{earlier} earlier entries aren't shown.")] if earlier else []),
            listed,
            block_kit.remark("Scores aren't part of the history: scoring is blind."),
        ]
    )


def _shown(act: HistoryEntry) -> list[block_kit.Inline]:
    return [
        block_kit.text(f"{date_and_time(act.at)}: "),
        block_kit.mention(act.person),
        block_kit.text(f" {_did(act)}"),
    ]


def _said(act: HistoryEntry) -> str:
    return f"{date_and_time(act.at)}: {someone(act.person)} {escape(_did(act))}"


def _did(act: HistoryEntry) -> str:
    did = ACTION_PHRASES.get(act.action, act.action)
    return (
        f"{did}: {shorten(collapse_whitespace(act.detail), MAX_DETAIL_LENGTH)}"
        if act.detail
        else did
    )
