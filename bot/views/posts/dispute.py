"""The invitation to talk to the two people who disagree most, in the card's thread."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import signed_impact, value_names
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace
from domain.ranking.charter import IMPACTS, Charter
from domain.ranking.dispute import Dispute

HOW_TO_PROCEED = (
    "Talk about it here: one of you may know something that the other doesn't. If you change your"
    " mind, click *Score* on the card."
)


def invitation(number: int, title: str, dispute: Dispute, charter: Charter) -> block_kit.Message:
    """Return the invitation. It names their impacts, which are visible after the quorum."""
    about = f"You disagree most about #{number} on *{value_names([dispute.value], charter)}*."
    impacts = " · ".join(
        f"{someone(person)} {signed_impact(impact)}, {IMPACTS[impact]}"
        for person, impact in (
            (dispute.highest_scorer, dispute.highest_impact),
            (dispute.lowest_scorer, dispute.lowest_impact),
        )
    )
    name = f"#{number} {collapse_whitespace(title)}"
    text = f"{escape(name)}: {about} {impacts}. {HOW_TO_PROCEED}".replace("*", "")
    return block_kit.Message(
        text=text,
        blocks=[
            block_kit.rich_text(
                block_kit.emoji("speech_balloon"), block_kit.text(f" {name}", bold=True)
            ),
            block_kit.section(f"{about}\n{impacts}"),
            block_kit.note(HOW_TO_PROCEED),
        ],
    )
