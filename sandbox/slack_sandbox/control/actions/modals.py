"""Actions on modals: submit and close."""

from slack_sandbox.block_kit.form_state import field_error, fill_inputs, stateful_elements
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.interactions import open_view
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.control.response_urls import apply_submission_response
from slack_sandbox.delivery.envelopes import Envelope
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json
from slack_sandbox.surfaces.select_options import check_selection
from slack_sandbox.surfaces.view_stacks import View


@register("submit")
async def submit(action: Action) -> Json:
    view = _top_view(action)
    if view.busy:
        raise SlackError("busy", "The form is already being submitted.")
    view.values = fill_inputs(
        view.blocks, view.values, action.fields.get("values") or {}, view.external_options
    )
    _check_fields(action, view)
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
    for closed_view in closed:
        if closed_view.content.get("notify_on_close"):
            payload = payloads.view_closed(action.slack, closed_view, is_cleared=cleared)
            action.slack.deliveries.send_in_background(
                Envelope("interactive", payload, "interactive", "view_closed")
            )
    return {}


def _top_view(action: Action) -> View:
    view = open_view(action)
    if action.slack.views.stack(action.person.id)[-1:] != [view]:
        raise SlackError("view_not_found", "Only the top modal can be submitted or closed.")
    return view


def _check_fields(action: Action, view: View) -> None:
    """Raise SlackError with an error for each invalid input, as Slack's client does."""
    errors = {}
    for block, element in stateful_elements(view.blocks):
        if block["type"] == "input":
            state = view.values[block["block_id"]][element["action_id"]]
            check_selection(action.slack.workspace, action.person, state)
            errors[block["block_id"]] = field_error(block, element, state)
    invalid = {block_id: error for block_id, error in errors.items() if error}
    if invalid:
        raise SlackError("invalid_field", "Some fields are invalid.", fields=invalid)


async def _send(action: Action, view: View) -> None:
    name = view.content.get("callback_id") or "view_submission"
    ack = await action.send_to_app("The form", name, payloads.view_submission(action.slack, view))
    if view not in action.slack.views.stack(action.person.id):
        return  # the person or the app closed it in the meantime
    try:
        apply_submission_response(action.slack, view, ack)
    except SlackError as refusal:
        action.report_invalid_ack("The form", name, ack, refusal)
        raise
