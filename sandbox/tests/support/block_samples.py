"""A sample of each block, element, and part of rich text that slack_sdk has a class for."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, BlockElement

from support.sample_app import Json

PLAIN = {"type": "plain_text", "text": "Words"}
OPTION = {"text": PLAIN, "value": "words"}
WORDS = {"type": "text", "text": "Words"}
SECTION = {"type": "rich_text_section", "elements": [WORDS]}
RICH = {"type": "rich_text", "elements": [SECTION]}
IMAGE = {"image_url": "/static/icon.svg", "alt_text": "Words"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "button"}
CARD = {"type": "card", "title": PLAIN}

# The fields that each block needs to show anything.
BLOCKS: dict[str, Json] = {
    "actions": {"elements": [BUTTON]},
    "alert": {"text": PLAIN},
    "auth_provider": {"name": PLAIN, "value": "v", "is_connected": False},
    "call": {"call_id": "R1"},
    "card": CARD,
    "carousel": {"elements": [CARD]},
    "container": {"title": PLAIN, "child_blocks": [{"type": "section", "text": PLAIN}]},
    "context": {"elements": [PLAIN]},
    "context_actions": {"elements": [BUTTON]},
    "divider": {},
    "file": {"external_id": "F1", "source": "remote"},
    "header": {"text": PLAIN},
    "image": IMAGE,
    "input": {"label": PLAIN, "element": {"type": "plain_text_input", "action_id": "i"}},
    "markdown": {"text": "Words"},
    "plan": {"title": "Words", "tasks": [{"task_id": "t", "title": "Words", "output": RICH}]},
    "rich_text": RICH,
    "section": {"text": PLAIN},
    "table": {"rows": [[{"type": "raw_text", "text": "Words"}]]},
    "task_card": {"task_id": "t", "title": "Words", "status": "pending"},
    "video": {"title": PLAIN, "video_url": "https://example.com", "thumbnail_url": "", **IMAGE},
}
ELEMENTS: dict[str, Json] = {
    "button": {"text": PLAIN},
    "checkboxes": {"options": [OPTION]},
    "feedback_buttons": {
        "positive_button": {"text": PLAIN, "value": "y"},
        "negative_button": {"text": PLAIN, "value": "n"},
    },
    "icon_button": {"icon": "trash", "text": PLAIN},
    "image": IMAGE,
    "multi_static_select": {"options": [OPTION]},
    "overflow": {"options": [OPTION]},
    "radio_buttons": {"options": [OPTION]},
    "static_select": {"options": [OPTION]},
    "workflow_button": {"text": PLAIN, "workflow": {}},
}
PARTS: dict[str, Json] = {
    "broadcast": {"range": "here"},
    "channel": {"channel_id": "C0OPS00001"},
    "color": {"value": "#0b6b66"},
    "date": {"timestamp": 0, "format": "{date}"},
    "emoji": {"name": "fire"},
    "link": {"url": "https://example.com"},
    "team": {"team_id": "T0HARBOR01"},
    "text": WORDS,
    "user": {"user_id": "U0ANA00000"},
    "usergroup": {"usergroup_id": "S1"},
}
RICH_ELEMENTS: dict[str, Json] = {
    "rich_text_list": {"style": "bullet", "elements": [SECTION]},
    "rich_text_preformatted": {"elements": [WORDS]},
    "rich_text_quote": {"elements": [WORDS]},
    "rich_text_section": SECTION,
}


def type_names(base: type) -> set[str]:
    """Return the `type` of every subclass."""

    def below(cls: type) -> Iterator[type]:
        children: list[type] = cls.__subclasses__()
        for child in children:
            yield child
            yield from below(child)

    names = (getattr(cls, "type", None) for cls in below(base))
    return {name for name in names if isinstance(name, str)}


def block_with(type_name: str) -> Json:
    """Return a block that contains an element of this type."""
    if type_name in PARTS:
        part = {"type": type_name, **PARTS[type_name]}
        section = {"type": "rich_text_section", "elements": [part]}
        return {"type": "rich_text", "elements": [section]}
    if type_name in RICH_ELEMENTS:
        return {"type": "rich_text", "elements": [{"type": type_name, **RICH_ELEMENTS[type_name]}]}
    element = {"type": type_name, "action_id": "element", **ELEMENTS.get(type_name, {})}
    return {"type": "section", "block_id": "block", "text": PLAIN, "accessory": element}


def every_block() -> list[Json]:
    """Return a block of each type, and a block around an element of each type."""
    blocks = [{"type": type_name, **BLOCKS[type_name]} for type_name in sorted(type_names(Block))]
    blocks += [block_with(type_name) for type_name in sorted(type_names(BlockElement))]
    return [{**block, "block_id": f"block-{index}"} for index, block in enumerate(blocks)]
