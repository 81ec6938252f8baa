"""Cards, carousels and what agents show of their work.

docs.slack.dev/reference/block-kit/blocks/card-block and its neighbours
"""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.block_kit.elements import BUTTON, ID, IMAGE
from slack_sandbox.block_kit.objects import LONGEST_URL, plain, text
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.rules import Rule, by_type, choice, items, shape, string, typed

ANY_LENGTH = 3000
IMAGES = by_type({"image": IMAGE})
# Other sources speak of three actions in a card.
CARD = typed(
    {},
    {
        "block_id": ID,
        "hero_image": IMAGES,
        "icon": IMAGES,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": items(by_type({"button": BUTTON}), 2),
    },
    any_of="hero_image title actions body",
)
CAROUSEL = typed({"elements": items(by_type({"card": CARD}), 10)}, {"block_id": ID})

_SOURCE = typed({"url": string(LONGEST_URL), "text": string(ANY_LENGTH)})
_TASK: dict[str, Rule] = {"task_id": ID, "title": string(ANY_LENGTH)}
_OF_TASK: dict[str, Rule] = {
    "block_id": ID,
    "details": by_type({"rich_text": RICH_TEXT}),
    "output": by_type({"rich_text": RICH_TEXT}),
    "sources": items(by_type({"url": _SOURCE}), least=0),
    "status": choice("pending", "in_progress", "complete", "error"),
}
TASK_CARD = typed(_TASK, _OF_TASK)
_TASK_OF_PLAN = shape(_TASK, {"type": choice("task_card"), **_OF_TASK})


def _title(value: Any, path: str) -> Iterator[str]:
    """Words, or a plain_text object."""
    return (plain(ANY_LENGTH) if isinstance(value, dict) else string(ANY_LENGTH))(value, path)


PLAN = typed({"title": _title}, {"block_id": ID, "tasks": items(_TASK_OF_PLAN, least=0)})
