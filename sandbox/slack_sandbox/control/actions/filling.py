"""Submitting and closing modals."""

from slack_sandbox.block_kit.form_state import field_error, fill_inputs, stateful_elements
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.pressing import open_view
from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.control.response_urls import answer_submission
from slack_sandbox.delivery.envelopes import Envelope
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json
from slack_sandbox.surfaces.select_options import check_selection
from slack_sandbox.surfaces.view_stacks import View


@act("submit")
async def submit(act: Act) -> Json:
    view = _top_view(act)
    if view.busy:
        raise Refused("busy", "this form is being sent already")
    view.values = fill_inputs(view.blocks, view.values, act.given.get("values") or {}, view.offered)
    _refuse_bad_fields(act, view)
    view.errors, view.busy = {}, True
    act.slack.screens.show_views(act.person)
    try:
        await _send(act, view)
    finally:
        view.busy = False
        act.slack.screens.show_views(act.person)
    return {}


@act("close")
async def close(act: Act) -> Json:
    view = _top_view(act)
    cleared = bool(act.given.get("all") or view.content.get("clear_on_close"))
    closed = act.slack.views.clear(act.person) if cleared else act.slack.views.close(view)
    act.slack.screens.show_views(act.person)
    for each in closed:
        if each.content.get("notify_on_close"):
            payload = payloads.view_closed(act.slack, each, is_cleared=cleared)
            act.slack.deliveries.tell(
                Envelope("interactive", payload, "interactive", "view_closed")
            )
    return {}


def _top_view(act: Act) -> View:
    view = open_view(act)
    if act.slack.views.stack(act.person.id)[-1:] != [view]:
        raise Refused("view_not_found", "only the modal on top can be submitted or closed")
    return view


def _refuse_bad_fields(act: Act, view: View) -> None:
    fields = {}
    for block, element in stateful_elements(view.blocks):
        if block["type"] == "input":
            held = view.values[block["block_id"]][element["action_id"]]
            check_selection(act.slack.workspace, act.person, held)
            fields[block["block_id"]] = field_error(block, element, held)
    wrong = {block_id: words for block_id, words in fields.items() if words}
    if wrong:
        raise Refused("invalid_field", "some fields are not right yet", fields=wrong)


async def _send(act: Act, view: View) -> None:
    name = view.content.get("callback_id") or "view_submission"
    ack = await act.ask_app("The form", name, payloads.view_submission(act.slack, view))
    if view not in act.slack.views.stack(act.person.id):
        return  # closed by the person, or by the app, while we waited
    try:
        answer_submission(act.slack, view, ack)
    except Refused as refusal:
        act.refuse_answer("The form", name, ack, refusal)
        raise
