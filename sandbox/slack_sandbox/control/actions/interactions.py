"""Pressing a button, choosing from a menu, calling a shortcut, opening Home."""

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

RAW_NAMES = ("values", "value", "text", "user", "channel", "date", "time")


@register("press")
async def press(action: Action) -> Json:
    if action.fields.get("view_id"):
        await _press_in_view(action)
    else:
        await _press_in_message(action)
    return {}


@register("shortcut")
async def shortcut(action: Action) -> Json:
    called = action.slack.app.shortcut(action.text("callback_id"))
    on_message = bool(action.fields.get("ts"))
    if called is None or (called.type == "message") != on_message:
        raise SlackError("unknown_shortcut")
    if on_message:
        channel = action.channel()
        message = action.message(channel)
        payload = payloads.message_shortcut(action.slack, action.person, called, channel, message)
    else:
        payload = payloads.shortcut(action.slack, action.person, called)
    await action.send_to_app(called.name, called.callback_id, payload)
    return {}


@register("home")
async def home(action: Action) -> Json:
    if not action.slack.app.has_home:
        raise SlackError("not_enabled", f"{action.slack.app.name} has no Home tab")
    messages.open_home(action.slack, action.person)
    return {}


def open_view(action: Action) -> View:
    """The view that the act names, if it is on that person's screen."""
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
    element = _pressed_element(action, message.blocks or [])
    pressed, held = _pressed(action, element, message.external_options.get(action.person.id, {}))
    payload = payloads.message_press(action.slack, action.person, channel, message, pressed, held)
    await action.send_to_app("That", action.text("action_id"), payload)


async def _press_in_view(action: Action) -> None:
    view = open_view(action)
    element = _pressed_element(action, view.blocks)
    values = fill_inputs(
        view.blocks, view.values, action.fields.get("inputs") or {}, view.external_options
    )
    pressed, held = _pressed(action, element, view.external_options)
    for block_id, held_in_block in held.items():
        values[block_id] |= held_in_block
    view.values = values
    payload = payloads.view_press(action.slack, view, pressed)
    await action.send_to_app("That", action.text("action_id"), payload)


def shown_element(action: Action, blocks: list[Json]) -> tuple[Json, Json]:
    """The element that the act names, with its block before it."""
    for block in iter_blocks(blocks):
        if block["block_id"] == action.text("block_id"):
            for element in interactive_elements(block):
                if element["action_id"] == action.text("action_id"):
                    return block, element
    raise SlackError("no_such_element", "that element is not on this person's screen")


def _pressed_element(action: Action, blocks: list[Json]) -> Json:
    block, element = shown_element(action, blocks)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise SlackError(
            "no_such_element", "that input tells the app nothing until it is submitted"
        )
    return element


def _pressed(action: Action, element: Json, offered: ExternalOptions) -> tuple[Json, Json]:
    """The entry for `actions`, and what the element then holds in `state.values`."""
    block_id, action_id = action.text("block_id"), action.text("action_id")
    kind = element["type"]
    pressed: Json = {"type": kind, "block_id": block_id, "action_id": action_id}
    if kind == "overflow":
        return pressed | {"selected_option": find_option(element, _raw(action))}, {}
    if kind == "feedback_buttons":
        return pressed | _feedback(element, _raw(action)), {}
    if kind not in STATE_FIELDS:
        kept = {
            name: element[name] for name in ("text", "value", "url", "style") if name in element
        }
        return pressed | kept, {}
    held = element_state(element, _raw(action), offered.get((block_id, action_id), ()))
    check_selection(action.slack.workspace, action.person, held)
    words = field_error({"optional": True}, element, held)
    if words:
        raise SlackError("invalid_field", words, fields={block_id: words})
    return pressed | held, {block_id: {action_id: held}}


def _feedback(element: Json, value: Any) -> Json:
    """Which of the two: docs.slack.dev/tools/bolt-js/reference/interfaces/FeedbackButtonsAction."""
    for choice in (element["positive_button"], element["negative_button"]):
        if choice["value"] == value:
            return {"text": choice["text"], "value": value}
    raise SlackError("no_such_option", f"{value!r} is neither of the two")


def _raw(action: Action) -> Any:
    names = RAW_NAMES if action.fields.get("view_id") else [n for n in RAW_NAMES if n != "channel"]
    return next((action.fields[name] for name in names if name in action.fields), None)
