"""Blocks (docs.slack.dev/reference/block-kit/blocks), and the surfaces that each may stand on."""

from collections.abc import Iterator
from typing import Any

from sandbox.blocks.elements import (
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    ID,
    IMAGE,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.blocks.objects import LONGEST_URL, SLACK_FILE, plain, text
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import (
    Rule,
    by_type,
    choice,
    flag,
    items,
    nullable,
    problem,
    shape,
    string,
    typed,
)

MESSAGE, MODAL, HOME = "message", "modal", "home"
NAMED = {"block_id": ID}


def _cell(value: Any, path: str) -> Iterator[str]:
    """A rich_text cell must hold something: Slack refuses a table with an empty cell."""
    yield from by_type({"raw_text": typed({"text": string(3000)}), "rich_text": RICH_TEXT})(
        value, path
    )
    if isinstance(value, dict) and value.get("type") == "rich_text" and not _filled(value):
        yield problem("must provide a non-empty cell", path)


def _filled(cell: dict[str, Any]) -> bool:
    sections = cell.get("elements")
    return isinstance(sections, list) and any(
        isinstance(each, dict) and each.get("elements") for each in sections
    )


COLUMN = shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})
TABLE = typed(
    {"rows": items(items(_cell, 20), 100)},
    NAMED | {"column_settings": items(nullable(COLUMN), 20, least=0)},
)
IMAGE_BLOCK = typed(
    {"alt_text": string(2000)},
    NAMED | {"image_url": string(LONGEST_URL), "slack_file": SLACK_FILE, "title": plain(2000)},
    one_of="image_url slack_file",
)
VIDEO = typed(
    {
        "alt_text": string(2000),
        "title": plain(200),
        "thumbnail_url": string(LONGEST_URL),
        "video_url": string(LONGEST_URL),
    },
    NAMED
    | {
        "author_name": string(50),
        "description": plain(200),
        "provider_icon_url": string(LONGEST_URL),
        "provider_name": string(50),
        "title_url": string(LONGEST_URL),
    },
)
SECTION = typed(
    {},
    NAMED
    | {
        "text": text(3000),
        "fields": items(text(2000), 10),
        "accessory": by_type(IN_SECTION),
        "expand": flag,
    },
    one_of="text fields",
)
INPUT = typed(
    {"label": plain(2000), "element": by_type(IN_INPUT)},
    NAMED | {"dispatch_action": flag, "hint": plain(2000), "optional": flag},
)

EVERYWHERE: dict[str, Rule] = {
    "actions": typed({"elements": items(by_type(IN_ACTIONS), 25)}, NAMED),
    "context": typed(
        {
            "elements": items(
                by_type({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 10
            )
        },
        NAMED,
    ),
    "divider": typed({}, NAMED),
    "header": typed({"text": plain(150)}, NAMED),
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": VIDEO,
}
IN_MESSAGES: dict[str, Rule] = {
    "context_actions": typed(
        {
            "elements": items(
                by_type({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}), 5
            )
        },
        NAMED,
    ),
    "file": typed({"external_id": ID, "source": choice("remote")}, NAMED),
    "markdown": typed({"text": string(12_000)}, NAMED),
    "table": TABLE,
}
IN_MODALS: dict[str, Rule] = {
    "alert": typed(
        {"text": text(200)},
        NAMED | {"level": choice("default", "info", "warning", "error", "success")},
    ),
}
KINDS: dict[str, dict[str, Rule]] = {
    MESSAGE: EVERYWHERE | IN_MESSAGES,
    MODAL: EVERYWHERE | IN_MODALS,
    HOME: EVERYWHERE,
}
