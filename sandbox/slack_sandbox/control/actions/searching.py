"""Searching in a menu whose options come from the app.

docs.slack.dev/reference/block-kit/block-elements/select-menu-element, "external data source"
"""

from slack_sandbox.block_kit.composition_objects import OPTION_GROUP, PLAIN_OPTION
from slack_sandbox.block_kit.elements import MAX_OPTIONS
from slack_sandbox.block_kit.traversal import all_options
from slack_sandbox.block_kit.validators import array, json_object
from slack_sandbox.control import payloads
from slack_sandbox.control.actions.pressing import open_view, shown_element
from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Offered

LEAST_TYPED = 3  # characters, unless the element says otherwise
ANSWER = json_object(
    {},
    {
        "options": array(PLAIN_OPTION, MAX_OPTIONS, min_items=0),
        "option_groups": array(OPTION_GROUP, MAX_OPTIONS, min_items=0),
    },
    one_of="options option_groups",
)


@act("search")
async def search(act: Act) -> Json:
    """Type `value` in a menu; the options that the app offers, and no others, can be chosen."""
    if act.given.get("view_id"):
        view = open_view(act)
        typed = _typed(act, view.blocks)
        answer = await _asked(act, payloads.view_search(act.slack, view, typed))
        return _offer(act, view.offered, answer)
    channel = act.channel()
    message = act.message(channel)
    typed = _typed(act, message.blocks or [])
    payload = payloads.message_search(act.slack, act.person, channel, message, typed)
    return _offer(act, message.offered.setdefault(act.person.id, {}), await _asked(act, payload))


def _typed(act: Act, blocks: list[Json]) -> Json:
    block, element = shown_element(act, blocks)
    if element["type"] not in ("external_select", "multi_external_select"):
        raise Refused("no_such_element", "that menu has options of its own")
    words = str(act.given.get("value") or "")
    least = element.get("min_query_length")
    if len(words) < (LEAST_TYPED if least is None else least):
        raise Refused("query_too_short", "Slack asks the app for nothing yet")
    return {"block_id": block["block_id"], "action_id": element["action_id"], "value": words}


async def _asked(act: Act, payload: Json) -> Json:
    name = act.text("action_id")
    answer = await act.ask_app("The menu", name, payload)
    problems = list(ANSWER(answer, ""))
    if problems:
        refusal = Refused("invalid_options", "; ".join(problems))
        act.refuse_answer("The menu", name, answer, refusal)
        raise refusal
    return answer


def _offer(act: Act, offered: Offered, answer: Json) -> Json:
    """What was offered before can still be chosen: several may come from several searches."""
    offered.setdefault((act.text("block_id"), act.text("action_id")), []).extend(
        all_options(answer)
    )
    return answer
