"""The form in which a person gives the reason of an objection to a charter draft."""

from typing import Any

from bot.views.blocks import block_kit, modal
from domain.graphemes import cut

CALLBACK = "charter_reason"
MAX_REASON_LENGTH = 500
NO_REASON = "Type a reason, or close the form: your objection counts even without one."
EVERYONE_READS_IT = "Everyone in the channel can read it on the charter draft."


def form(channel_id: str, draft_id: int, reason: str) -> dict[str, Any]:
    """Return the form with the reason that the person gave before, if any."""
    reason_input = modal.text_input(
        "reason",
        max_length=MAX_REASON_LENGTH,
        multiline=True,
        initial=reason,
        placeholder="What would have to change for you to agree?",
    )
    return modal.modal(
        "Why you object",
        [modal.field("Reason", reason_input), block_kit.note(EVERYONE_READS_IT)],
        callback_id=CALLBACK,
        submit="Save",
        metadata={"channel": channel_id, "draft": draft_id},
    )


def parse_reason(view: dict[str, Any]) -> str:
    """Return the reason. Raise InvalidInput if there is none."""
    reason = cut((modal.input_values(view).get("reason") or "").strip(), MAX_REASON_LENGTH)
    if not reason:
        raise modal.InvalidInput({"reason": NO_REASON})
    return reason
