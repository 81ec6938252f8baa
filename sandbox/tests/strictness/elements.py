"""Rules for block elements and composition objects (docs.slack.dev/reference/block-kit/…)."""

from typing import Any

from strictness.blocks import too_long, too_many
from strictness.builders import (
    Json,
    actions,
    button,
    element,
    menu,
    mrkdwn,
    option,
    options,
    plain,
    posts,
    posts_element,
)
from strictness.rule import Rule

PATH = "/blocks/0/elements/0"
URL = "https://example.com/"


def element_rule(name: str, source: str, passing: Json, failing: Json, message: str) -> Rule:
    return Rule(
        name,
        f"reference/block-kit/{source}",
        posts_element(passing),
        posts_element(failing),
        "invalid_blocks",
        message,
    )


def confirm(**fields: Any) -> Json:
    defaults = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
    return button(confirm=defaults | fields)


def group(label: int = 5, count: int = 1) -> Json:
    return {"label": plain(label), "options": options(count)}


def picker(**fields: Any) -> Json:
    return element("conversations_select", **fields)


BUTTON = "block-elements/button-element"
SELECT = "block-elements/select-menu-element"
MULTI = "block-elements/multi-select-menu-element"
OPTION = "composition-objects/option-object"
CONFIRM = "composition-objects/confirmation-dialog-object"
FILTER = "composition-objects/conversation-filter-object"

