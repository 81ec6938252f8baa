"""The inputs of a view or message: what stands in them, as Slack's `state.values` says it.

A raw value is what a person gave: a string (an option's value, a user id, a date …), a list of
strings for inputs that take several, or None for an empty one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.elements import MAX_INPUT_LENGTH
from slack_sandbox.block_kit.formats import is_date, is_number, is_time
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Offered


@dataclass(frozen=True)
class StateField:
    """Under which names an element's value and its first value stand."""

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
    """Each block with each of its elements that holds a value."""
    for block in iter_blocks(blocks):
        for element in interactive_elements(block):
            if element["type"] in STATE_FIELDS:
                yield block, element


def state_values(blocks: list[Json], values: Json) -> Json:
    """`state.values`: what is in `values`, else what each element starts with."""
    state: Json = {}
    for block, element in stateful_elements(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        state_now = values.get(block_id, {}).get(action_id)
        if state_now is None or state_now["type"] != element["type"]:
            state_now = initial_state(element)
        state.setdefault(block_id, {})[action_id] = state_now
    return state


def fill_inputs(blocks: list[Json], values: Json, inputs: Json, offered: Offered) -> Json:
    """Return `state.values` after a person fills inputs: raw values by block id.

    Raise Refused for an unknown block or a value that the element doesn't accept.
    """
    state = state_values(blocks, values)
    unknown = set(inputs)
    for block, element in stateful_elements(blocks):
        block_id = block["block_id"]
        if block["type"] == "input" and block_id in inputs:
            action_id = element["action_id"]
            external_options = offered.get((block_id, action_id), ())
            state[block_id][action_id] = element_state(element, inputs[block_id], external_options)
            unknown.discard(block_id)
    if unknown:
        raise Refused("no_such_element", f"no input in {', '.join(sorted(unknown))}")
    return state


def initial_state(element: Json) -> Json:
    field = STATE_FIELDS[element["type"]]
    empty: list[Any] | None = [] if field.is_list else None
    first = element.get(field.initial_key)
    return {"type": element["type"], field.value_key: empty if first is None else first}


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
        raise Refused("no_such_option", "one thing can't be chosen twice")
    if field.is_option:
        if field.is_list:
            return [find_option(element, each, external_options) for each in raw]
        return find_option(element, raw, external_options)
    if element["type"] == "rich_text_input":
        part = {"type": "text", "text": str(raw)}
        return {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [part]}],
        }
    if element["type"] in PICKER_FORMATS:
        return _parse_picked(element["type"], str(raw))
    return [str(each) for each in raw] if field.is_list else str(raw)


def _parse_picked(kind: str, raw: str) -> Any:
    """A date or time as a calendar or clock gives it: only those that exist."""
    if not PICKER_FORMATS[kind](raw):
        raise Refused("no_such_option", f"{raw!r} is not in a {kind}")
    return int(raw) if kind == "datetimepicker" else raw


def find_option(element: Json, value: Any, external_options: Iterable[Json] = ()) -> Json:
    """The option with this value: an element's own, one chosen at first, or one from the app."""
    first: list[Json | None] = [
        element.get("initial_option"),
        *(element.get("initial_options") or []),
    ]
    for option in (*all_options(element), *filter(None, first), *external_options):
        if option["value"] == value:
            return option
    raise Refused("no_such_option", f"{value!r} is not among the options")


def field_error(block: Json, element: Json, state_now: Json) -> str:
    """What Slack's own client says of a field before it sends anything; "" if all is well."""
    value = state_now[STATE_FIELDS[element["type"]].value_key]
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
    most = element.get("max_selected_items")
    if most and len(value) > most:
        return f"Please choose no more than {most}."
    return ""


def _length_error(element: Json, value: str) -> str:
    least, most = element.get("min_length") or 0, element.get("max_length") or MAX_INPUT_LENGTH
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter at most {most} characters."
    return ""


def _number_error(element: Json, value: str) -> str:
    if not is_number(value):
        return "Please enter a number."
    if "." in value and not element["is_decimal_allowed"]:
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number of {least} or more."
    if most is not None and float(value) > float(most):
        return f"Please enter a number of {most} or less."
    return ""
