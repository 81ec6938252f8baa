"""Forms in which a steward drafts a charter change: the choice of what to change, the thresholds,
and the draft.

`charter_value` has the form for a value.
"""

from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.data.charter_draft import CharterChange
from bot.views.modals import charter_value
from bot.views.modals.charter_value import Choices
from bot.views.parts import charter_thresholds
from bot.views.posts.charter_draft import changes, has_changes
from domain.graphemes import cut
from domain.ranking.charter import Charter

CHOOSE = "charter_choose"
THRESHOLDS = "charter_thresholds"
DRAFT = "charter_draft"

ADD = "add"
EDIT_THRESHOLDS = "thresholds"
MAX_VALUES = 8
MIN_REASON_LENGTH = 10
MAX_REASON_LENGTH = 1000

# Messages for invalid input.
CHOICE_MISSING = "Choose what to change."
REASON_TOO_SHORT = f"To post the draft, give a reason of at least {MIN_REASON_LENGTH} characters."
REASON_HINT = (
    f"To post the draft, give a reason of at least {MIN_REASON_LENGTH} characters. It's posted with"
    " the changes."
)


def choice_form(choices: Choices) -> dict[str, Any]:
    """Return the form that asks what to change next."""
    options = [
        block_kit.option(value.label, _value_choice(value.key)) for value in choices.draft.values
    ]
    options.append(block_kit.option("Thresholds", EDIT_THRESHOLDS))
    if len(choices.draft.values) < MAX_VALUES:
        options.append(block_kit.option("Add a value", ADD))
        options += [
            block_kit.option(f"Bring back {value.label}", _value_choice(value.key))
            for value in choices.retired_values
        ]
    return modal.modal(
        "Change the charter",
        [
            modal.field(
                "What should change?", modal.select("choice", options[: modal.MAX_OPTIONS])
            ),
            block_kit.note(
                "Your changes go into a draft. After you post it, people in the channel agree or"
                " object, and a steward can adopt it."
            ),
        ],
        callback_id=CHOOSE,
        submit="Next",
        metadata={"channel": choices.channel_id},
    )


def form_for_choice(view: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """Return the form for the chosen change. Raise InvalidInput if none was chosen."""
    choice = str(modal.input_values(view).get("choice"))
    if choice == EDIT_THRESHOLDS:
        return thresholds_form(choices.channel_id, choices.draft)
    if choice == ADD:
        return charter_value.form(choices, None)
    value = choices.value(choice.removeprefix(_value_choice("")))
    if value is None:
        raise modal.InvalidInput({"choice": CHOICE_MISSING})
    return charter_value.form(choices, value)


def thresholds_form(channel_id: str, draft: Charter) -> dict[str, Any]:
    return modal.modal(
        "Thresholds",
        [
            modal.field(
                f"{threshold.label}{' in %' if threshold.is_percentage else ''}",
                modal.number_input(
                    threshold.name,
                    min_value=f"{threshold.min_value:g}",
                    max_value=f"{threshold.max_value:g}",
                    decimal=threshold.decimal,
                    initial=f"{threshold.input_value(draft):g}",
                ),
                hint=f"{threshold.meaning[0].upper()}{threshold.meaning[1:]}.",
            )
            for threshold in charter_thresholds.THRESHOLDS
        ],
        callback_id=THRESHOLDS,
        submit="Add to draft",
        metadata={"channel": channel_id},
    )


def parse_thresholds(view: dict[str, Any], draft: Charter) -> Charter:
    """Return the draft with the submitted thresholds. Raise InvalidInput if any is out of range.

    A form that was opened before an upgrade may lack a threshold, which then stays as it is.
    """
    inputs = modal.input_values(view)
    submitted = [
        threshold for threshold in charter_thresholds.THRESHOLDS if threshold.name in inputs
    ]
    numbers = {threshold.name: threshold.parse(inputs[threshold.name]) for threshold in submitted}
    errors = {
        threshold.name: threshold.error
        for threshold in submitted
        if numbers[threshold.name] is None
    }
    if errors:
        raise modal.InvalidInput(errors)
    return draft.with_settings(
        **{name: number for name, number in numbers.items() if number is not None}
    )


def draft_form(channel_id: str, change: CharterChange) -> dict[str, Any]:
    """Return the form that shows the draft and offers the next steps."""
    next_steps = [block_kit.option("Change something", "more")]
    if has_changes(change):
        next_steps = [
            block_kit.option("Post it to the channel", "post"),
            block_kit.option("Change something else", "more"),
        ]
    reason = modal.text_input(
        "reason",
        max_length=MAX_REASON_LENGTH,
        multiline=True,
        placeholder="Why this is better for the team",
    )
    return modal.modal(
        "Charter draft",
        [
            *changes(change).blocks,
            block_kit.divider(),
            modal.field(
                "Next step", modal.select("then", next_steps, initial=next_steps[0]["value"])
            ),
            modal.field("Reason", reason, hint=REASON_HINT, optional=True),
        ],
        callback_id=DRAFT,
        submit="Continue",
        close="Keep as a draft",
        metadata={"channel": channel_id},
    )


def parse_reason(view: dict[str, Any]) -> str | None:
    """Return the reason to post the draft, or None to change something else first.

    Raise InvalidInput if the reason is too short.
    """
    entered = modal.input_values(view)
    if entered.get("then") == "more":
        return None
    reason = cut((entered.get("reason") or "").strip(), MAX_REASON_LENGTH)
    if len(reason) < MIN_REASON_LENGTH:
        raise modal.InvalidInput({"reason": REASON_TOO_SHORT})
    return reason


def _value_choice(key: str) -> str:
    return f"value:{key}"
