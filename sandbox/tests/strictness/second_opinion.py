"""What slack_sdk's own models say of the blocks and views that the sandbox took."""

import json
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]


def objections(calls: list[Json]) -> list[str]:
    """To the calls of the Web API that were answered with ok."""
    found = []
    for call in calls:
        if call["kind"] == "api" and call["ok"]:
            found += _objections(**{name: call["request"].get(name) for name in ("blocks", "view")})
    return found


def _objections(blocks: Any, view: Any) -> list[str]:
    shown: list[Block | View] = []
    if blocks:  # slack_sdk 3.47 has no class for data_table and data_visualization
        shown += [known for each in _decoded(blocks) if (known := Block.parse(each))]
    if view:
        shown.append(View(**_decoded(view)))
    return [said for each in shown for said in _of(each)]


def _of(shown: Block | View) -> list[str]:
    try:
        shown.validate_json()
    except SlackObjectFormationError as error:
        return [str(error)]
    return []


def _decoded(sent: Any) -> Any:
    return json.loads(sent) if isinstance(sent, str) else sent
