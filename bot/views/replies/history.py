"""Who did what to a project, for who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import moment
from bot.views.data.people import someone
from bot.views.data.project_state import Place
from bot.views.parts.project_state import linked
from domain.formatting import one_line, shorten

SHOWN = 25
DETAIL_SHOWN = 300
# By what the store calls it; what follows a colon is in people's own words.
ACTS = {
    "proposed": "proposed it",
    "edited": "edited it",
    "step_done": "ticked off a step",
    "step_undone": "took back a step",
    "took_in": "merged another into it",
    "open": "opened it again",
    "started": "started it",
    "shipped": "shipped it",
    "declined": "declined it",
    "dropped": "dropped it",
    "merged": "merged it into another",
    "handed_off": "put it out of scope",
    "committed": "committed to it",
    "taken_in": "took it into the quarter",
    "taken_out": "took it out of the quarter",
}


@dataclass(frozen=True)
class Act:
    """Something that someone did, at a moment of the board's own time."""

    at: datetime
    person: str
    what: str
    detail: str = ""


def history(place: Place, acts: Sequence[Act]) -> block_kit.Message:
    """Oldest first; of a long history, its end."""
    shown = acts[-SHOWN:]
    earlier = len(acts) - len(shown)
    listed = block_kit.Part(
        [block_kit.bullets([_shown(act) for act in shown])], [_said(act) for act in shown]
    )
    heading = block_kit.rich(block_kit.words("History of ", bold=True), linked(place))
    return block_kit.message(
        [
            block_kit.Part([heading], [escape(f"History of {place.name}")]),
            *([block_kit.remark(f"{earlier} earlier acts are left out.")] if earlier else []),
            listed,
            block_kit.remark("Who scored what is no part of it: scoring is blind."),
        ]
    )


def _shown(act: Act) -> list[block_kit.Inline]:
    return [
        block_kit.words(f"{moment(act.at)}: "),
        block_kit.mention(act.person),
        block_kit.words(f" {_did(act)}"),
    ]


def _said(act: Act) -> str:
    return f"{moment(act.at)}: {someone(act.person)} {escape(_did(act))}"


def _did(act: Act) -> str:
    did = ACTS.get(act.what, act.what)
    return f"{did}: {shorten(one_line(act.detail), DETAIL_SHOWN)}" if act.detail else did
