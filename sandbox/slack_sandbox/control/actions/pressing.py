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
from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Offered
from slack_sandbox.operations import messages
from slack_sandbox.surfaces.select_options import check_selection
from slack_sandbox.surfaces.view_stacks import View

RAW_NAMES = ("values", "value", "text", "user", "channel", "date", "time")


@act("press")
async def press(act: Act) -> Json:
    if act.given.get("view_id"):
        await _press_in_view(act)
    else:
        await _press_in_message(act)
    return {}


@act("shortcut")
async def shortcut(act: Act) -> Json:
    called = act.slack.app.shortcut(act.text("callback_id"))
    on_message = bool(act.given.get("ts"))
    if called is None or (called.type == "message") != on_message:
        raise Refused("unknown_shortcut")
    if on_message:
        channel = act.channel()
        message = act.message(channel)
        payload = payloads.message_shortcut(act.slack, act.person, called, channel, message)
    else:
        payload = payloads.shortcut(act.slack, act.person, called)
    await act.ask_app(called.name, called.callback_id, payload)
    return {}


@act("home")
async def home(act: Act) -> Json:
    if not act.slack.app.has_home:
        raise Refused("not_enabled", f"{act.slack.app.name} has no Home tab")
    messages.open_home(act.slack, act.person)
    return {}


def open_view(act: Act) -> View:
    """The view that the act names, if it is on that person's screen."""
    stack = act.slack.views.stack(act.person.id)
    home = act.slack.views.home(act.person.id)
    for view in (*stack, home):
        if view is not None and view.id == act.text("view_id"):
            return view
    raise Refused("view_not_found")


async def _press_in_message(act: Act) -> None:
    channel = act.channel()
    message = act.message(channel)
    if message.user != act.slack.bot.id:
        raise Refused("no_such_element")
    element = _pressed_element(act, message.blocks or [])
    pressed, held = _pressed(act, element, message.offered.get(act.person.id, {}))
    payload = payloads.message_press(act.slack, act.person, channel, message, pressed, held)
    await act.ask_app("That", act.text("action_id"), payload)


async def _press_in_view(act: Act) -> None:
    view = open_view(act)
    element = _pressed_element(act, view.blocks)
    values = fill_inputs(view.blocks, view.values, act.given.get("inputs") or {}, view.offered)
    pressed, held = _pressed(act, element, view.offered)
    for block_id, held_in_block in held.items():
        values[block_id] |= held_in_block
    view.values = values
    payload = payloads.view_press(act.slack, view, pressed)
    await act.ask_app("That", act.text("action_id"), payload)


def shown_element(act: Act, blocks: list[Json]) -> tuple[Json, Json]:
    """The element that the act names, with its block before it."""
    for block in iter_blocks(blocks):
        if block["block_id"] == act.text("block_id"):
            for element in interactive_elements(block):
                if element["action_id"] == act.text("action_id"):
                    return block, element
    raise Refused("no_such_element", "that element is not on this person's screen")


def _pressed_element(act: Act, blocks: list[Json]) -> Json:
    block, element = shown_element(act, blocks)
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise Refused("no_such_element", "that input tells the app nothing until it is submitted")
    return element


def _pressed(act: Act, element: Json, offered: Offered) -> tuple[Json, Json]:
    """The entry for `actions`, and what the element then holds in `state.values`."""
    block_id, action_id = act.text("block_id"), act.text("action_id")
    kind = element["type"]
    pressed: Json = {"type": kind, "block_id": block_id, "action_id": action_id}
    if kind == "overflow":
        return pressed | {"selected_option": find_option(element, _raw(act))}, {}
    if kind == "feedback_buttons":
        return pressed | _feedback(element, _raw(act)), {}
    if kind not in STATE_FIELDS:
        kept = {
            name: element[name] for name in ("text", "value", "url", "style") if name in element
        }
        return pressed | kept, {}
    held = element_state(element, _raw(act), offered.get((block_id, action_id), ()))
    check_selection(act.slack.workspace, act.person, held)
    words = field_error({"optional": True}, element, held)
    if words:
        raise Refused("invalid_field", words, fields={block_id: words})
    return pressed | held, {block_id: {action_id: held}}


def _feedback(element: Json, value: Any) -> Json:
    """Which of the two: docs.slack.dev/tools/bolt-js/reference/interfaces/FeedbackButtonsAction."""
    for choice in (element["positive_button"], element["negative_button"]):
        if choice["value"] == value:
            return {"text": choice["text"], "value": value}
    raise Refused("no_such_option", f"{value!r} is neither of the two")


def _raw(act: Act) -> Any:
    names = RAW_NAMES if act.given.get("view_id") else [n for n in RAW_NAMES if n != "channel"]
    return next((act.given[name] for name in names if name in act.given), None)
