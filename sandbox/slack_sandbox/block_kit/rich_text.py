"""Validator for the rich_text block (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from slack_sandbox.block_kit.composition_objects import MAX_URL_LENGTH
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    boolean,
    enum,
    integer,
    json_object,
    string,
    typed_object,
    union,
)

NAME = string(255)
STYLE = {
    "style": json_object(
        {}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
    )
}
MENTION_STYLE = {
    "style": json_object(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean
        ),
    )
}
INLINE_ELEMENTS: dict[str, Validator] = {
    "text": typed_object({"text": string(12_000)}, STYLE),
    "link": typed_object(
        {"url": string(MAX_URL_LENGTH)}, {"text": string(3000), "unsafe": boolean} | STYLE
    ),
    "emoji": typed_object({"name": NAME}, {"unicode": NAME, "skin_tone": integer(1, 6)} | STYLE),
    "user": typed_object({"user_id": NAME}, MENTION_STYLE),
    "usergroup": typed_object({"usergroup_id": NAME}, MENTION_STYLE),
    "channel": typed_object({"channel_id": NAME}, MENTION_STYLE),
    "team": typed_object({"team_id": NAME}, MENTION_STYLE),
    "broadcast": typed_object({"range": enum("here", "channel", "everyone")}, MENTION_STYLE),
    "color": typed_object({"value": NAME}),
    "date": typed_object(
        {"timestamp": integer(0), "format": NAME}, {"url": string(MAX_URL_LENGTH), "fallback": NAME}
    ),
}
SECTION = typed_object({"elements": array(union(INLINE_ELEMENTS), min_items=0)})
LIST_FIELDS = {"border": integer(0, 1), "indent": integer(0, 8), "offset": integer(0)}
RICH_TEXT = typed_object(
    {
        "elements": array(
            union(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": typed_object(
                        {
                            "style": enum("bullet", "ordered"),
                            "elements": array(union({"rich_text_section": SECTION})),
                        },
                        LIST_FIELDS,
                    ),
                    "rich_text_preformatted": typed_object(
                        {
                            "elements": array(
                                union({k: INLINE_ELEMENTS[k] for k in ("text", "link")})
                            )
                        },
                        {"border": integer(0, 1), "language": NAME},
                    ),
                    "rich_text_quote": typed_object(
                        {"elements": array(union(INLINE_ELEMENTS))}, {"border": integer(0, 1)}
                    ),
                }
            ),
            min_items=0,
        )
    },
    {"block_id": NAME},
)
