"""Validators for composition objects (docs.slack.dev/reference/block-kit/composition-objects)."""

from slack_sandbox.block_kit.validators import (
    Validator,
    any_value,
    array,
    boolean,
    enum,
    json_object,
    string,
    typed_object,
    union,
    unique,
)

MAX_URL_LENGTH = 3000


def plain_text(max_length: int) -> Validator:
    return union({"plain_text": _plain_text_object(max_length)})


def text_object(max_length: int) -> Validator:
    """Return a validator for a plain_text or mrkdwn object."""
    return union(
        {"plain_text": _plain_text_object(max_length), "mrkdwn": _mrkdwn_object(max_length)}
    )


def _plain_text_object(max_length: int) -> Validator:
    return typed_object({"text": string(max_length)}, {"emoji": boolean})


def _mrkdwn_object(max_length: int) -> Validator:
    return typed_object({"text": string(max_length)}, {"verbatim": boolean})


def option(label: Validator, *, with_url: bool = False) -> Validator:
    optional = {"description": label}
    if with_url:
        optional["url"] = string(MAX_URL_LENGTH)
    return json_object({"text": label, "value": string(150)}, optional)


PLAIN_OPTION = option(plain_text(75))
RICH_OPTION = option(text_object(75))
LINK_OPTION = option(plain_text(75), with_url=True)
OPTION_GROUP = json_object({"label": plain_text(75), "options": array(PLAIN_OPTION, 100)})
STYLE = enum("primary", "danger")
CONFIRM = json_object(
    {
        "title": plain_text(100),
        "text": text_object(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": STYLE},
)
DISPATCH_ACTION_CONFIG = json_object(
    {"trigger_actions_on": unique(array(enum("on_enter_pressed", "on_character_entered"), 2))}
)
CONVERSATION_FILTER = json_object(
    {},
    {
        "include": unique(array(enum("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    any_of="include exclude_external_shared_channels exclude_bot_users",
)
WORKFLOW = json_object(
    {
        "trigger": json_object(
            {"url": string(MAX_URL_LENGTH)}, {"customizable_input_parameters": any_value}
        )
    }
)
SLACK_FILE = json_object({}, {"id": string(255), "url": string(MAX_URL_LENGTH)}, one_of="id url")
