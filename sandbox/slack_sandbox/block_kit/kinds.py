"""Blocks (docs.slack.dev/reference/block-kit/blocks), and the surfaces that each may stand on."""

from collections.abc import Mapping

from slack_sandbox.block_kit.cards import CARD, CAROUSEL, PLAN, TASK_CARD
from slack_sandbox.block_kit.elements import (
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    ID,
    IMAGE,
    IN_ACTIONS,
    IN_INPUT,
    IN_MODAL_INPUT,
    IN_SECTION,
)
from slack_sandbox.block_kit.objects import LONGEST_URL, SLACK_FILE, plain, text
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.rules import (
    Rule,
    by_type,
    choice,
    flag,
    holding,
    items,
    string,
    typed,
    whole,
)
from slack_sandbox.block_kit.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

MESSAGE, MODAL, HOME = "message", "modal", "home"
NAMED = {"block_id": ID}


IMAGE_BLOCK = typed(
    {"alt_text": string(2000)},
    NAMED | {"image_url": string(LONGEST_URL), "slack_file": SLACK_FILE, "title": plain(2000)},
    one_of="image_url slack_file",
)
SECURE_URL = holding(
    string(LONGEST_URL), "must be a secure URL", lambda url: url.startswith("https://")
)
# "Must be less than 200 characters", "less than 50".
VIDEO = typed(
    {
        "alt_text": string(2000),
        "title": plain(199),
        "thumbnail_url": string(LONGEST_URL),
        "video_url": SECURE_URL,
    },
    NAMED
    | {
        "author_name": string(49),
        "description": plain(199),
        "provider_icon_url": string(LONGEST_URL),
        "provider_name": string(50),
        "title_url": SECURE_URL,
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
    any_of="text fields",
)


def _input(elements: Mapping[str, Rule]) -> Rule:
    return holding(
        typed(
            {"label": plain(2000), "element": by_type(elements)},
            NAMED | {"dispatch_action": flag, "hint": plain(2000), "optional": flag},
        ),
        "dispatch_action is not allowed with a file_input",
        lambda block: block["element"]["type"] != "file_input" or not block.get("dispatch_action"),
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
    "header": typed({"text": plain(150)}, NAMED | {"level": whole(1, 4)}),
    "image": IMAGE_BLOCK,
    "input": _input(IN_INPUT),
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": VIDEO,
}
# A container holds these, and no other container. A file block comes from Slack alone.
IN_CONTAINERS = EVERYWHERE | {"table": TABLE}
CONTAINER = holding(
    typed(
        {"child_blocks": items(by_type(IN_CONTAINERS), 10)},
        NAMED
        | {
            "title": plain(150),
            "rich_text_title": by_type({"rich_text": RICH_TEXT}),
            "subtitle": text(150),
            "icon": by_type({"image": IMAGE}),
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
        any_of="title rich_text_title",
    ),
    "default_collapsed needs is_collapsible, and has_header_divider does without it",
    lambda block: (
        not block.get("has_header_divider" if block.get("is_collapsible") else "default_collapsed")
    ),
)
NOT_IN_MODALS: dict[str, Rule] = {"card": CARD, "carousel": CAROUSEL, "container": CONTAINER}
IN_MESSAGES: dict[str, Rule] = {
    "context_actions": typed(
        {
            "elements": items(
                by_type({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}), 5
            )
        },
        NAMED,
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": typed({"text": string(12_000)}, NAMED),
    "plan": PLAN,
    "table": TABLE,
    "task_card": TASK_CARD,
}
IN_MODALS: dict[str, Rule] = {
    "alert": typed(
        {"text": text(200)},
        NAMED | {"level": choice("default", "info", "warning", "error", "success")},
    ),
    "input": _input(IN_MODAL_INPUT),
}
KINDS: dict[str, dict[str, Rule]] = {
    MESSAGE: EVERYWHERE | NOT_IN_MODALS | IN_MESSAGES,
    MODAL: EVERYWHERE | IN_MODALS,
    HOME: EVERYWHERE | NOT_IN_MODALS,
}
