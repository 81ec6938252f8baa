"""The invitation to talk about the value on which scores differ most, in the card's thread."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import signed_impact, value_names
from domain.formatting import collapse_whitespace
from domain.ranking.charter import IMPACTS, Charter
from domain.ranking.dispute import Dispute

HOW_TO_PROCEED = (
    "Talk about it here: one of you may know something that the others don't. If you change your"
    " mind, click *Score* on the card."
)


def invitation(number: int, title: str, dispute: Dispute, charter: Charter) -> block_kit.Message:
    """Return the invitation. It gives the spread, but not who gave what."""
    lowest, highest = (
        f"{signed_impact(impact)} ({IMPACTS[impact]})"
        for impact in (dispute.lowest_impact, dispute.highest_impact)
    )
    value = value_names([dispute.value], charter)
    spread = f"Your scores differ most on *{value}*: from {lowest} to {highest}."
    name = f"#{number} {collapse_whitespace(title)}"
    text = f"{escape(name)}: {spread} {HOW_TO_PROCEED}".replace("*", "")
    return block_kit.Message(
        text=text,
        blocks=[
            block_kit.rich_text(
                block_kit.emoji("speech_balloon"), block_kit.text(f" {name}", bold=True)
            ),
            block_kit.section(spread),
            block_kit.note(HOW_TO_PROCEED),
        ],
    )
