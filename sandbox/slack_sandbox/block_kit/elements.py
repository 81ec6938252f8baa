"""Validators for block elements (docs.slack.dev/reference/block-kit/block-elements)."""

from slack_sandbox.block_kit.composition_objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    LINK_OPTION,
    MAX_URL_LENGTH,
    OPTION_GROUP,
    PLAIN_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    STYLE,
    WORKFLOW,
    plain_text,
)
from slack_sandbox.block_kit.formats import is_channel_id, is_date, is_number, is_time, is_user_id
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    boolean,
    constrained,
    enum,
    integer,
    json_object,
    string,
    typed_object,
)

# No element requires an `action_id`, because Slack generates missing ones. The reference requires
# it for two elements, but Slack's own types don't (node-slack-sdk, packages/types, `Actionable`).
ID = string(255)
PLACEHOLDER = plain_text(150)
MAX_OPTIONS = 100
INPUT_FIELDS = {"action_id": ID, "focus_on_load": boolean, "placeholder": PLACEHOLDER}
SELECT_FIELDS = INPUT_FIELDS | {"confirm": CONFIRM}
MULTI_SELECT_FIELDS = SELECT_FIELDS | {"max_selected_items": integer(1)}
OPTION_FIELDS = {
    "options": array(PLAIN_OPTION, MAX_OPTIONS),
    "option_groups": array(OPTION_GROUP, MAX_OPTIONS),
}
EXTERNAL_FIELDS = {"min_query_length": integer(0)}
CONVERSATION_FIELDS = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
CHOICE_FIELDS = {"action_id": ID, "focus_on_load": boolean, "confirm": CONFIRM}
TEXT_INPUT_FIELDS = INPUT_FIELDS | {"dispatch_action_config": DISPATCH_ACTION_CONFIG}
USER_ID = constrained(string(255), "must be a valid user id", is_user_id)
CHANNEL_ID = constrained(string(255), "must be a valid channel id", is_channel_id)
MAX_INPUT_LENGTH = 3000
NUMBER = constrained(string(50), "must be a valid number", is_number)
IMAGE = typed_object(
    {"alt_text": string(2000)},
    {"image_url": string(MAX_URL_LENGTH), "slack_file": SLACK_FILE},
    one_of="image_url slack_file",
)
BUTTON = typed_object(
    {"text": plain_text(75)},
    {
        "action_id": ID,
        "url": string(MAX_URL_LENGTH),
        "value": string(2000),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "agent_prompt_display": string(4000),
        "visible_to_user_ids": array(USER_ID, min_items=0),
    },
)

