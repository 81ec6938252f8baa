"""The rich_text block, by its shape (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from slack_sandbox.block_kit.objects import LONGEST_URL
from slack_sandbox.block_kit.rules import (
    Rule,
    by_type,
    choice,
    flag,
    items,
    shape,
    string,
    typed,
    whole,
)

NAME = string(255)
STYLE = {"style": shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))}
HIGHLIGHT = {
    "style": shape(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), flag
        ),
    )
}
PARTS: dict[str, Rule] = {
    "text": typed({"text": string(12_000)}, STYLE),
    "link": typed({"url": string(LONGEST_URL)}, {"text": string(3000), "unsafe": flag} | STYLE),
    "emoji": typed({"name": NAME}, {"unicode": NAME, "skin_tone": whole(1, 6)} | STYLE),
    "user": typed({"user_id": NAME}, HIGHLIGHT),
    "usergroup": typed({"usergroup_id": NAME}, HIGHLIGHT),
    "channel": typed({"channel_id": NAME}, HIGHLIGHT),
    "team": typed({"team_id": NAME}, HIGHLIGHT),
    "broadcast": typed({"range": choice("here", "channel", "everyone")}, HIGHLIGHT),
    "color": typed({"value": NAME}),
    "date": typed(
        {"timestamp": whole(0), "format": NAME}, {"url": string(LONGEST_URL), "fallback": NAME}
    ),
}
SECTION = typed({"elements": items(by_type(PARTS), least=0)})
INDENTED = {"border": whole(0, 1), "indent": whole(0, 8), "offset": whole(0)}
RICH_TEXT = typed(
    {
        "elements": items(
            by_type(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": typed(
                        {
                            "style": choice("bullet", "ordered"),
                            "elements": items(by_type({"rich_text_section": SECTION})),
                        },
                        INDENTED,
                    ),
                    "rich_text_preformatted": typed(
                        {"elements": items(by_type({k: PARTS[k] for k in ("text", "link")}))},
                        {"border": whole(0, 1), "language": NAME},
                    ),
                    "rich_text_quote": typed(
                        {"elements": items(by_type(PARTS))}, {"border": whole(0, 1)}
                    ),
                }
            ),
            least=0,
        )
    },
    {"block_id": NAME},
)
