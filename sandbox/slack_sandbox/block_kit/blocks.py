"""Validators for blocks, by surface (docs.slack.dev/reference/block-kit/blocks)."""

from collections.abc import Mapping

from slack_sandbox.block_kit.cards import CARD, CAROUSEL, PLAN, TASK_CARD
from slack_sandbox.block_kit.composition_objects import (
    MAX_URL_LENGTH,
    SLACK_FILE,
    plain_text,
    text_object,
)
from slack_sandbox.block_kit.elements import (
    ACTIONS_ELEMENTS,
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    ID,
    IMAGE,
    INPUT_ELEMENTS,
    MODAL_INPUT_ELEMENTS,
    SECTION_ACCESSORIES,
)
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    boolean,
    constrained,
    enum,
    integer,
    string,
    typed_object,
    union,
)

MESSAGE, MODAL, HOME = "message", "modal", "home"
BLOCK_FIELDS = {"block_id": ID}


IMAGE_BLOCK = typed_object(
    {"alt_text": string(2000)},
    BLOCK_FIELDS
    | {"image_url": string(MAX_URL_LENGTH), "slack_file": SLACK_FILE, "title": plain_text(2000)},
    one_of="image_url slack_file",
)
SECURE_URL = constrained(
    string(MAX_URL_LENGTH), "must be a secure URL", lambda url: url.startswith("https://")
)
# Documented as "must be less than 200 characters" and "less than 50".
VIDEO = typed_object(
    {
        "alt_text": string(2000),
        "title": plain_text(199),
        "thumbnail_url": string(MAX_URL_LENGTH),
        "video_url": SECURE_URL,
    },
    BLOCK_FIELDS
    | {
        "author_name": string(49),
        "description": plain_text(199),
        "provider_icon_url": string(MAX_URL_LENGTH),
        "provider_name": string(50),
        "title_url": SECURE_URL,
    },
)
SECTION = typed_object(
    {},
    BLOCK_FIELDS
    | {
        "text": text_object(3000),
        "fields": array(text_object(2000), 10),
        "accessory": union(SECTION_ACCESSORIES),
        "expand": boolean,
    },
    any_of="text fields",
)


def _input(elements: Mapping[str, Validator]) -> Validator:
    return constrained(
        typed_object(
            {"label": plain_text(2000), "element": union(elements)},
            BLOCK_FIELDS
            | {"dispatch_action": boolean, "hint": plain_text(2000), "optional": boolean},
        ),
        "dispatch_action is not allowed with a file_input",
        lambda block: block["element"]["type"] != "file_input" or not block.get("dispatch_action"),
    )


COMMON_BLOCKS: dict[str, Validator] = {
    "actions": typed_object({"elements": array(union(ACTIONS_ELEMENTS), 25)}, BLOCK_FIELDS),
    "context": typed_object(
        {
            "elements": array(
                union(
                    {"image": IMAGE, "plain_text": text_object(3000), "mrkdwn": text_object(3000)}
                ),
                10,
            )
        },
        BLOCK_FIELDS,
    ),
    "divider": typed_object({}, BLOCK_FIELDS),
    "header": typed_object({"text": plain_text(150)}, BLOCK_FIELDS | {"level": integer(1, 4)}),
    "image": IMAGE_BLOCK,
    "input": _input(INPUT_ELEMENTS),
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": VIDEO,
}
# A container can't contain another container. Apps can't post file blocks: only Slack does.
CONTAINER_BLOCKS = COMMON_BLOCKS | {"table": TABLE}
CONTAINER = constrained(
    typed_object(
        {"child_blocks": array(union(CONTAINER_BLOCKS), 10)},
        BLOCK_FIELDS
        | {
            "title": plain_text(150),
            "rich_text_title": union({"rich_text": RICH_TEXT}),
            "subtitle": text_object(150),
            "icon": union({"image": IMAGE}),
            "width": enum("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        any_of="title rich_text_title",
    ),
    "default_collapsed needs is_collapsible, and has_header_divider excludes it",
    lambda block: (
        not block.get("has_header_divider" if block.get("is_collapsible") else "default_collapsed")
    ),
)
MESSAGE_AND_HOME_BLOCKS: dict[str, Validator] = {
    "card": CARD,
    "carousel": CAROUSEL,
    "container": CONTAINER,
}
MESSAGE_BLOCKS: dict[str, Validator] = {
    "context_actions": typed_object(
        {
            "elements": array(
                union({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}), 5
            )
        },
        BLOCK_FIELDS,
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": typed_object({"text": string(12_000)}, BLOCK_FIELDS),
    "plan": PLAN,
    "table": TABLE,
    "task_card": TASK_CARD,
}
MODAL_BLOCKS: dict[str, Validator] = {
    "alert": typed_object(
        {"text": text_object(200)},
        BLOCK_FIELDS | {"level": enum("default", "info", "warning", "error", "success")},
    ),
    "input": _input(MODAL_INPUT_ELEMENTS),
}
BLOCKS: dict[str, dict[str, Validator]] = {
    MESSAGE: COMMON_BLOCKS | MESSAGE_AND_HOME_BLOCKS | MESSAGE_BLOCKS,
    MODAL: COMMON_BLOCKS | MODAL_BLOCKS,
    HOME: COMMON_BLOCKS | MESSAGE_AND_HOME_BLOCKS,
}
