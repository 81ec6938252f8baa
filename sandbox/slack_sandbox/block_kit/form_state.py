"""The inputs of a view or message: what stands in them, as Slack's `state.values` says it.

A raw value is what a person gave: a string (an option's value, a user id, a date …), a list of
strings for inputs that take several, or None for an empty one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.check import elements, flat, options_of
from slack_sandbox.block_kit.elements import LONGEST_INPUT
from slack_sandbox.block_kit.formats import is_date, is_number, is_time
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Offered


@dataclass(frozen=True)
class Field:
    """Under which names an element's value and its first value stand."""

    value: str
    initial: str

    @property
    def is_option(self) -> bool:
        return self.value in ("selected_option", "selected_options")

    @property
    def takes_several(self) -> bool:
        return self.value.endswith("s")


ONE_OPTION = Field("selected_option", "initial_option")
OPTIONS = Field("selected_options", "initial_options")
TEXT = Field("value", "initial_value")
FIELDS = {
    "plain_text_input": TEXT,
    "number_input": TEXT,
    "email_text_input": TEXT,
    "url_text_input": TEXT,
    "rich_text_input": Field("rich_text_value", "initial_value"),
    "static_select": ONE_OPTION,
    "external_select": ONE_OPTION,
    "radio_buttons": ONE_OPTION,
    "checkboxes": OPTIONS,
    "multi_static_select": OPTIONS,
    "multi_external_select": OPTIONS,
    "users_select": Field("selected_user", "initial_user"),
    "channels_select": Field("selected_channel", "initial_channel"),
    "conversations_select": Field("selected_conversation", "initial_conversation"),
    "multi_users_select": Field("selected_users", "initial_users"),
    "multi_channels_select": Field("selected_channels", "initial_channels"),
    "multi_conversations_select": Field("selected_conversations", "initial_conversations"),
    "datepicker": Field("selected_date", "initial_date"),
    "timepicker": Field("selected_time", "initial_time"),
    "datetimepicker": Field("selected_date_time", "initial_date_time"),
}

PICKED: dict[str, Callable[[str], bool]] = {
    "datepicker": is_date,
    "timepicker": is_time,
    "datetimepicker": str.isdecimal,
}


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with each of its elements that holds a value."""
    for block in flat(blocks):
        for element in elements(block):
            if element["type"] in FIELDS:
                yield block, element


def state_values(blocks: list[Json], values: Json) -> Json:
    """`state.values`: what is in `values`, else what each element starts with."""
    state: Json = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        held = values.get(block_id, {}).get(action_id)
        if held is None or held["type"] != element["type"]:
            held = initial(element)
        state.setdefault(block_id, {})[action_id] = held
    return state


def filled(blocks: list[Json], values: Json, inputs: Json, offered: Offered) -> Json:
    """`state.values` after a person filled input blocks, given as raw values by block id."""
    state = state_values(blocks, values)
    unknown = set(inputs)
    for block, element in stateful(blocks):
        block_id = block["block_id"]
        if block["type"] == "input" and block_id in inputs:
            action_id = element["action_id"]
            from_app = offered.get((block_id, action_id), ())
            state[block_id][action_id] = entry(element, inputs[block_id], from_app)
            unknown.discard(block_id)
    if unknown:
        raise Refused("no_such_element", f"no input in {', '.join(sorted(unknown))}")
    return state


def initial(element: Json) -> Json:
    field = FIELDS[element["type"]]
    empty: list[Any] | None = [] if field.takes_several else None
    first = element.get(field.initial)
    return {"type": element["type"], field.value: empty if first is None else first}


def entry(element: Json, raw: Any, from_app: Iterable[Json] = ()) -> Json:
    """A person's raw value as Slack says it; `from_app` are options of an external source."""
    field = FIELDS[element["type"]]
    return {"type": element["type"], field.value: _said(element, field, raw, from_app)}


def _said(element: Json, field: Field, raw: Any, from_app: Iterable[Json]) -> Any:
    if raw in (None, "", []):
        return [] if field.takes_several else None
    if field.takes_several and len(set(raw)) != len(raw):
        raise Refused("no_such_option", "one thing can't be chosen twice")
    if field.is_option:
        if field.takes_several:
            return [option_of(element, each, from_app) for each in raw]
        return option_of(element, raw, from_app)
    if element["type"] == "rich_text_input":
        part = {"type": "text", "text": str(raw)}
        return {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [part]}],
        }
    if element["type"] in PICKED:
        return _picked(element["type"], str(raw))
    return [str(each) for each in raw] if field.takes_several else str(raw)


def _picked(kind: str, raw: str) -> Any:
    """A date or time as a calendar or clock gives it: only those that exist."""
    if not PICKED[kind](raw):
        raise Refused("no_such_option", f"{raw!r} is not in a {kind}")
    return int(raw) if kind == "datetimepicker" else raw


def option_of(element: Json, value: Any, from_app: Iterable[Json] = ()) -> Json:
    """The option with this value: an element's own, one chosen at first, or one from the app."""
    first: list[Json | None] = [
        element.get("initial_option"),
        *(element.get("initial_options") or []),
    ]
    for option in (*options_of(element), *filter(None, first), *from_app):
        if option["value"] == value:
            return option
    raise Refused("no_such_option", f"{value!r} is not among the options")


def complaint(block: Json, element: Json, held: Json) -> str:
    """What Slack's own client says of a field before it sends anything; "" if all is well."""
    value = held[FIELDS[element["type"]].value]
    if not value:
        return "" if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _length_complaint(element, value)
    if element["type"] == "number_input":
        return _number_complaint(element, value)
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://", value):
        return "Please enter a valid URL."
    most = element.get("max_selected_items")
    if most and len(value) > most:
        return f"Please choose no more than {most}."
    return ""


def _length_complaint(element: Json, value: str) -> str:
    least, most = element.get("min_length") or 0, element.get("max_length") or LONGEST_INPUT
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter at most {most} characters."
    return ""


def _number_complaint(element: Json, value: str) -> str:
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
