"""Modal builders, and the values that people entered in modals."""

import json
from collections.abc import Container, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bot.views.blocks.block_kit import Block, Element, plain_text
from domain.formatting import is_blank, shorten

MAX_OPTIONS = 100  # https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
# https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
MAX_CHECKBOXES = 10


class InvalidInput(Exception):
    """Invalid input in a form. `errors` maps block ids to messages for the person."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def field_errors(messages: Mapping[str, str], error: ValidationError) -> dict[str, str]:
    """Return the message for each field in which pydantic found an error."""
    invalid_fields = {str(problem["loc"][0]) for problem in error.errors()}
    return {name: text for name, text in messages.items() if name in invalid_fields}


def select(
    action_id: str, options: Sequence[Element], *, initial: str | None = None, placeholder: str = ""
) -> Element:
    element: Element = {"type": "static_select", "action_id": action_id, "options": list(options)}
    if placeholder:
        element["placeholder"] = plain_text(placeholder)
    initial_option = next((choice for choice in options if choice["value"] == initial), None)
    return element | {"initial_option": initial_option} if initial_option else element


def user_select(action_id: str, *, initial: str | None, placeholder: str) -> Element:
    element: Element = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder),
    }
    return element | {"initial_user": initial} if initial else element


def url_input(action_id: str, *, initial: str = "", placeholder: str = "") -> Element:
    """Return an input for a web address. Slack accepts no other text."""
    element: Element = {"type": "url_text_input", "action_id": action_id}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain_text(placeholder)
    return element


def external_select(action_id: str, *, placeholder: str) -> Element:
    """Return a select whose options come from the listener for `action_id`, as people type."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder),
        "min_query_length": 0,
    }


def radio_buttons(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "radio_buttons", "action_id": action_id, "options": list(options)}


def checkboxes(action_id: str, options: Sequence[Element], *, ticked: Container[str]) -> Element:
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    initial = [choice for choice in options if choice["value"] in ticked]
    return element | {"initial_options": initial} if initial else element


def text_input(
    action_id: str,
    *,
    max_length: int,
    min_length: int = 0,
    initial: str = "",
    multiline: bool = False,
    placeholder: str = "",
) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": max_length,
    }
    if min_length:
        element["min_length"] = min_length
    if initial:
        element["initial_value"] = shorten(initial, max_length)
    if placeholder:
        element["placeholder"] = plain_text(placeholder)
    return element


def number_input(
    action_id: str, *, min_value: str, max_value: str, decimal: bool, initial: str = ""
) -> Element:
    element: Element = {
        "type": "number_input",
        "action_id": action_id,
        "is_decimal_allowed": decimal,
        "min_value": min_value,
        "max_value": max_value,
    }
    return element | {"initial_value": initial} if initial else element


def field(
    label: str,
    element: Element,
    *,
    hint: str = "",
    optional: bool = False,
    block_id: str = "",
    dispatches: bool = False,
) -> Block:
    """Return an input block. The block id defaults to the element's action id.

    With `dispatches`, Slack sends each choice as an action, before the form is submitted.
    """
    block: Block = {
        "type": "input",
        "block_id": block_id or element["action_id"],
        "label": plain_text(label),
        "element": element,
        "optional": optional,
        **({"dispatch_action": True} if dispatches else {}),
    }
    return block | {"hint": plain_text(hint)} if hint else block


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    close: str = "Cancel",
    metadata: dict[str, Any] | None = None,
) -> dict[str, Any]:
    view: dict[str, Any] = {
        "type": "modal",
        "title": plain_text(shorten(title, 24)),
        "close": plain_text(close),
        "blocks": list(blocks),
    }
    if callback_id:
        view["callback_id"] = callback_id
    if submit:
        view["submit"] = plain_text(submit)
    if metadata is not None:
        view["private_metadata"] = json.dumps(metadata, separators=(",", ":"))
    return view


def input_values(view: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a submitted view by action id: text, option values, people, times.

    An input that is empty, or has only invisible characters, has None or an empty list. If the view
    lacks an input, because an older version opened it, the input has no key, and its stored value
    must not change. See https://docs.slack.dev/reference/views.
    """
    values: dict[str, Any] = {}
    for block in view["state"]["values"].values():
        for action_id, state in block.items():
            values[action_id] = _entered_value(state)
    return values


def metadata_of(view: dict[str, Any]) -> dict[str, Any]:
    metadata: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    return metadata


def channel_of(view: dict[str, Any]) -> str:
    """Return the id of the board's channel, or "" if the view doesn't name one."""
    return str(metadata_of(view).get("channel", ""))


def project_metadata(channel_id: str, number: int, permanent_id: str) -> dict[str, Any]:
    """Return the metadata of a form about a project."""
    return {"channel": channel_id, "number": number, "project": permanent_id}


def project_of(view: dict[str, Any]) -> str:
    """Return the permanent id of the project that a form is about, or "" if it names none.

    For a form from an earlier version, return the project's number.
    """
    metadata = metadata_of(view)
    return str(metadata.get("project") or metadata.get("number", ""))


def _entered_value(state: dict[str, Any]) -> Any:
    if state["type"] in ("static_select", "external_select", "radio_buttons"):
        return (state.get("selected_option") or {}).get("value")
    if state["type"] in ("checkboxes", "multi_static_select"):
        return [option["value"] for option in state.get("selected_options") or []]
    if state["type"] == "multi_users_select":
        return state.get("selected_users") or []
    if state["type"] == "users_select":
        return state.get("selected_user")
    if state["type"] == "timepicker":
        return state.get("selected_time")
    if state["type"] == "datepicker":
        return state.get("selected_date")
    if state["type"] == "datetimepicker":
        return state.get("selected_date_time")
    text = state.get("value")
    return None if isinstance(text, str) and is_blank(text) else text
