"""The form for one value of a charter draft: new, changed, retired, or restored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.views.blocks import block_kit, modal
from domain.formatting import key_to_words
from domain.ranking.charter import Charter, EmojiTaken, Value, generate_key

CALLBACK = "charter_value"

# Messages for invalid input, by field.
ERRORS = {
    "name": "Use 2 to 30 letters and digits, starting with a letter.",
    "emoji": "Enter an emoji's name, such as lock. You can't use 👍, because it backs a project.",
    "weight": "Enter a number from 0.1 to 1000.",
    "number_one": "Choose yes or no.",
    "rubric": "Use at most 500 characters.",
    "stays": "A charter needs at least two values. Add one before you retire this one.",
}
NAME_TAKEN = "Another value has this name. Choose a different one."
EMOJI_TAKEN = "Another value has this emoji. Choose a different one."
TOO_MANY_VALUES = "A charter has at most eight values. Retire one first."


@dataclass(frozen=True)
class Choices:
    """The values that a steward can change: those of the draft, and retired values."""

    channel_id: str
    draft: Charter
    retired_values: Sequence[Value]

    def value(self, key: str) -> Value | None:
        return self.draft.value(key) or next((v for v in self.retired_values if v.key == key), None)

    def new_key(self, name: str) -> str:
        """Return the key of a new value. A retired value with the same name gives its key."""
        namesake = next(
            (v.key for v in self.retired_values if v.label.casefold() == name.casefold()), None
        )
        taken = {*self.draft.keys, *(value.key for value in self.retired_values)}
        return namesake or generate_key(name, taken)


class ValueInput(BaseModel):
    """A submitted value form."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    name: str = Field(min_length=2, max_length=30)
    emoji: str = Field(max_length=100, pattern=r"^:*[\w+'-]+:*$")
    weight: float = Field(ge=0.1, le=1000, allow_inf_nan=False)
    number_one: bool
    rubric: str = Field(default="", max_length=500)
    stays: bool = True


def form(choices: Choices, value: Value | None) -> dict[str, Any]:
    """Return the form for a value of the draft, for a retired value, or for a new value if None."""
    key = value.key if value else ""
    stays = choices.draft.value(key) is not None
    fields = [
        ("Name", modal.text_input("name", max_length=30, min_length=2, initial=_label(value)), ""),
        (
            "Emoji",
            modal.text_input("emoji", max_length=100, initial=value.emoji if value else ""),
            "Its name, such as lock. A reaction with it says that a project helps this value.",
        ),
        (
            "Weight",
            modal.number_input(
                "weight",
                min_value="0.1",
                max_value="1000",
                decimal=True,
                initial=f"{value.weight if value else 1:g}",
            ),
            "How much this value counts in the needle, compared with the others.",
        ),
        (
            "Is it a number-one value?",
            _yes_no_select("number_one", "Yes", "No", first=bool(value and value.number_one)),
            "A project that hurts a number-one value is on hold, so it has no rank.",
        ),
    ]
    blocks = [
        modal.field(label, element, hint=hint, block_id=_block_id(key, element))
        for label, element, hint in fields
    ]
    rubric = modal.text_input(
        "rubric", max_length=500, multiline=True, initial=value.rubric if value else ""
    )
    blocks.append(
        modal.field(
            "Rubric",
            rubric,
            hint="What an impact of +3 looks like. Everyone who scores sees it.",
            optional=True,
            block_id=_block_id(key, rubric),
        )
    )
    if stays:
        keep = _yes_no_select("stays", "Keep it", "Retire it and keep its scores", first=True)
        blocks.append(modal.field("In the charter", keep, block_id=_block_id(key, keep)))
    return modal.modal(
        _label(value) or "New value",
        blocks,
        callback_id=CALLBACK,
        submit="Add to draft",
        metadata={"channel": choices.channel_id, "key": key},
    )


def parse(view: dict[str, Any], choices: Choices) -> Charter:
    """Return the draft with the submitted value. Raise InvalidInput if it doesn't fit."""
    key: str = modal.metadata_of(view)["key"]
    inputs = modal.input_values(view)
    filled = {name: value for name, value in inputs.items() if value is not None}
    kept = {name: x for name, x in _stored(choices.value(key)).items() if name not in inputs}
    try:
        entered = ValueInput.model_validate(kept | filled)
        if not entered.stays:
            return choices.draft.without_value(key)
        value = _value(entered, key if choices.value(key) else choices.new_key(entered.name))
    except ValidationError as error:
        errors = modal.field_errors(ERRORS, error) or {"stays": ERRORS["stays"]}
        raise _invalid_input(key, errors) from error
    try:
        return choices.draft.with_value(value)
    except (ValidationError, EmojiTaken) as error:
        raise _invalid_input(key, _conflict(value, choices.draft)) from error


def _stored(value: Value | None) -> dict[str, Any]:
    """Return a value as its form has it, for the fields that the form lacks."""
    if value is None:
        return {}
    return value.model_dump(exclude={"key", "name"}) | {"name": value.label}


def _value(entered: ValueInput, key: str) -> Value:
    name = " ".join(entered.name.split())
    return Value(
        key=key,
        name=None if name == key_to_words(key).capitalize() else name,
        emoji=entered.emoji.strip(":"),
        weight=round(entered.weight, 3),
        number_one=entered.number_one,
        rubric=entered.rubric,
    )


def _conflict(value: Value, draft: Charter) -> dict[str, str]:
    """Return why the value conflicts with the others."""
    others = [other for other in draft.values if other.key != value.key]
    if any(value.has_emoji_of(other) for other in others):
        return {"emoji": EMOJI_TAKEN}
    if value.label.casefold() in [other.label.casefold() for other in others]:
        return {"name": NAME_TAKEN}
    return {"name": TOO_MANY_VALUES}


def _invalid_input(key: str, errors: Mapping[str, str]) -> modal.InvalidInput:
    return modal.InvalidInput({f"{key}-{name}": text for name, text in errors.items()})


def _label(value: Value | None) -> str:
    return value.label if value else ""


def _yes_no_select(action_id: str, yes: str, no: str, *, first: bool) -> block_kit.Element:
    options = [block_kit.option(yes, "true"), block_kit.option(no, "false")]
    return modal.select(action_id, options, initial=str(first).lower())


def _block_id(key: str, element: block_kit.Element) -> str:
    """Return a block id that includes the value's key.

    Slack keeps typed text in a block with the same id, so each value needs its own id.
    """
    return f"{key}-{element['action_id']}"
