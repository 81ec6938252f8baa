"""The invitation to talk about the value on which scores differ most, in the card's thread.

It's redrawn when scores change, so that it never shows what the card hides.
"""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import signed_impact, value_names
from domain.formatting import collapse_whitespace
from domain.ranking.charter import IMPACTS, Charter
from domain.ranking.dispute import Dispute
from domain.ranking.scoring import DISPUTED_SPREAD

HOW_TO_PROCEED = (
    "Talk about it here: one of you may know something that the others don't. If you change your"
    " mind, click *Score* on the card."
)

HIDDEN = "This project no longer has enough scores, so they're hidden again."
SETTLED = f"Your scores no longer differ by {DISPUTED_SPREAD} or more on any value."


def invitation(number: int, title: str, dispute: Dispute, charter: Charter) -> block_kit.Message:
    """Return the invitation. It gives the spread, but not who gave what."""
    lowest, highest = (
        f"{signed_impact(impact)} ({IMPACTS[impact]})"
        for impact in (dispute.lowest_impact, dispute.highest_impact)
    )
    value = value_names([dispute.value], charter)
    spread = f"Your scores differ most on *{value}*: from {lowest} to {highest}."
    return _message(number, title, spread, HOW_TO_PROCEED)


def ended(number: int, title: str, *, is_hidden: bool) -> block_kit.Message:
    """Return what replaces the invitation: scores are hidden again, or they agree."""
    return _message(number, title, HIDDEN if is_hidden else SETTLED)


def _message(number: int, title: str, sentence: str, note: str = "") -> block_kit.Message:
    name = f"#{number} {collapse_whitespace(title)}"
    heading = block_kit.rich_text(
        block_kit.emoji("speech_balloon"), block_kit.text(f" {name}", bold=True)
    )
    return block_kit.Message(
        text=f"{escape(name)}: {sentence} {note}".replace("*", "").rstrip(),
        blocks=[heading, block_kit.section(sentence), *([block_kit.note(note)] if note else [])],
    )
