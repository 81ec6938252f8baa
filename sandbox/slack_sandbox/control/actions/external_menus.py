"""Searching in a menu whose options come from the app.

docs.slack.dev/reference/block-kit/block-elements/select-menu-element, "external data source"
"""

from slack_sandbox.block_kit.composition_objects import OPTION_GROUP, PLAIN_OPTION
from slack_sandbox.block_kit.elements import MAX_OPTIONS
from slack_sandbox.block_kit.traversal import all_options
from slack_sandbox.block_kit.validators import array, json_object
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.interactions import open_view, shown_element
from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import ExternalOptions, Json

LEAST_TYPED = 3  # characters, unless the element says otherwise
ANSWER = json_object(
    {},
    {
        "options": array(PLAIN_OPTION, MAX_OPTIONS, min_items=0),
        "option_groups": array(OPTION_GROUP, MAX_OPTIONS, min_items=0),
    },
    one_of="options option_groups",
)


@register("search")
async def search(action: Action) -> Json:
    """Type `value` in a menu; the options that the app offers, and no others, can be chosen."""
    if action.fields.get("view_id"):
        view = open_view(action)
        typed = _typed(action, view.blocks)
        answer = await _asked(action, payloads.view_search(action.slack, view, typed))
        return _offer(action, view.external_options, answer)
    channel = action.channel()
    message = action.message(channel)
    typed = _typed(action, message.blocks or [])
    payload = payloads.message_search(action.slack, action.person, channel, message, typed)
    return _offer(
        action,
        message.external_options.setdefault(action.person.id, {}),
        await _asked(action, payload),
    )


def _typed(action: Action, blocks: list[Json]) -> Json:
    block, element = shown_element(action, blocks)
    if element["type"] not in ("external_select", "multi_external_select"):
        raise SlackError("no_such_element", "that menu has options of its own")
    words = str(action.fields.get("value") or "")
    least = element.get("min_query_length")
    if len(words) < (LEAST_TYPED if least is None else least):
        raise SlackError("query_too_short", "Slack asks the app for nothing yet")
    return {"block_id": block["block_id"], "action_id": element["action_id"], "value": words}


async def _asked(action: Action, payload: Json) -> Json:
    name = action.text("action_id")
    answer = await action.send_to_app("The menu", name, payload)
    problems = list(ANSWER(answer, ""))
    if problems:
        refusal = SlackError("invalid_options", "; ".join(problems))
        action.report_invalid_ack("The menu", name, answer, refusal)
        raise refusal
    return answer


def _offer(action: Action, offered: ExternalOptions, answer: Json) -> Json:
    """What was offered before can still be chosen: several may come from several searches."""
    offered.setdefault((action.text("block_id"), action.text("action_id")), []).extend(
        all_options(answer)
    )
    return answer
