"""Submitting and closing modals."""

from slack_sandbox.block_kit.form_state import field_error, fill_inputs, stateful_elements
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.interactions import open_view
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.control.response_urls import answer_submission
from slack_sandbox.delivery.envelopes import Envelope
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json
from slack_sandbox.surfaces.select_options import check_selection
from slack_sandbox.surfaces.view_stacks import View


@register("submit")
async def submit(action: Action) -> Json:
    view = _top_view(action)
    if view.busy:
        raise SlackError("busy", "this form is being sent already")
    view.values = fill_inputs(
        view.blocks, view.values, action.fields.get("values") or {}, view.external_options
    )
    _refuse_bad_fields(action, view)
    view.errors, view.busy = {}, True
    action.slack.screens.show_views(action.person)
    try:
        await _send(action, view)
    finally:
        view.busy = False
        action.slack.screens.show_views(action.person)
    return {}


@register("close")
async def close(action: Action) -> Json:
    view = _top_view(action)
    cleared = bool(action.fields.get("all") or view.content.get("clear_on_close"))
    closed = action.slack.views.clear(action.person) if cleared else action.slack.views.close(view)
    action.slack.screens.show_views(action.person)
    for each in closed:
        if each.content.get("notify_on_close"):
            payload = payloads.view_closed(action.slack, each, is_cleared=cleared)
            action.slack.deliveries.send_in_background(
                Envelope("interactive", payload, "interactive", "view_closed")
            )
    return {}


def _top_view(action: Action) -> View:
    view = open_view(action)
    if action.slack.views.stack(action.person.id)[-1:] != [view]:
        raise SlackError("view_not_found", "only the modal on top can be submitted or closed")
    return view


def _refuse_bad_fields(action: Action, view: View) -> None:
    fields = {}
    for block, element in stateful_elements(view.blocks):
        if block["type"] == "input":
            held = view.values[block["block_id"]][element["action_id"]]
            check_selection(action.slack.workspace, action.person, held)
            fields[block["block_id"]] = field_error(block, element, held)
    wrong = {block_id: words for block_id, words in fields.items() if words}
    if wrong:
        raise SlackError("invalid_field", "some fields are not right yet", fields=wrong)


async def _send(action: Action, view: View) -> None:
    name = view.content.get("callback_id") or "view_submission"
    ack = await action.send_to_app("The form", name, payloads.view_submission(action.slack, view))
    if view not in action.slack.views.stack(action.person.id):
        return  # closed by the person, or by the app, while we waited
    try:
        answer_submission(action.slack, view, ack)
    except SlackError as refusal:
        action.report_invalid_ack("The form", name, ack, refusal)
        raise
