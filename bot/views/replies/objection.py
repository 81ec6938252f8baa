"""The reply to an objection: it offers to give a reason."""

from bot.views.blocks import block_kit

GIVE_REASON = "charter_give_reason"


def noted(draft_id: int) -> block_kit.Message:
    text = "Your objection to this charter draft counts. A reason helps others understand it."
    button = block_kit.button("Give a reason", GIVE_REASON, str(draft_id))
    return block_kit.message(
        [block_kit.statement(text), block_kit.Part([block_kit.actions(button)], [])]
    )
