"""Block elements (docs.slack.dev/reference/block-kit/block-elements)."""

from slack_sandbox.block_kit.formats import is_channel_id, is_date, is_number, is_person_id, is_time
from slack_sandbox.block_kit.objects import (
    CONFIRM,
    DISPATCH,
    FILTER,
    LINK_OPTION,
    LONGEST_URL,
    OPTION_GROUP,
    PLAIN_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    WORKFLOW,
    plain,
)
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.rules import (
    Rule,
    choice,
    flag,
    holding,
    items,
    shape,
    string,
    typed,
    whole,
)

ID = string(255)
PLACEHOLDER = plain(150)
MOST_OPTIONS = 100
ASKED = {"action_id": ID, "focus_on_load": flag, "placeholder": PLACEHOLDER}
MENU = ASKED | {"confirm": CONFIRM}
MULTI = MENU | {"max_selected_items": whole(1)}
OPTIONS = {
    "options": items(PLAIN_OPTION, MOST_OPTIONS),
    "option_groups": items(OPTION_GROUP, MOST_OPTIONS),
}
SEARCH = {"min_query_length": whole(0)}
CONVERSATIONS = {"default_to_current_conversation": flag, "filter": FILTER}
# Radio buttons and checkboxes take 10 options.
BOXES = {"action_id": ID, "focus_on_load": flag, "confirm": CONFIRM}
TYPED = ASKED | {"dispatch_action_config": DISPATCH}
PERSON = holding(string(255), "must be a valid user id", is_person_id)
CHANNEL = holding(string(255), "must be a valid channel id", is_channel_id)
LONGEST_INPUT = 3000
NUMBER = holding(string(50), "must be a valid number", is_number)
IMAGE = typed(
    {"alt_text": string(2000)},
    {"image_url": string(LONGEST_URL), "slack_file": SLACK_FILE},
    one_of="image_url slack_file",
)
BUTTON = typed(
    {"text": plain(75)},
    {
        "action_id": ID,
        "url": string(LONGEST_URL),
        "value": string(2000),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "agent_prompt_display": string(4000),
        "visible_to_user_ids": items(PERSON, least=0),
    },
)

MENUS: dict[str, Rule] = {
    "static_select": typed(
        {}, MENU | OPTIONS | {"initial_option": PLAIN_OPTION}, one_of="options option_groups"
    ),
    "external_select": typed({}, MENU | SEARCH | {"initial_option": PLAIN_OPTION}),
    "users_select": typed({}, MENU | {"initial_user": PERSON}),
    "conversations_select": typed({}, MENU | CONVERSATIONS | {"initial_conversation": ID}),
    "channels_select": typed({}, MENU | {"initial_channel": CHANNEL}),
}
# "This field only works with menus in input blocks in modals."
ANSWERING_MENUS: dict[str, Rule] = {
    "conversations_select": typed(
        {},
        MENU | CONVERSATIONS | {"initial_conversation": ID, "response_url_enabled": flag},
    ),
    "channels_select": typed({}, MENU | {"initial_channel": CHANNEL, "response_url_enabled": flag}),
}
MULTI_MENUS: dict[str, Rule] = {
    "multi_static_select": typed(
        {},
        MULTI | OPTIONS | {"initial_options": items(PLAIN_OPTION, MOST_OPTIONS)},
        one_of="options option_groups",
    ),
    "multi_external_select": typed(
        {}, MULTI | SEARCH | {"initial_options": items(PLAIN_OPTION, MOST_OPTIONS)}
    ),
    "multi_users_select": typed({}, MULTI | {"initial_users": items(PERSON)}),
    "multi_conversations_select": typed(
        {}, MULTI | CONVERSATIONS | {"initial_conversations": items(ID)}
    ),
    "multi_channels_select": typed({}, MULTI | {"initial_channels": items(CHANNEL)}),
}
PICKERS: dict[str, Rule] = {
    "datepicker": typed(
        {}, MENU | {"initial_date": holding(string(10), "must be a valid date", is_date)}
    ),
    "timepicker": typed(
        {},
        MENU
        | {
            "initial_time": holding(string(5), "must be a valid time", is_time),
            "timezone": string(255),
        },
    ),
    "datetimepicker": typed({}, BOXES | {"initial_date_time": whole(10**9, 10**10 - 1)}),
    "checkboxes": typed(
        {"options": items(RICH_OPTION, 10)}, BOXES | {"initial_options": items(RICH_OPTION, 10)}
    ),
    "radio_buttons": typed(
        {"options": items(RICH_OPTION, 10)}, BOXES | {"initial_option": RICH_OPTION}
    ),
}
INPUTS: dict[str, Rule] = {
    "plain_text_input": holding(
        typed(
            {},
            TYPED
            | {
                "initial_value": string(LONGEST_INPUT, least=0),
                "multiline": flag,
                "min_length": whole(0, LONGEST_INPUT),
                "max_length": whole(1, LONGEST_INPUT),
            },
        ),
        "min_length cannot be greater than max_length",
        lambda e: (e.get("min_length") or 0) <= (e.get("max_length") or LONGEST_INPUT),
    ),
    "number_input": holding(
        typed(
            {"is_decimal_allowed": flag},
            TYPED | {"initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        ),
        "min_value cannot be greater than max_value",
        lambda e: float(e.get("min_value") or "-inf") <= float(e.get("max_value") or "inf"),
    ),
    "email_text_input": typed({}, TYPED | {"initial_value": string(LONGEST_INPUT)}),
    "url_text_input": typed({}, TYPED | {"initial_value": string(LONGEST_INPUT)}),
    "rich_text_input": typed({"action_id": ID}, TYPED | {"initial_value": RICH_TEXT}),
}
FILE_INPUT = typed({}, {"action_id": ID, "filetypes": items(string(20)), "max_files": whole(1, 10)})
OVERFLOW = typed({"options": items(LINK_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM})
WORKFLOW_BUTTON = typed(
    {"text": plain(75), "workflow": WORKFLOW, "action_id": ID},
    {"style": STYLE, "accessibility_label": string(75)},
)
FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
FEEDBACK_BUTTONS = typed(
    {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": ID}
)
ICON_BUTTON = typed(
    {"icon": choice("trash"), "text": plain(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": items(PERSON, least=0),
    },
)

# @slack/types also lets a rich_text_input stand in actions; its own page says input blocks only.
IN_ACTIONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
    **MENUS,
    **MULTI_MENUS,
    **PICKERS,
}
IN_SECTION: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
    "image": IMAGE,
    **MENUS,
    **MULTI_MENUS,
    **{kind: rule for kind, rule in PICKERS.items() if kind != "datetimepicker"},
}
IN_INPUT: dict[str, Rule] = {**INPUTS, **MENUS, **MULTI_MENUS, **PICKERS}
IN_MODAL_INPUT: dict[str, Rule] = {**IN_INPUT, **ANSWERING_MENUS, "file_input": FILE_INPUT}