SELECTS: dict[str, Validator] = {
    "static_select": typed_object(
        {},
        SELECT_FIELDS | OPTION_FIELDS | {"initial_option": PLAIN_OPTION},
        one_of="options option_groups",
    ),
    "external_select": typed_object(
        {}, SELECT_FIELDS | EXTERNAL_FIELDS | {"initial_option": PLAIN_OPTION}
    ),
    "users_select": typed_object({}, SELECT_FIELDS | {"initial_user": USER_ID}),
    "conversations_select": typed_object(
        {}, SELECT_FIELDS | CONVERSATION_FIELDS | {"initial_conversation": ID}
    ),
    "channels_select": typed_object({}, SELECT_FIELDS | {"initial_channel": CHANNEL_ID}),
}
# "This field only works with menus in input blocks in modals."
RESPONSE_URL_SELECTS: dict[str, Validator] = {
    "conversations_select": typed_object(
        {},
        SELECT_FIELDS
        | CONVERSATION_FIELDS
        | {"initial_conversation": ID, "response_url_enabled": boolean},
    ),
    "channels_select": typed_object(
        {}, SELECT_FIELDS | {"initial_channel": CHANNEL_ID, "response_url_enabled": boolean}
    ),
}
MULTI_SELECTS: dict[str, Validator] = {
    "multi_static_select": typed_object(
        {},
        MULTI_SELECT_FIELDS | OPTION_FIELDS | {"initial_options": array(PLAIN_OPTION, MAX_OPTIONS)},
        one_of="options option_groups",
    ),
    "multi_external_select": typed_object(
        {},
        MULTI_SELECT_FIELDS
        | EXTERNAL_FIELDS
        | {"initial_options": array(PLAIN_OPTION, MAX_OPTIONS)},
    ),
    "multi_users_select": typed_object({}, MULTI_SELECT_FIELDS | {"initial_users": array(USER_ID)}),
    "multi_conversations_select": typed_object(
        {}, MULTI_SELECT_FIELDS | CONVERSATION_FIELDS | {"initial_conversations": array(ID)}
    ),
    "multi_channels_select": typed_object(
        {}, MULTI_SELECT_FIELDS | {"initial_channels": array(CHANNEL_ID)}
    ),
}
# Radio buttons and checkboxes have at most 10 options.
PICKERS: dict[str, Validator] = {
    "datepicker": typed_object(
        {},
        SELECT_FIELDS | {"initial_date": constrained(string(10), "must be a valid date", is_date)},
    ),
    "timepicker": typed_object(
        {},
        SELECT_FIELDS
        | {
            "initial_time": constrained(string(5), "must be a valid time", is_time),
            "timezone": string(255),
        },
    ),
    "datetimepicker": typed_object(
        {}, CHOICE_FIELDS | {"initial_date_time": integer(10**9, 10**10 - 1)}
    ),
    "checkboxes": typed_object(
        {"options": array(RICH_OPTION, 10)},
        CHOICE_FIELDS | {"initial_options": array(RICH_OPTION, 10)},
    ),
    "radio_buttons": typed_object(
        {"options": array(RICH_OPTION, 10)}, CHOICE_FIELDS | {"initial_option": RICH_OPTION}
    ),
}
TEXT_INPUTS: dict[str, Validator] = {
    "plain_text_input": constrained(
        typed_object(
            {},
            TEXT_INPUT_FIELDS
            | {
                "initial_value": string(MAX_INPUT_LENGTH, min_length=0),
                "multiline": boolean,
                "min_length": integer(0, MAX_INPUT_LENGTH),
                "max_length": integer(1, MAX_INPUT_LENGTH),
            },
        ),
        "min_length cannot be greater than max_length",
        lambda element: (
            (element.get("min_length") or 0) <= (element.get("max_length") or MAX_INPUT_LENGTH)
        ),
    ),
    "number_input": constrained(
        typed_object(
            {"is_decimal_allowed": boolean},
            TEXT_INPUT_FIELDS | {"initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        ),
        "min_value cannot be greater than max_value",
        lambda element: (
            float(element.get("min_value") or "-inf") <= float(element.get("max_value") or "inf")
        ),
    ),
    "email_text_input": typed_object(
        {}, TEXT_INPUT_FIELDS | {"initial_value": string(MAX_INPUT_LENGTH)}
    ),
    "url_text_input": typed_object(
        {}, TEXT_INPUT_FIELDS | {"initial_value": string(MAX_INPUT_LENGTH)}
    ),
    "rich_text_input": typed_object({}, TEXT_INPUT_FIELDS | {"initial_value": RICH_TEXT}),
}
FILE_INPUT = typed_object(
    {}, {"action_id": ID, "filetypes": array(string(20)), "max_files": integer(1, 10)}
)
OVERFLOW = typed_object({"options": array(LINK_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM})
WORKFLOW_BUTTON = typed_object(
    {"text": plain_text(75), "workflow": WORKFLOW},
    {"action_id": ID, "style": STYLE, "accessibility_label": string(75)},
)
FEEDBACK = json_object(
    {"text": plain_text(75), "value": string(2000)}, {"accessibility_label": string(75)}
)
FEEDBACK_BUTTONS = typed_object(
    {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": ID}
)
ICON_BUTTON = typed_object(
    {"icon": enum("trash"), "text": plain_text(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "visible_to_user_ids": array(USER_ID, min_items=0),
    },
)

# @slack/types also allows a rich_text_input in actions. Its reference page allows only input
# blocks.
ACTIONS_ELEMENTS: dict[str, Validator] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
    **SELECTS,
    **MULTI_SELECTS,
    **PICKERS,
}
SECTION_ACCESSORIES: dict[str, Validator] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": WORKFLOW_BUTTON,
    "image": IMAGE,
    **SELECTS,
    **MULTI_SELECTS,
    **{name: picker for name, picker in PICKERS.items() if name != "datetimepicker"},
}
INPUT_ELEMENTS: dict[str, Validator] = {**TEXT_INPUTS, **SELECTS, **MULTI_SELECTS, **PICKERS}
MODAL_INPUT_ELEMENTS: dict[str, Validator] = {
    **INPUT_ELEMENTS,
    **RESPONSE_URL_SELECTS,
    "file_input": FILE_INPUT,
}
