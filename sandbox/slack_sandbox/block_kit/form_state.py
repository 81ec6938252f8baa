"""State of the inputs in a view or message, in the format of Slack's `state.values`.

A raw value is what a person entered or selected: a string (an option's value, a user id, a date,
…), a list of strings for elements with several values, or None for an empty element.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.elements import MAX_INPUT_LENGTH
from slack_sandbox.block_kit.formats import is_date, is_number, is_time
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import ExternalOptions, Json


@dataclass(frozen=True)
class StateField:
    """Key of the value in an element's state, and key of the initial value in the element."""

    value_key: str
    initial_key: str

    @property
    def is_option(self) -> bool:
        return self.value_key in ("selected_option", "selected_options")

    @property
    def is_list(self) -> bool:
        return self.value_key.endswith("s")


ONE_OPTION = StateField("selected_option", "initial_option")
OPTIONS = StateField("selected_options", "initial_options")
TEXT = StateField("value", "initial_value")
STATE_FIELDS = {
    "plain_text_input": TEXT,
    "number_input": TEXT,
    "email_text_input": TEXT,
    "url_text_input": TEXT,
    "rich_text_input": StateField("rich_text_value", "initial_value"),
    "static_select": ONE_OPTION,
    "external_select": ONE_OPTION,
    "radio_buttons": ONE_OPTION,
    "checkboxes": OPTIONS,
    "multi_static_select": OPTIONS,
    "multi_external_select": OPTIONS,
    "users_select": StateField("selected_user", "initial_user"),
    "channels_select": StateField("selected_channel", "initial_channel"),
    "conversations_select": StateField("selected_conversation", "initial_conversation"),
    "multi_users_select": StateField("selected_users", "initial_users"),
    "multi_channels_select": StateField("selected_channels", "initial_channels"),
    "multi_conversations_select": StateField("selected_conversations", "initial_conversations"),
    "datepicker": StateField("selected_date", "initial_date"),
    "timepicker": StateField("selected_time", "initial_time"),
    "datetimepicker": StateField("selected_date_time", "initial_date_time"),
}

PICKER_FORMATS: dict[str, Callable[[str], bool]] = {
    "datepicker": is_date,
    "timepicker": is_time,
    "datetimepicker": str.isdecimal,
}


def stateful_elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element that has a value, with its block."""
    for block in iter_blocks(blocks):
        for element in interactive_elements(block):
            if element["type"] in STATE_FIELDS:
                yield block, element


def state_values(blocks: list[Json], values: Json) -> Json:
    """Return `state.values`: the entries of `values`, and initial states for the other elements."""
    state: Json = {}
    for block, element in stateful_elements(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        known = values.get(block_id, {}).get(action_id)
        has_type = known is not None and known["type"] == element["type"]
        state.setdefault(block_id, {})[action_id] = known if has_type else initial_state(element)
    return state


def fill_inputs(
    blocks: list[Json], values: Json, inputs: Json, external_options: ExternalOptions
) -> Json:
    """Return `state.values` after a person fills inputs: raw values by block ID.

    Raise SlackError for an unknown block or a value that the element doesn't accept.
    """
    state = state_values(blocks, values)
    unknown = set(inputs)
    for block, element in stateful_elements(blocks):
        block_id = block["block_id"]
        if block["type"] == "input" and block_id in inputs:
            action_id = element["action_id"]
            options = external_options.get((block_id, action_id), ())
            state[block_id][action_id] = element_state(element, inputs[block_id], options)
            unknown.discard(block_id)
    if unknown:
        raise SlackError("no_such_element", f"There is no input in {', '.join(sorted(unknown))}.")
    return state


def initial_state(element: Json) -> Json:
    field = STATE_FIELDS[element["type"]]
    empty: list[Any] | None = [] if field.is_list else None
    initial = element.get(field.initial_key)
    return {"type": element["type"], field.value_key: empty if initial is None else initial}


def element_state(element: Json, raw: Any, external_options: Iterable[Json] = ()) -> Json:
    """Return the state of an element after a person enters a raw value.

    `external_options` are the options that the app returned for an external select.
    """
    field = STATE_FIELDS[element["type"]]
    return {
        "type": element["type"],
        field.value_key: _state_value(element, field, raw, external_options),
    }


def _state_value(
    element: Json, field: StateField, raw: Any, external_options: Iterable[Json]
) -> Any:
    if raw in (None, "", []):
        return [] if field.is_list else None
    if field.is_list and len(set(raw)) != len(raw):
        raise SlackError("no_such_option", "An option can't be selected twice.")
    if field.is_option:
        if field.is_list:
            return [find_option(element, item, external_options) for item in raw]
        return find_option(element, raw, external_options)
    if element["type"] == "rich_text_input":
        part = {"type": "text", "text": str(raw)}
        return {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [part]}],
        }
    if element["type"] in PICKER_FORMATS:
        return _parse_picked(element["type"], str(raw))
    return [str(item) for item in raw] if field.is_list else str(raw)


def _parse_picked(element_type: str, raw: str) -> Any:
    """Return the value of a date or time picker. Raise SlackError if no picker could return it."""
    if not PICKER_FORMATS[element_type](raw):
        raise SlackError("no_such_option", f"{raw!r} isn't valid in a {element_type}.")
    return int(raw) if element_type == "datetimepicker" else raw


def find_option(element: Json, value: Any, external_options: Iterable[Json] = ()) -> Json:
    """Return the option with this value: an element's own, an initial one, or an external one.

    Raise SlackError if there is none.
    """
    initial: list[Json | None] = [
        element.get("initial_option"),
        *(element.get("initial_options") or []),
    ]
    for option in (*all_options(element), *filter(None, initial), *external_options):
        if option["value"] == value:
            return option
    raise SlackError("no_such_option", f"{value!r} isn't one of the options.")


def field_error(block: Json, element: Json, entry: Json) -> str:
    """Return the error that Slack's client shows before it submits a field, or "" if it's valid."""
    value = entry[STATE_FIELDS[element["type"]].value_key]
    if not value:
        return "" if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _length_error(element, value)
    if element["type"] == "number_input":
        return _number_error(element, value)
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://", value):
        return "Please enter a valid URL."
    max_items = element.get("max_selected_items")
    if max_items and len(value) > max_items:
        return f"Please choose no more than {max_items}."
    return ""


def _length_error(element: Json, value: str) -> str:
    min_length = element.get("min_length") or 0
    max_length = element.get("max_length") or MAX_INPUT_LENGTH
    if len(value) < min_length:
        return f"Please enter at least {min_length} characters."
    if len(value) > max_length:
        return f"Please enter at most {max_length} characters."
    return ""


def _number_error(element: Json, value: str) -> str:
    if not is_number(value):
        return "Please enter a number."
    if "." in value and not element["is_decimal_allowed"]:
        return "Please enter a whole number."
    minimum, maximum = element.get("min_value"), element.get("max_value")
    if minimum is not None and float(value) < float(minimum):
        return f"Please enter a number of {minimum} or more."
    if maximum is not None and float(value) > float(maximum):
        return f"Please enter a number of {maximum} or less."
    return ""
