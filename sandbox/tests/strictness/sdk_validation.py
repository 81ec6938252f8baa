"""Validation by slack_sdk's models of the blocks and views that the sandbox accepts."""

import json
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]


def sdk_errors(calls: list[Json]) -> list[str]:
    """Return slack_sdk's errors for the successful Web API calls in this traffic."""
    errors = []
    for call in calls:
        if call["kind"] == "api" and call["ok"]:
            errors += _errors(**{name: call["request"].get(name) for name in ("blocks", "view")})
    return errors


def _errors(blocks: Any, view: Any) -> list[str]:
    models: list[Block | View] = []
    if blocks:  # slack_sdk 3.47 has no class for data_table and data_visualization
        models += [model for block in _decoded(blocks) if (model := Block.parse(block))]
    if view:
        models.append(View(**_decoded(view)))
    return [error for model in models for error in _model_errors(model)]


def _model_errors(model: Block | View) -> list[str]:
    try:
        model.validate_json()
    except SlackObjectFormationError as error:
        return [str(error)]
    return []


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
