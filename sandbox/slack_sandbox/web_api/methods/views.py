"""views.*: modals and App Home (docs.slack.dev/reference/methods/views.open, …)."""

from slack_sandbox.block_kit.validation import validate_view
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import TIER_4
from slack_sandbox.model.workspace import Json
from slack_sandbox.web_api.methods.registry import Call, invalid_arguments, method


@method("views.open", tier=TIER_4, required=("trigger_id", "view"))
def open_view(call: Call) -> Json:
    return _push(call)


@method("views.push", tier=TIER_4, required=("trigger_id", "view"))
def push(call: Call) -> Json:
    return _push(call, onto_modal=True)


@method("views.update", tier=TIER_4, required=("view",))
def update(call: Call) -> Json:
    if not call.has("view_id") and not call.has("external_id"):
        raise invalid_arguments("must provide either view_id or external_id")
    view = call.slack.views.find(call.text("view_id"), call.text("external_id"))
    content = validate_view(_view(call), view.content["type"])
    call.slack.views.update(view, content, call.text("hash"))
    if content["type"] == "home":
        call.slack.screens.show_home(view.person)
    else:
        call.slack.screens.show_views(view.person)
    return {"ok": True, "view": view.payload()}


@method("views.publish", tier=TIER_4, required=("user_id", "view"))
def publish(call: Call) -> Json:
    if not call.slack.app.has_home:
        raise SlackError("not_enabled")
    person = call.slack.workspace.people.get(call.text("user_id"))
    if person is None:
        raise SlackError("user_not_found")
    content = validate_view(_view(call), "home")
    view = call.slack.views.publish(person, content, call.text("hash"))
    call.slack.screens.show_home(person)
    return {"ok": True, "view": view.payload()}


def _push(call: Call, *, onto_modal: bool = False) -> Json:
    # Validate the view first: if Slack rejects it, the app can use the trigger again.
    content = validate_view(_view(call), "modal")
    person = call.slack.triggers.exchange(call.text("trigger_id"))
    if onto_modal and not call.slack.views.stack(person.id):
        raise SlackError("not_found")
    view = call.slack.views.push(person, content)
    call.slack.screens.show_views(person)
    return {"ok": True, "view": view.payload()}


def _view(call: Call) -> object:
    return call.json("view", "invalid_arguments")
