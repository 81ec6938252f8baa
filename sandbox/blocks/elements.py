"""Block elements (docs.slack.dev/reference/block-kit/block-elements)."""

from sandbox.blocks.objects import (
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
    plain,
)
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import Rule, anything, choice, flag, items, string, typed, whole

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
NAMES = items(string(255), least=0)
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
        "value": string(2000, least=0),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

MENUS: dict[str, Rule] = {
    "static_select": typed(
        {}, MENU | OPTIONS | {"initial_option": PLAIN_OPTION}, one_of="options option_groups"
    ),
    "external_select": typed({}, MENU | SEARCH | {"initial_option": PLAIN_OPTION}),
    "users_select": typed({}, MENU | {"initial_user": ID}),
    "conversations_select": typed(
        {}, MENU | CONVERSATIONS | {"initial_conversation": ID, "response_url_enabled": flag}
    ),
    "channels_select": typed({}, MENU | {"initial_channel": ID, "response_url_enabled": flag}),
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
    "multi_users_select": typed({}, MULTI | {"initial_users": NAMES}),
    "multi_conversations_select": typed(
        {}, MULTI | CONVERSATIONS | {"initial_conversations": NAMES}
    ),
    "multi_channels_select": typed({}, MULTI | {"initial_channels": NAMES}),
}
PICKERS: dict[str, Rule] = {
    "datepicker": typed({}, MENU | {"initial_date": string(10, least=10)}),
    "timepicker": typed({}, MENU | {"initial_time": string(5, least=5), "timezone": string(255)}),
    "datetimepicker": typed({}, BOXES | {"initial_date_time": whole(10**9, 10**10 - 1)}),
    "checkboxes": typed(
        {"options": items(RICH_OPTION, 10)}, BOXES | {"initial_options": items(RICH_OPTION, 10)}
    ),
    "radio_buttons": typed(
        {"options": items(RICH_OPTION, 10)}, BOXES | {"initial_option": RICH_OPTION}
    ),
}
INPUTS: dict[str, Rule] = {
    "plain_text_input": typed(
        {},
        TYPED
        | {
            "initial_value": string(3000, least=0),
            "multiline": flag,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
    ),
    "number_input": typed(
        {"is_decimal_allowed": flag},
        TYPED | {"initial_value": string(50), "min_value": string(50), "max_value": string(50)},
    ),
    "email_text_input": typed({}, TYPED | {"initial_value": string(3000)}),
    "url_text_input": typed({}, TYPED | {"initial_value": string(3000)}),
    "rich_text_input": typed({}, TYPED | {"initial_value": RICH_TEXT}),
    "file_input": typed(
        {}, {"action_id": ID, "filetypes": items(string(20)), "max_files": whole(1, 10)}
    ),
}
OVERFLOW = typed({"options": items(LINK_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM})
WORKFLOW_BUTTON = typed(
    {"text": plain(75), "workflow": anything, "action_id": ID},
    {"style": STYLE, "accessibility_label": string(75)},
)
FEEDBACK_BUTTONS = typed(
    {"positive_button": anything, "negative_button": anything}, {"action_id": ID}
)
ICON_BUTTON = typed(
    {"icon": choice("trash"), "text": plain(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": NAMES,
    },
)

IN_ACTIONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
    "rich_text_input": INPUTS["rich_text_input"],
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