RULES = [
    element_rule("an action_id has at most 255 characters", BUTTON,
                 button(action_id="x" * 255), button(action_id="x" * 256),
                 too_long(255, f"{PATH}/action_id")),
    Rule("action_ids are unique in a block", f"reference/block-kit/{BUTTON}",
         posts(actions(button(action_id="a")), actions(button(action_id="a"))),
         posts(actions(button(action_id="a"), button(action_id="a"))),
         "invalid_blocks", "`action_id` must be unique: a"),
    element_rule("a button's text has at most 75 characters", BUTTON,
                 button(text=plain(75)), button(text=plain(76)), too_long(75, f"{PATH}/text/text")),
    element_rule("a button has plain text", BUTTON,
                 button(text=plain()), button(text=mrkdwn()), "unsupported type: mrkdwn"),
    element_rule("a button's value has at most 2,000 characters", BUTTON,
                 button(value="x" * 2000), button(value="x" * 2001),
                 too_long(2000, f"{PATH}/value")),
    element_rule("a button's URL has at most 3,000 characters", BUTTON,
                 button(url=URL + "x" * 2980), button(url=URL + "x" * 2981),
                 too_long(3000, f"{PATH}/url")),
    element_rule("a button's style is primary or danger", BUTTON,
                 button(style="danger"), button(style="default"), "must be a valid enum value"),
    element_rule("a button's accessibility_label has at most 75 characters", BUTTON,
                 button(accessibility_label="x" * 75), button(accessibility_label="x" * 76),
                 too_long(75, f"{PATH}/accessibility_label")),
    element_rule("a workflow_button names its trigger", "block-elements/workflow-button-element",
                 element("workflow_button", text=plain(), action_id="a",
                         workflow={"trigger": {"url": URL}}),
                 element("workflow_button", text=plain(), action_id="a", workflow={}),
                 "missing required field: trigger"),
    element_rule("a menu has at most 100 options", SELECT,
                 menu(options=options(100)), menu(options=options(101)),
                 too_many(100, f"{PATH}/options")),
    element_rule("a menu has at least one option", SELECT,
                 menu(options=options(1)), menu(options=[]), "no less than 1 items allowed"),
    element_rule("a menu has either options or option groups", SELECT,
                 menu(option_groups=[group()]), menu(options=options(1), option_groups=[group()]),
                 "must define exactly one of `options` or `option_groups`"),
    element_rule("a menu has at most 100 groups", SELECT,
                 menu(option_groups=[group()] * 100), menu(option_groups=[group()] * 101),
                 too_many(100, f"{PATH}/option_groups")),
    element_rule("a menu's initial option is one of its options", SELECT,
                 menu(initial_option=option("1")), menu(initial_option=option("2")),
                 "initial option was not found in options"),
    element_rule("a placeholder has at most 150 characters", SELECT,
                 menu(placeholder=plain(150)), menu(placeholder=plain(151)),
                 too_long(150, f"{PATH}/placeholder/text")),
    element_rule("a group's label has at most 75 characters",
                 "composition-objects/option-group-object",
                 menu(option_groups=[group(75)]), menu(option_groups=[group(76)]),
                 too_long(75, f"{PATH}/option_groups/0/label/text")),
    element_rule("a group has at most 100 options", "composition-objects/option-group-object",
                 menu(option_groups=[group(count=100)]), menu(option_groups=[group(count=101)]),
                 too_many(100, f"{PATH}/option_groups/0/options")),
    element_rule("an option's text has at most 75 characters", OPTION,
                 menu(options=[option(text=plain(75))]), menu(options=[option(text=plain(76))]),
                 too_long(75, f"{PATH}/options/0/text/text")),
    # slack_sdk 3.47 also checks for 150, but its message says 75.
    element_rule("an option's value has at most 150 characters", OPTION,
                 menu(options=[option("x" * 150, text=plain())]),
                 menu(options=[option("x" * 151, text=plain())]),
                 too_long(150, f"{PATH}/options/0/value")),
    element_rule("an option's description has at most 75 characters", OPTION,
                 menu(options=[option(description=plain(75))]),
                 menu(options=[option(description=plain(76))]),
                 too_long(75, f"{PATH}/options/0/description/text")),
    element_rule("a menu's options have plain text", OPTION,
                 element("radio_buttons", options=[option(text=mrkdwn())]),
                 menu(options=[option(text=mrkdwn())]), "unsupported type: mrkdwn"),
    element_rule("only an overflow menu's options have URLs", OPTION,
                 element("overflow", options=[option(url=URL)]), menu(options=[option(url=URL)]),
                 "invalid additional property: url"),
    element_rule("an overflow has at most 5 options", "block-elements/overflow-menu-element",
                 element("overflow", options=options(5)), element("overflow", options=options(6)),
                 too_many(5, f"{PATH}/options")),
    element_rule("checkboxes have at most 10 options", "block-elements/checkboxes-element",
                 element("checkboxes", options=options(10)),
                 element("checkboxes", options=options(11)), too_many(10, f"{PATH}/options")),
    element_rule("radio buttons have at most 10 options",
                 "block-elements/radio-button-group-element",
                 element("radio_buttons", options=options(10)),
                 element("radio_buttons", options=options(11)), too_many(10, f"{PATH}/options")),
    element_rule("checkboxes' initial options are some of their options",
                 "block-elements/checkboxes-element",
                 element("checkboxes", options=options(2), initial_options=options(2)),
                 element("checkboxes", options=options(2), initial_options=options(3)),
                 "initial option was not found in options"),
    element_rule("max_selected_items is at least 1", MULTI,
                 element("multi_users_select", max_selected_items=1),
                 element("multi_users_select", max_selected_items=0), "must be a valid number"),
    element_rule("initial_users isn't empty", MULTI,
                 element("multi_users_select", initial_users=["U0MIA00000"]),
                 element("multi_users_select", initial_users=[]), "no less than 1 items allowed"),
    element_rule("an initial user is a user ID", SELECT,
                 element("users_select", initial_user="U0MIA00000"),
                 element("users_select", initial_user="mia"), "must be a valid user id"),
    element_rule("an initial channel is a channel ID", SELECT,
                 element("channels_select", initial_channel="C0OPS00001"),
                 element("channels_select", initial_channel="#ops"), "must be a valid channel id"),
    element_rule("an initial date exists", "block-elements/date-picker-element",
                 element("datepicker", initial_date="2028-02-29"),
                 element("datepicker", initial_date="2027-02-29"), "must be a valid date"),
    element_rule("an initial time has 24 hours", "block-elements/time-picker-element",
                 element("timepicker", initial_time="23:59"),
                 element("timepicker", initial_time="24:00"), "must be a valid time"),
    element_rule("an initial date and time has ten digits",
                 "block-elements/datetime-picker-element",
                 element("datetimepicker", initial_date_time=1_628_633_820),
                 element("datetimepicker", initial_date_time=1_628_633_820_000),
                 "must be a valid number"),
    element_rule("a confirmation's title has at most 100 characters", CONFIRM,
                 confirm(title=plain(100)), confirm(title=plain(101)),
                 too_long(100, f"{PATH}/confirm/title/text")),
    element_rule("a confirmation's text has at most 300 characters", CONFIRM,
                 confirm(text=mrkdwn(300)), confirm(text=mrkdwn(301)),
                 too_long(300, f"{PATH}/confirm/text/text")),
    element_rule("a confirmation's confirm label has at most 30 characters", CONFIRM,
                 confirm(confirm=plain(30)), confirm(confirm=plain(31)),
                 too_long(30, f"{PATH}/confirm/confirm/text")),
    element_rule("a confirmation's deny label has at most 30 characters", CONFIRM,
                 confirm(deny=plain(30)), confirm(deny=plain(31)),
                 too_long(30, f"{PATH}/confirm/deny/text")),
    element_rule("a conversation filter isn't empty", FILTER,
                 picker(filter={"exclude_bot_users": True}), picker(filter={}),
                 "must define either `include`"),
    element_rule("a conversation filter names each type once", FILTER,
                 picker(filter={"include": ["im", "public"]}),
                 picker(filter={"include": ["im", "im"]}), "must not have duplicates"),
]  # fmt: skip
