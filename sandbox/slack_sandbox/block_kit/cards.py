"""Cards, carousels, and the plans and task cards of AI agents.

docs.slack.dev/reference/block-kit/blocks/card-block, …/carousel-block, …/plan-block,
…/task-card-block
"""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.block_kit.composition_objects import MAX_URL_LENGTH, plain_text, text_object
from slack_sandbox.block_kit.elements import BUTTON, ID, IMAGE
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    enum,
    json_object,
    string,
    typed_object,
    union,
)

MAX_TEXT_LENGTH = 3000
IMAGES = union({"image": IMAGE})
# Other sources allow three actions in a card.
CARD = typed_object(
    {},
    {
        "block_id": ID,
        "hero_image": IMAGES,
        "icon": IMAGES,
        "title": text_object(150),
        "subtitle": text_object(150),
        "body": text_object(200),
        "actions": array(union({"button": BUTTON}), 2),
    },
    any_of="hero_image title actions body",
)
CAROUSEL = typed_object({"elements": array(union({"card": CARD}), 10)}, {"block_id": ID})

_SOURCE = typed_object({"url": string(MAX_URL_LENGTH), "text": string(MAX_TEXT_LENGTH)})
_TASK: dict[str, Validator] = {"task_id": ID, "title": string(MAX_TEXT_LENGTH)}
_TASK_OPTIONAL: dict[str, Validator] = {
    "block_id": ID,
    "details": union({"rich_text": RICH_TEXT}),
    "output": union({"rich_text": RICH_TEXT}),
    "sources": array(union({"url": _SOURCE}), min_items=0),
    "status": enum("pending", "in_progress", "complete", "error"),
}
TASK_CARD = typed_object(_TASK, _TASK_OPTIONAL)
_PLAN_TASK = json_object(_TASK, {"type": enum("task_card"), **_TASK_OPTIONAL})


def _title(value: Any, path: str) -> Iterator[str]:
    """Validate a title: a string or a plain_text object."""
    return (plain_text(MAX_TEXT_LENGTH) if isinstance(value, dict) else string(MAX_TEXT_LENGTH))(
        value, path
    )


PLAN = typed_object({"title": _title}, {"block_id": ID, "tasks": array(_PLAN_TASK, min_items=0)})
