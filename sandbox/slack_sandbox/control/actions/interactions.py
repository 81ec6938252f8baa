"""Interactions with the app: press or choose an element, run a shortcut, and open Home."""

from typing import Any

from slack_sandbox.block_kit.form_state import (
    STATE_FIELDS,
    element_state,
    field_error,
    fill_inputs,
    find_option,
)
from slack_sandbox.block_kit.traversal import interactive_elements, iter_blocks
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import ExternalOptions, Json
from slack_sandbox.operations import messages
from slack_sandbox.surfaces.select_options import check_selection
from slack_sandbox.surfaces.view_stacks import View

VALUE_FIELDS = ("values", "value", "text", "user", "channel", "date", "time")


@register("press")
async def press(action: Action) -> Json:
    if action.fields.get("view_id"):
        await _press_in_view(action)
    else:
        await _press_in_message(action)
    return {}


@register("shortcut")
async def shortcut(action: Action) -> Json:
    declared = action.slack.app.shortcut(action.text("callback_id"))
    on_message = bool(action.fields.get("ts"))
    if declared is None or (declared.type == "message") != on_message:
        raise SlackError("unknown_shortcut")
    _require_installed(action)
    if on_message:
        channel = action.channel()
        message = action.message(channel)
        payload = payloads.message_shortcut(action.slack, action.person, declared, channel, message)
    else:
        payload = payloads.shortcut(action.slack, action.person, declared)
    await action.send_to_app(declared.name, declared.callback_id, payload)
    return {}


@register("home")
async def home(action: Action) -> Json:
    _require_installed(action)
    if not action.slack.app.has_home:
        raise SlackError("not_enabled", f"{action.slack.app.name} has no Home tab.")
    messages.open_app(action.slack, action.person, "home")
    return {}


@register("messages")
async def messages_tab(action: Action) -> Json:
    """Open the app's Messages tab: the direct message with the app."""
    _require_installed(action)
    if not action.slack.app.has_messages_tab:
        raise SlackError("messages_tab_disabled", f"{action.slack.app.name} has no Messages tab.")
    return {"channel": messages.open_app(action.slack, action.person, "messages").id}


def _require_installed(action: Action) -> None:
    if not action.slack.installation.is_installed:
        raise SlackError("not_installed", f"{action.slack.app.name} isn't installed.")


def open_view(action: Action) -> View:
    """Return the view that the action names. Raise SlackError if the person doesn't see it."""
    stack = action.slack.views.stack(action.person.id)
    home = action.slack.views.home(action.person.id)
    for view in (*stack, home):
        if view is not None and view.id == action.text("view_id"):
            return view
    raise SlackError("view_not_found")


async def _press_in_message(action: Action) -> None:
    channel = action.channel()
    message = action.message(channel)
    if message.user != action.slack.bot.id:
        raise SlackError("no_such_element")
    person_id = action.person.id
    entry, values = _press(
        action,
        message.all_blocks,
        message.values.get(person_id, {}),
        message.external_options.get(person_id, {}),
    )
    message.values[person_id] = values
    payload = payloads.message_press(action.slack, action.person, channel, message, entry, values)
    await action.send_to_app("That", action.text("action_id"), payload)


async def _press_in_view(action: Action) -> None:
    view = open_view(action)
    entry, view.values = _press(action, view.blocks, view.values, view.external_options)
    payload = payloads.view_press(action.slack, view, entry)
    await action.send_to_app("That", action.text("action_id"), payload)


def _press(
    action: Action, blocks: list[Json], values: Json, external_options: ExternalOptions
) -> tuple[Json, Json]:
    """Return the entry for `actions`, and the new `state.values`.

    The app also gets what the person entered in input blocks before.
    """
    element = _pressed_element(action, blocks)
    filled = fill_inputs(blocks, values, action.fields.get("inputs") or {}, external_options)
    entry, state = _pressed(action, element, external_options)
    for block_id, block_state in state.items():
        filled[block_id] |= block_state
    return entry, filled


def named_element(action: Action, blocks: list[Json]) -> tuple[Json, Json]:
    """Return the element that the action names, after its block.

    Raise SlackError if there is none.
    """
    for block in iter_blocks(blocks):
        if block["block_id"] == action.text("block_id"):
            for element in interactive_elements(block):
                if element["action_id"] == action.text("action_id"):
                    return block, element
    raise SlackError("no_such_element", "The person doesn't see such an element.")


def _pressed_element(action: Action, blocks: list[Json]) -> Json:
    block, element = named_element(action, blocks)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise SlackError(
            "no_such_element", "The app gets this input only when the form is submitted."
        )
    return element


def _pressed(action: Action, element: Json, external_options: ExternalOptions) -> tuple[Json, Json]:
    """Return the entry for `actions`, and the element's new state by block ID and action ID."""
    block_id, action_id = action.text("block_id"), action.text("action_id")
    element_type = element["type"]
    entry: Json = {"type": element_type, "block_id": block_id, "action_id": action_id}
    if element_type == "overflow":
        return entry | {"selected_option": find_option(element, _value(action))}, {}
    if element_type == "feedback_buttons":
        return entry | _chosen_feedback(element, _value(action)), {}
    if element_type not in STATE_FIELDS:
        copied = {
            name: element[name] for name in ("text", "value", "url", "style") if name in element
        }
        return entry | copied, {}
    state = element_state(element, _value(action), external_options.get((block_id, action_id), ()))
    check_selection(action.slack.workspace, action.person, state)
    error = field_error({"optional": True}, element, state)
    if error:
        raise SlackError("invalid_field", error, fields={block_id: error})
    return entry | state, {block_id: {action_id: state}}


def _chosen_feedback(element: Json, value: Any) -> Json:
    """Return the chosen feedback button. Raise SlackError if it's neither of the two.

    https://docs.slack.dev/tools/bolt-js/reference/interfaces/FeedbackButtonsAction
    """
    for button in (element["positive_button"], element["negative_button"]):
        if button["value"] == value:
            return {"text": button["text"], "value": value}
    raise SlackError("no_such_option", f"{value!r} isn't one of the two buttons.")


def _value(action: Action) -> Any:
    """Return the chosen value, from the first field that has one."""
    names = (
        VALUE_FIELDS
        if action.fields.get("view_id")
        else [n for n in VALUE_FIELDS if n != "channel"]
    )
    return next((action.fields[name] for name in names if name in action.fields), None)
