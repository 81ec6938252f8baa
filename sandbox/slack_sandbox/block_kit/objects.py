"""Composition objects (docs.slack.dev/reference/block-kit/composition-objects)."""

from slack_sandbox.block_kit.rules import (
    Rule,
    anything,
    by_type,
    choice,
    distinct,
    flag,
    items,
    shape,
    string,
    typed,
)

LONGEST_URL = 3000


def plain(most: int) -> Rule:
    return by_type({"plain_text": _plain_text(most)})


def text(most: int) -> Rule:
    """Plain or mrkdwn."""
    return by_type({"plain_text": _plain_text(most), "mrkdwn": _mrkdwn(most)})


def _plain_text(most: int) -> Rule:
    return typed({"text": string(most)}, {"emoji": flag})


def _mrkdwn(most: int) -> Rule:
    return typed({"text": string(most)}, {"verbatim": flag})


def option(label: Rule, *, with_url: bool = False) -> Rule:
    optional = {"description": label}
    if with_url:
        optional["url"] = string(LONGEST_URL)
    return shape({"text": label, "value": string(150)}, optional)


PLAIN_OPTION = option(plain(75))
RICH_OPTION = option(text(75))
LINK_OPTION = option(plain(75), with_url=True)
OPTION_GROUP = shape({"label": plain(75), "options": items(PLAIN_OPTION, 100)})
STYLE = choice("primary", "danger")
CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)
DISPATCH = shape(
    {"trigger_actions_on": distinct(items(choice("on_enter_pressed", "on_character_entered"), 2))}
)
FILTER = shape(
    {},
    {
        "include": distinct(items(choice("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    any_of="include exclude_external_shared_channels exclude_bot_users",
)
WORKFLOW = shape(
    {"trigger": shape({"url": string(LONGEST_URL)}, {"customizable_input_parameters": anything})}
)
SLACK_FILE = shape({}, {"id": string(255), "url": string(LONGEST_URL)}, one_of="id url")
