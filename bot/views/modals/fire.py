"""The form that declares a fire, or replaces the reason of one that burns."""

from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from domain.formatting import collapse_whitespace
from domain.ranking.charter import Charter

CALLBACK = "fire"
MAX_REASON_LENGTH = 500

ERRORS = {
    "value": "Choose one of your values.",
    "reason": f"Say what happened, in 1 to {MAX_REASON_LENGTH} characters.",
}


@dataclass(frozen=True)
class Submission:
    """A submitted form: a value's key, and what burns."""

    value: str
    reason: str


def form(channel_id: str, charter: Charter, value: str, reason: str) -> dict[str, Any]:
    """Return the form with a value and, if it burns already, its reason filled in."""
    values = [block_kit.option(item.label, item.key) for item in charter.values]
    return modal.modal(
        "Declare a fire",
        [
            modal.field("Which value is burning?", modal.select("value", values, initial=value)),
            modal.field(
                "What happened?",
                modal.text_input(
                    "reason",
                    min_length=1,
                    max_length=MAX_REASON_LENGTH,
                    initial=reason,
                    multiline=True,
                    placeholder="Tokens leak into the build logs",
                ),
                hint="I'll tell the channel. If the value is already burning, your text replaces"
                " its reason.",
            ),
        ],
        callback_id=CALLBACK,
        submit="Declare",
        metadata={"channel": channel_id},
    )


def parse(view: dict[str, Any], charter: Charter) -> Submission:
    """Return the submitted form. Raise InvalidInput if a field is invalid."""
    entered = modal.input_values(view)
    value, reason = entered.get("value"), collapse_whitespace(entered.get("reason") or "")
    invalid = {
        "value": value not in charter.keys,
        "reason": not 0 < len(reason) <= MAX_REASON_LENGTH,
    }
    errors = {name: ERRORS[name] for name, is_invalid in invalid.items() if is_invalid}
    if errors:
        raise modal.InvalidInput(errors)
    return Submission(str(value), reason)
