"""Rules for larger blocks: tables, charts, cards, containers, videos and feedback."""

from typing import Any

from strictness.blocks import block_rule, too_long, too_many
from strictness.builders import (
    DIVIDER,
    Json,
    button,
    element,
    mrkdwn,
    plain,
    posts,
    rich,
    rich_section,
)
from strictness.rule import Rule

CELL: Json = {"type": "raw_text", "text": "a"}
VALIDATOR = "TightknitAI/slack-block-kit-validator"


def table(*rows: list[Json], **fields: Any) -> Json:
    return {"type": "table", "rows": list(rows), **fields}


def data_table(*rows: list[Json], caption: str = "Numbers") -> Json:
    return {"type": "data_table", "caption": caption, "rows": list(rows)}


def video(**fields: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "a",
        "title": plain(),
        "thumbnail_url": "https://example.com/a.png",
        "video_url": "https://example.com/embed/a",
        **fields,
    }


def feedback(**fields: Any) -> Json:
    choice = {"text": plain("Good"), "value": "good"}
    return element("feedback_buttons", positive_button=choice, **fields)


def context_actions(*elements: Json) -> Json:
    return {"type": "context_actions", "elements": list(elements)}


def container(*blocks: Json, **fields: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": list(blocks), **fields}


def chart(*labels: str) -> Json:
    points = [{"label": label, "value": 1} for label in labels]
    return {
        "type": "data_visualization",
        "title": "Chart",
        "chart": {
            "type": "line",
            "series": [{"name": "One", "data": points}],
            "axis_config": {"categories": ["Mon", "Tue"]},
        },
    }


def pie(*values: int) -> Json:
    segments = [{"label": str(number), "value": value} for number, value in enumerate(values)]
    return {
        "type": "data_visualization",
        "title": "Pie",
        "chart": {"type": "pie", "segments": segments},
    }


NOT_GOOD: Json = {"text": plain("Bad"), "value": "bad"}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Look"}
CARD: Json = {"type": "card", "body": mrkdwn()}
CAROUSEL: Json = {"type": "carousel"}
PLAN: Json = {"type": "plan", "title": "Plan"}

RULES = [
    block_rule("a table has at most 100 rows", "/table-block",
               table(*[[CELL]] * 100), table(*[[CELL]] * 101), too_many(100, "/blocks/0/rows")),
    block_rule("a row of a table has at most 20 cells", "/table-block",
               table([CELL] * 20), table([CELL] * 21), too_many(20, "/blocks/0/rows/0")),
    block_rule("a raw_text cell isn't empty", "/table-block",
               table([CELL]), table([CELL | {"text": ""}]),
               "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"),
    # TightknitAI/slack-block-kit-validator reports that the Block Kit Builder accepts it.
    block_rule("a rich_text cell isn't empty", "/table-block",
               table([rich(rich_section())]),
               table([rich({"type": "rich_text_section", "elements": []})]),
               "must provide a non-empty cell"),
    block_rule("a cell has raw text, a raw number or rich text", "/table-block",
               table([{"type": "raw_number", "value": 1.5, "text": "1.50"}]), table([mrkdwn()]),
               "unsupported type: mrkdwn [json-pointer:/blocks/0/rows/0/0/type]"),
    block_rule("a column's alignment is left, center or right", "/table-block",
               table([CELL], column_settings=[{"align": "center"}]),
               table([CELL], column_settings=[{"align": "middle"}]),
               "must be a valid enum value [json-pointer:/blocks/0/column_settings/0/align]"),
    Rule("a message has at most one table", "reference/block-kit/blocks/table-block",
         posts(table([CELL])), posts(table([CELL]), table([CELL])),
         "invalid_attachments", "only_one_table_allowed"),
    Rule("a data_table counts as a table", VALIDATOR,
         posts(data_table([CELL], [CELL])), posts(data_table([CELL], [CELL]), table([CELL])),
         "invalid_attachments", "only_one_table_allowed"),
    block_rule("a data_table has a row below its header", "/data-table-block",
               data_table([CELL], [CELL]), data_table([CELL]),
               "no less than 2 items allowed [json-pointer:/blocks/0/rows]"),
    block_rule("a data_table's header has no rich text", "/data-table-block",
               data_table([CELL], [rich(rich_section())]),
               data_table([rich(rich_section())], [CELL]),
               "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]"),
    block_rule("a message has at most two charts", "/data-visualization-block",
               [pie(1)] * 2, [pie(1)] * 3, "no more than 2 data_visualization blocks allowed"),
    block_rule("a series has one point for each category", "/data-visualization-block",
               chart("Mon", "Tue"), chart("Mon"), "one point for each category"),
    block_rule("a pie segment is greater than 0", "/data-visualization-block",
               pie(1), pie(0), "must be a valid number"),
    block_rule("a video's URL uses HTTPS", "/video-block",
               video(), video(video_url="http://example.com/embed/a"),
               "must be a secure URL [json-pointer:/blocks/0/video_url]"),
    block_rule("a video's title has less than 200 characters", "/video-block",
               video(title=plain(199)), video(title=plain(200)),
               too_long(199, "/blocks/0/title/text")),
    block_rule("a video's author_name has less than 50 characters", "/video-block",
               video(author_name="x" * 49), video(author_name="x" * 50),
               too_long(49, "/blocks/0/author_name")),
    block_rule("context_actions have at most 5 elements", "/context-actions-block",
               context_actions(*[feedback(negative_button=NOT_GOOD)] * 5),
               context_actions(*[feedback(negative_button=NOT_GOOD)] * 6),
               too_many(5, "/blocks/0/elements")),
    block_rule("context_actions have only feedback and icon buttons", "/context-actions-block",
               context_actions(element("icon_button", icon="trash", text=plain())),
               context_actions(button()), "unsupported type: button"),
    block_rule("feedback_buttons have both buttons", "/../block-elements/feedback-buttons-element",
               context_actions(feedback(negative_button=NOT_GOOD)), context_actions(feedback()),
               "missing required field: negative_button"),
    block_rule("a card has content", "/card-block",
               CARD, {"type": "card", "subtitle": mrkdwn()}, "must define either `hero_image`"),
    block_rule("a card's body has at most 200 characters", "/card-block",
               CARD | {"body": mrkdwn(200)}, CARD | {"body": mrkdwn(201)},
               too_long(200, "/blocks/0/body/text")),
    # slackblocks 2.7 (Rust) allows three.
    block_rule("a card has at most two buttons", "/card-block",
               CARD | {"actions": [button()] * 2}, CARD | {"actions": [button()] * 3},
               too_many(2, "/blocks/0/actions")),
    block_rule("a carousel has at most 10 cards", "/carousel-block",
               CAROUSEL | {"elements": [CARD] * 10}, CAROUSEL | {"elements": [CARD] * 11},
               too_many(10, "/blocks/0/elements")),
    block_rule("a container has at most 10 blocks", "/container-block",
               container(*[DIVIDER] * 10), container(*[DIVIDER] * 11),
               too_many(10, "/blocks/0/child_blocks")),
    block_rule("a container can't contain a container", "/container-block",
               container(DIVIDER), container(container(DIVIDER)), "unsupported type: container"),
    block_rule("a collapsed container is collapsible", "/container-block",
               container(DIVIDER, default_collapsed=True, is_collapsible=True),
               container(DIVIDER, default_collapsed=True),
               "default_collapsed needs is_collapsible"),
    block_rule("block_ids are unique within containers too", "",
               [container(DIVIDER | {"block_id": "a"}), DIVIDER | {"block_id": "b"}],
               [container(DIVIDER | {"block_id": "a"}), DIVIDER | {"block_id": "a"}],
               "`block_id` must be unique: a"),
    block_rule("a task's status is known", "/task-card-block",
               TASK | {"status": "complete"}, TASK | {"status": "done"},
               "must be a valid enum value [json-pointer:/blocks/0/status]"),
    block_rule("a message has at most one plan", "/plan-block",
               PLAN | {"tasks": [TASK]}, [PLAN, PLAN], "no more than 1 plan blocks allowed"),
]  # fmt: skip
