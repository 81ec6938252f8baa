"""Rules for modals and Home tabs (docs.slack.dev/reference/views and reference/methods/views.*)."""

import json
from typing import Any

from strictness.blocks import too_long, too_many
from strictness.builders import (
    DIVIDER,
    Json,
    element,
    field,
    home,
    modal,
    opens,
    opens_field,
    plain,
    posts,
    section,
)
from strictness.rule import Action, Rule
from strictness.workspace import MIA, Workspace

MODAL = "reference/views/modal-views"
TEXT: Json = element("plain_text_input")


def view_rule(name: str, source: str, passing: Json, failing: Json, message: str) -> Rule:
    return Rule(name, source, opens(passing), opens(failing), "invalid_arguments", message)


def input_rule(name: str, source: str, passing: Json, failing: Json, message: str) -> Rule:
    return Rule(
        name,
        f"reference/block-kit/block-elements/{source}",
        opens_field(passing),
        opens_field(failing),
        "invalid_arguments",
        message,
    )


def text_input(**fields: Any) -> Json:
    return TEXT | fields


def number_input(**fields: Any) -> Json:
    return element("number_input", is_decimal_allowed=True, **fields)


def response_url_select(**fields: Any) -> Json:
    return element("conversations_select", response_url_enabled=True, **fields)


def pushes(times: int) -> Action:
    """Push views onto a modal."""

    def run(workspace: Workspace) -> None:
        workspace.open_view(modal())
        for _ in range(times):
            workspace.client.views_push(trigger_id=workspace.trigger(), view=modal())

    return run


def updates(workspace: Workspace, times: int = 1) -> None:
    """Update a view with the hash from when it was opened."""
    opened = workspace.open_view(modal())
    for _ in range(times):
        workspace.client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())


def publishes(workspace: Workspace, times: int = 1) -> None:
    published = workspace.client.views_publish(user_id=MIA, view=home())["view"]
    for _ in range(times):
        workspace.client.views_publish(user_id=MIA, hash=published["hash"], view=home())


def open_two(workspace: Workspace, first: str, second: str) -> None:
    workspace.open_view(modal(external_id=first))
    workspace.open_view(modal(external_id=second))


def of_size(size: int) -> Json:
    """Return a modal with this number of bytes."""
    full = [section(text=plain(2500))] * 99
    rest = size - len(json.dumps(modal(*full, section(text=plain(0)))))
    return modal(*full, section(text=plain(rest)))


