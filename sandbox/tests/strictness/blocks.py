"""Rules for the blocks of a message (docs.slack.dev/reference/block-kit/blocks)."""

from strictness.builders import (
    DIVIDER,
    PICTURE,
    Json,
    actions,
    button,
    element,
    mrkdwn,
    plain,
    posts,
    rich,
    rich_section,
    section,
)
from strictness.rule import Rule

BLOCKS = "reference/block-kit/blocks"


def block_rule(
    name: str, source: str, passing: Json | list[Json], failing: Json | list[Json], message: str
) -> Rule:
    """Return a rule for blocks. `message` is about the first failing block."""
    valid, invalid = (item if isinstance(item, list) else [item] for item in (passing, failing))
    return Rule(
        name, f"{BLOCKS}{source}", posts(*valid), posts(*invalid), "invalid_blocks", message
    )


def too_long(limit: int, path: str) -> str:
    return f"[ERROR] must be less than {limit + 1} characters [json-pointer:{path}]"


def too_many(limit: int, path: str) -> str:
    return f"[ERROR] no more than {limit} items allowed [json-pointer:{path}]"


def header(text: Json, **fields: object) -> Json:
    return {"type": "header", "text": text, **fields}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "x" * length}


RULES = [
    block_rule("a message has at most 50 blocks", "",
               [DIVIDER] * 50, [DIVIDER] * 51, too_many(50, "/blocks")),
    block_rule("a block has a known type", "",
               DIVIDER, {"type": "ruler"}, "unsupported type: ruler [json-pointer:/blocks/0/type]"),
    block_rule("a block has only known fields", "",
               DIVIDER, DIVIDER | {"color": "red"},
               "invalid additional property: color [json-pointer:/blocks/0]"),
    block_rule("a block_id has at most 255 characters", "",
               DIVIDER | {"block_id": "x" * 255}, DIVIDER | {"block_id": "x" * 256},
               too_long(255, "/blocks/0/block_id")),
    block_rule("block_ids are unique in a message", "",
               [DIVIDER | {"block_id": name} for name in "ab"],
               [DIVIDER | {"block_id": name} for name in "aa"], "`block_id` must be unique"),
    block_rule("a section's text has at most 3,000 characters", "/section-block",
               section(text=mrkdwn(3000)), section(text=mrkdwn(3001)),
               too_long(3000, "/blocks/0/text/text")),
    block_rule("a text isn't empty", "/section-block",
               section(text=mrkdwn("x")), section(text=mrkdwn("")),
               "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    block_rule("a section has text or fields", "/section-block",
               section(fields=[plain()]), section(block_id="a"),
               "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    block_rule("a section has at most 10 fields", "/section-block",
               section(fields=[plain()] * 10), section(fields=[plain()] * 11),
               too_many(10, "/blocks/0/fields")),
    block_rule("a section's field has at most 2,000 characters", "/section-block",
               section(fields=[plain(2000)]), section(fields=[plain(2001)]),
               too_long(2000, "/blocks/0/fields/0/text")),
    block_rule("a section has no datetimepicker", "/section-block",
               section(text=plain(), accessory=element("datepicker")),
               section(text=plain(), accessory=element("datetimepicker")),
               "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]"),
    block_rule("a header has at most 150 characters", "/header-block",
               header(plain(150)), header(plain(151)), too_long(150, "/blocks/0/text/text")),
    block_rule("a header has plain text", "/header-block",
               header(plain()), header(mrkdwn()),
               "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    block_rule("a header has a level from 1 to 4", "/header-block",
               header(plain(), level=4), header(plain(), level=5),
               "must be a valid number [json-pointer:/blocks/0/level]"),
    block_rule("a context has at most 10 elements", "/context-block",
               context(*[plain()] * 10), context(*[plain()] * 11),
               too_many(10, "/blocks/0/elements")),
    block_rule("a context has only texts and images", "/context-block",
               context(plain(), PICTURE), context(plain(), button()),
               "unsupported type: button [json-pointer:/blocks/0/elements/1/type]"),
    block_rule("actions have at most 25 elements", "/actions-block",
               actions(*[button()] * 25), actions(*[button()] * 26),
               too_many(25, "/blocks/0/elements")),
    block_rule("actions have at least one element", "/actions-block",
               actions(button()), actions(),
               "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    block_rule("actions have no text inputs", "/actions-block",
               actions(element("datepicker")), actions(element("plain_text_input")),
               "unsupported type: plain_text_input"),
    # @slack/types 3.2 also allows it in actions: this is the stricter of the two.
    block_rule("only an input block has a rich_text_input",
               "/../block-elements/rich-text-input-element",
               actions(button()), actions(element("rich_text_input", action_id="e")),
               "unsupported type: rich_text_input"),
    block_rule("an image has either a URL or a Slack file", "/image-block",
               PICTURE, PICTURE | {"slack_file": {"id": "F1"}},
               "must define exactly one of `image_url` or `slack_file`"),
    block_rule("an image has an alt_text", "/image-block",
               PICTURE, {"type": "image", "image_url": PICTURE["image_url"]},
               "missing required field: alt_text [json-pointer:/blocks/0]"),
    block_rule("an image's alt_text has at most 2,000 characters", "/image-block",
               PICTURE | {"alt_text": "x" * 2000}, PICTURE | {"alt_text": "x" * 2001},
               too_long(2000, "/blocks/0/alt_text")),
    block_rule("an image's URL has at most 3,000 characters", "/image-block",
               PICTURE | {"image_url": f"https://{'x' * 2992}"},
               PICTURE | {"image_url": f"https://{'x' * 2993}"},
               too_long(3000, "/blocks/0/image_url")),
    block_rule("an image's title has at most 2,000 characters", "/image-block",
               PICTURE | {"title": plain(2000)}, PICTURE | {"title": plain(2001)},
               too_long(2000, "/blocks/0/title/text")),
    block_rule("a markdown block has at most 12,000 characters", "/markdown-block",
               markdown(12_000), markdown(12_001), too_long(12_000, "/blocks/0/text")),
    block_rule("a message has at most 12,000 characters of markdown", "/markdown-block",
               [markdown(6000), markdown(6000)], [markdown(6000), markdown(6001)],
               "markdown text must be less than 12001 characters [json-pointer:/blocks]"),
    Rule("a message has at most 13,200 characters in its blocks", "slackapi/bolt-js issue 2509",
         posts(*[section(text=plain(2640))] * 5),
         posts(*[section(text=plain(2640))] * 4, section(text=plain(2641))),
         "msg_blocks_too_long"),
    # slack_sdk and @slack/types have a class for it, but only to read messages.
    block_rule("an app can't post a file block", "/file-block",
               DIVIDER, {"type": "file", "external_id": "F1", "source": "remote"},
               "unsupported type: file"),
    block_rule("only modals have alerts", "/alert-block",
               section(), {"type": "alert", "text": plain()}, "unsupported type: alert"),
    block_rule("a list has bullets or numbers", "/rich-text-block",
               rich({"type": "rich_text_list", "style": "ordered", "elements": [rich_section()]}),
               rich({"type": "rich_text_list", "style": "check", "elements": [rich_section()]}),
               "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
    block_rule("a broadcast mentions here, channel or everyone", "/rich-text-block",
               rich(rich_section({"type": "broadcast", "range": "here"})),
               rich(rich_section({"type": "broadcast", "range": "all"})),
               "[json-pointer:/blocks/0/elements/0/elements/0/range]"),
    block_rule("text in rich text isn't empty", "/rich-text-block",
               rich(rich_section({"type": "text", "text": " "})),
               rich(rich_section({"type": "text", "text": ""})), "must be more than 0 characters"),
    block_rule("a rich text section can't contain a section", "/rich-text-block",
               rich(rich_section()), rich(rich_section(rich_section())),
               "unsupported type: rich_text_section"),
]  # fmt: skip
