"""The search in an external menu, whose options come from the app.

"External data source" in
https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
"""

from slack_sandbox.block_kit.composition_objects import OPTION_GROUP, PLAIN_OPTION
from slack_sandbox.block_kit.elements import MAX_OPTIONS
from slack_sandbox.block_kit.stored_texts import with_stored_texts
from slack_sandbox.block_kit.traversal import all_options
from slack_sandbox.block_kit.validators import array, json_object
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.interactions import named_element, open_view
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import ExternalOptions, Json

MIN_QUERY_LENGTH = 3  # characters, unless the element says otherwise
OPTIONS = json_object(
    {},
    {
        "options": array(PLAIN_OPTION, MAX_OPTIONS, min_items=0),
        "option_groups": array(OPTION_GROUP, MAX_OPTIONS, min_items=0),
    },
    one_of="options option_groups",
)


@register("search")
async def search(action: Action) -> Json:
    """Search for `value` in a menu. The person can then choose the options that the app returns."""
    if action.fields.get("view_id"):
        view = open_view(action)
        query = _query(action, view.blocks)
        options = await _request_options(action, payloads.view_search(action.slack, view, query))
        return _add_options(action, view.external_options, options)
    channel = action.channel()
    message = action.message(channel)
    query = _query(action, message.all_blocks)
    payload = payloads.message_search(action.slack, action.person, channel, message, query)
    return _add_options(
        action,
        message.external_options.setdefault(action.person.id, {}),
        await _request_options(action, payload),
    )


def _query(action: Action, blocks: list[Json]) -> Json:
    block, element = named_element(action, blocks)
    if element["type"] not in ("external_select", "multi_external_select"):
        raise SlackError("no_such_element", "The menu isn't an external one.")
    text = str(action.fields.get("value") or "")
    min_length = element.get("min_query_length")
    if len(text) < (MIN_QUERY_LENGTH if min_length is None else min_length):
        raise SlackError("query_too_short", "Slack doesn't send a query this short to the app.")
    return {"block_id": block["block_id"], "action_id": element["action_id"], "value": text}


async def _request_options(action: Action, payload: Json) -> Json:
    name = action.text("action_id")
    options = await action.send_to_app("The menu", name, payload)
    problems = list(OPTIONS(options, ""))
    if problems:
        refusal = SlackError("invalid_options", "; ".join(problems))
        action.report_invalid_ack("The menu", name, options, refusal)
        raise refusal
    stored: Json = with_stored_texts(options)
    return stored


def _add_options(action: Action, external_options: ExternalOptions, options: Json) -> Json:
    """Add the options to those of earlier searches: a person can choose from several."""
    external_options.setdefault((action.text("block_id"), action.text("action_id")), []).extend(
        all_options(options)
    )
    return options