RULES = [
    view_rule("a modal's title has at most 24 characters", MODAL,
              modal(title=plain(24)), modal(title=plain(25)), too_long(24, "/view/title/text")),
    view_rule("a modal's submit has at most 24 characters", MODAL,
              modal(submit=plain(24)), modal(submit=plain(25)), too_long(24, "/view/submit/text")),
    view_rule("a modal's close has at most 24 characters", MODAL,
              modal(close=plain(24)), modal(close=plain(25)), too_long(24, "/view/close/text")),
    view_rule("private_metadata has at most 3,000 characters", MODAL,
              modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001),
              too_long(3000, "/view/private_metadata")),
    view_rule("a callback_id has at most 255 characters", MODAL,
              modal(callback_id="x" * 255), modal(callback_id="x" * 256),
              too_long(255, "/view/callback_id")),
    view_rule("an external_id has at most 255 characters", MODAL,
              modal(external_id="x" * 255), modal(external_id="x" * 256),
              too_long(255, "/view/external_id")),
    view_rule("a modal has at most 100 blocks", MODAL,
              modal(*[DIVIDER] * 100), modal(*[DIVIDER] * 101), too_many(100, "/view/blocks")),
    # Slack documents only the maximum. TightknitAI's validator also checks the minimum.
    view_rule("a view has at least one block", "TightknitAI/slack-block-kit-validator",
              modal(DIVIDER), modal(blocks=[]), "no less than 1 items allowed"),
    view_rule("a modal has a title", MODAL,
              modal(), modal(title=None), "missing required field: title [json-pointer:/view]"),
    view_rule("a modal with an input has a submit", MODAL,
              modal(field(TEXT)), modal(field(TEXT), submit=None),
              "`submit` is required when an input block is within the blocks array"),
    view_rule("a view has one focus_on_load", f"{MODAL}",
              modal(field(text_input(focus_on_load=True))),
              modal(*[field(text_input(focus_on_load=True), block_id=name) for name in "ab"]),
              "only one element may have `focus_on_load`"),
    view_rule("views.open can't open a Home tab", "reference/methods/views.open",
              modal(), home(), "unsupported type: home [json-pointer:/view/type]"),
    view_rule("only messages have markdown blocks", "reference/block-kit/blocks/markdown-block",
              modal(), modal({"type": "markdown", "text": "a"}), "unsupported type: markdown"),
    view_rule("only messages have tables", "reference/block-kit/blocks/table-block",
              modal(), modal({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}),
              "unsupported type: table"),
    view_rule("an alert has at most 200 characters", "reference/block-kit/blocks/alert-block",
              modal({"type": "alert", "text": plain(200)}),
              modal({"type": "alert", "text": plain(201)}),
              too_long(200, "/view/blocks/0/text/text")),
    view_rule("a label has at most 2,000 characters", "reference/block-kit/blocks/input-block",
              modal(field(TEXT, label=plain(2000))), modal(field(TEXT, label=plain(2001))),
              too_long(2000, "/view/blocks/0/label/text")),
    view_rule("a hint has at most 2,000 characters", "reference/block-kit/blocks/input-block",
              modal(field(TEXT, hint=plain(2000))), modal(field(TEXT, hint=plain(2001))),
              too_long(2000, "/view/blocks/0/hint/text")),
    view_rule("an input can't contain a button", "reference/block-kit/blocks/input-block",
              modal(field(element("datetimepicker"))),
              modal(field(element("button", text=plain()))), "unsupported type: button"),
    input_rule("a text input's max_length is at most 3,000", "plain-text-input-element",
               text_input(max_length=3000), text_input(max_length=3001), "must be a valid number"),
    input_rule("a text input's max_length is at least 1", "plain-text-input-element",
               text_input(max_length=1), text_input(max_length=0), "must be a valid number"),
    input_rule("a text input's min_length isn't negative", "plain-text-input-element",
               text_input(min_length=0), text_input(min_length=-1), "must be a valid number"),
    # Undocumented. A form that nobody can complete is an error in any case.
    input_rule("a text input's min_length is at most its max_length", "plain-text-input-element",
               text_input(min_length=5, max_length=5), text_input(min_length=6, max_length=5),
               "min_length cannot be greater than max_length"),
    input_rule("a number input's min_value is at most its max_value", "number-input-element",
               number_input(min_value="-1", max_value="-1"),
               number_input(min_value="0", max_value="-1"),
               "min_value cannot be greater than max_value"),
    input_rule("a number input's initial value is a number", "number-input-element",
               number_input(initial_value="-1.5"), number_input(initial_value="1,5"),
               "must be a valid number"),
    input_rule("a number input has is_decimal_allowed", "number-input-element",
               number_input(), element("number_input"),
               "missing required field: is_decimal_allowed"),
    input_rule("trigger_actions_on has no duplicates", "plain-text-input-element",
               text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
               text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * 2}),
               "must not have duplicates"),
    input_rule("a file input accepts at most 10 files", "file-input-element",
               element("file_input", max_files=10), element("file_input", max_files=11),
               "must be a valid number"),
    Rule("a file input can't dispatch actions", "reference/block-kit/blocks/input-block",
         opens_field(element("file_input")),
         opens_field(element("file_input"), dispatch_action=True),
         "invalid_arguments", "dispatch_action is not allowed with a file_input"),
    Rule("only modals have file inputs",
         "reference/block-kit/block-elements/file-input-element",
         opens_field(element("file_input")), posts(field(element("file_input"))),
         "invalid_blocks", "unsupported type: file_input"),
    Rule("only modals have response_url_enabled",
         "reference/block-kit/block-elements/select-menu-element",
         opens_field(response_url_select()), posts(field(response_url_select())),
         "invalid_blocks", "invalid additional property: response_url_enabled"),
    Rule("a view has at most 250 kB", "reference/methods/views.open",
         opens(of_size(250 * 1024)), opens(of_size(250 * 1024 + 1)), "view_too_large"),
    Rule("an external_id is unique", "reference/methods/views.open",
         lambda workspace: open_two(workspace, "one", "two"),
         lambda workspace: open_two(workspace, "one", "one"), "duplicate_external_id"),
    Rule("a stack has at most three modals", "reference/methods/views.push",
         pushes(2), pushes(3), "push_limit_reached"),
    Rule("a modal can be pushed only onto another", "reference/methods/views.push", pushes(1),
         lambda workspace: workspace.client.views_push(
             trigger_id=workspace.trigger(), view=modal()),
         "not_found"),
    Rule("an update has the view's current hash", "reference/methods/views.update",
         updates, lambda workspace: updates(workspace, times=2), "hash_conflict"),
    Rule("an updated view exists", "reference/methods/views.update", updates,
         lambda workspace: workspace.client.views_update(view_id="V0GONE", view=modal()),
         "not_found"),
    Rule("an update names its view", "reference/methods/views.update", updates,
         lambda workspace: workspace.client.api_call("views.update", json={"view": modal()}),
         "invalid_arguments", "must provide either view_id or external_id"),
    Rule("an app without a Home tab can't publish it", "reference/methods/views.publish", publishes,
         lambda workspace: workspace.unscoped.views_publish(user_id=MIA, view=home()),
         "not_enabled"),
    Rule("a published Home tab has the current hash", "reference/methods/views.publish",
         publishes, lambda workspace: publishes(workspace, times=2), "hash_conflict"),
    Rule("views.publish can't publish a modal", "reference/methods/views.publish", publishes,
         lambda workspace: workspace.client.views_publish(user_id=MIA, view=modal()),
         "invalid_arguments", "unsupported type: modal"),
    Rule("a Home has at most 100 blocks", "reference/views/home-tab-views",
         lambda workspace: workspace.client.views_publish(user_id=MIA, view=home(*[DIVIDER] * 100)),
         lambda workspace: workspace.client.views_publish(user_id=MIA, view=home(*[DIVIDER] * 101)),
         "invalid_arguments", too_many(100, "/view/blocks")),
]  # fmt: skip
