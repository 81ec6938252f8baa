"""Modals and Home (docs.slack.dev/reference/views and reference/methods/views.*)."""

import json
from typing import Any

from strictness.blocks import too_long, too_many
from strictness.making import (
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
from strictness.rule import Do, Rule
from strictness.world import MIA, World

MODAL = "reference/views/modal-views"
TEXT: Json = element("plain_text_input")


def view_rule(said: str, source: str, keeps: Json, breaks: Json, says: str) -> Rule:
    return Rule(said, source, opens(keeps), opens(breaks), "invalid_arguments", says)


def input_rule(said: str, source: str, keeps: Json, breaks: Json, says: str) -> Rule:
    return Rule(
        said,
        f"reference/block-kit/block-elements/{source}",
        opens_field(keeps),
        opens_field(breaks),
        "invalid_arguments",
        says,
    )


def text_input(**fields: Any) -> Json:
    return TEXT | fields


def number_input(**fields: Any) -> Json:
    return element("number_input", is_decimal_allowed=True, **fields)


def asks_back(**fields: Any) -> Json:
    return element("conversations_select", response_url_enabled=True, **fields)


def pushes(times: int) -> Do:
    """Views upon a first one."""

    def do(world: World) -> None:
        world.opens(modal())
        for _ in range(times):
            world.client.views_push(trigger_id=world.trigger(), view=modal())

    return do


def updates(world: World, times: int = 1) -> None:
    """With the hash that came when the view was opened."""
    opened = world.opens(modal())
    for _ in range(times):
        world.client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())


def publishes(world: World, times: int = 1) -> None:
    published = world.client.views_publish(user_id=MIA, view=home())["view"]
    for _ in range(times):
        world.client.views_publish(user_id=MIA, hash=published["hash"], view=home())


def opens_twice(world: World, first: str, second: str) -> None:
    world.opens(modal(external_id=first))
    world.opens(modal(external_id=second))


def of_size(size: int) -> Json:
    """A modal of so many bytes."""
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
    # Slack's page names only the most; the validator of TightknitAI also the least.
    view_rule("a view has at least one block", "TightknitAI/slack-block-kit-validator",
              modal(DIVIDER), modal(blocks=[]), "no less than 1 items allowed"),
    view_rule("a modal has a title", MODAL,
              modal(), modal(title=None), "missing required field: title [json-pointer:/view]"),
    view_rule("a modal with an input has a submit", MODAL,
              modal(field(TEXT)), modal(field(TEXT), submit=None),
              "`submit` is required when an input block is within the blocks array"),
    view_rule("one element of a view has the focus at first", f"{MODAL}",
              modal(field(text_input(focus_on_load=True))),
              modal(*[field(text_input(focus_on_load=True), block_id=name) for name in "ab"]),
              "only one element may have `focus_on_load`"),
    view_rule("a Home is published, not opened", "reference/methods/views.open",
              modal(), home(), "unsupported type: home [json-pointer:/view/type]"),
    view_rule("markdown stands in messages alone", "reference/block-kit/blocks/markdown-block",
              modal(), modal({"type": "markdown", "text": "a"}), "unsupported type: markdown"),
    view_rule("tables stand in messages alone", "reference/block-kit/blocks/table-block",
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
    view_rule("an input takes no button", "reference/block-kit/blocks/input-block",
              modal(field(element("datetimepicker"))),
              modal(field(element("button", text=plain()))), "unsupported type: button"),
    input_rule("a text input asks for at most 3,000 characters", "plain-text-input-element",
               text_input(max_length=3000), text_input(max_length=3001), "must be a valid number"),
    input_rule("a text input lets one type something", "plain-text-input-element",
               text_input(max_length=1), text_input(max_length=0), "must be a valid number"),
    input_rule("a text's least length is not negative", "plain-text-input-element",
               text_input(min_length=0), text_input(min_length=-1), "must be a valid number"),
    # Nowhere written; a form that nobody can fill helps nobody.
    input_rule("a text's least length is not beyond its most", "plain-text-input-element",
               text_input(min_length=5, max_length=5), text_input(min_length=6, max_length=5),
               "min_length cannot be greater than max_length"),
    input_rule("a number's least is not above its most", "number-input-element",
               number_input(min_value="-1", max_value="-1"),
               number_input(min_value="0", max_value="-1"),
               "min_value cannot be greater than max_value"),
    input_rule("a number to start with is one", "number-input-element",
               number_input(initial_value="-1.5"), number_input(initial_value="1,5"),
               "must be a valid number"),
    input_rule("a number input says whether decimals are allowed", "number-input-element",
               number_input(), element("number_input"),
               "missing required field: is_decimal_allowed"),
    input_rule("an input's dispatch names each way once", "plain-text-input-element",
               text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
               text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * 2}),
               "must not have duplicates"),
    Rule("a rich text input has an action_id",
         "reference/block-kit/block-elements/rich-text-input-element",
         opens_field(element("rich_text_input")),
         opens_field(element("rich_text_input", action_id=None)),
         "invalid_arguments", "missing required field: action_id"),
    input_rule("at most 10 files are asked for", "file-input-element",
               element("file_input", max_files=10), element("file_input", max_files=11),
               "must be a valid number"),
    Rule("a file input does not dispatch", "reference/block-kit/blocks/input-block",
         opens_field(element("file_input")),
         opens_field(element("file_input"), dispatch_action=True),
         "invalid_arguments", "dispatch_action is not allowed with a file_input"),
    Rule("files are asked for in modals alone",
         "reference/block-kit/block-elements/file-input-element",
         opens_field(element("file_input")), posts(field(element("file_input"))),
         "invalid_blocks", "unsupported type: file_input"),
    Rule("a menu asks for a response_url in modals alone",
         "reference/block-kit/block-elements/select-menu-element",
         opens_field(asks_back()), posts(field(asks_back())),
         "invalid_blocks", "invalid additional property: response_url_enabled"),
    Rule("a view has at most 250 kB", "reference/methods/views.open",
         opens(of_size(250 * 1024)), opens(of_size(250 * 1024 + 1)), "view_too_large"),
    Rule("an external_id is unique", "reference/methods/views.open",
         lambda world: opens_twice(world, "one", "two"),
         lambda world: opens_twice(world, "one", "one"), "duplicate_external_id"),
    Rule("three modals lie upon each other at most", "reference/methods/views.push",
         pushes(2), pushes(3), "push_limit_reached"),
    Rule("a modal is pushed upon another", "reference/methods/views.push", pushes(1),
         lambda world: world.client.views_push(trigger_id=world.trigger(), view=modal()),
         "not_found"),
    Rule("a view is changed with the hash of its last change", "reference/methods/views.update",
         updates, lambda world: updates(world, times=2), "hash_conflict"),
    Rule("a view that is gone is not changed", "reference/methods/views.update", updates,
         lambda world: world.client.views_update(view_id="V0GONE", view=modal()), "not_found"),
    Rule("a change names its view", "reference/methods/views.update", updates,
         lambda world: world.client.api_call("views.update", json={"view": modal()}),
         "invalid_arguments", "must provide either view_id or external_id"),
    Rule("a Home is published where the app has one", "reference/methods/views.publish", publishes,
         lambda world: world.bare.views_publish(user_id=MIA, view=home()), "not_enabled"),
    Rule("a Home is changed with the hash of its last change", "reference/methods/views.publish",
         publishes, lambda world: publishes(world, times=2), "hash_conflict"),
    Rule("no modal is published as a Home", "reference/methods/views.publish", publishes,
         lambda world: world.client.views_publish(user_id=MIA, view=modal()),
         "invalid_arguments", "unsupported type: modal"),
    Rule("a Home has at most 100 blocks", "reference/views/home-tab-views",
         lambda world: world.client.views_publish(user_id=MIA, view=home(*[DIVIDER] * 100)),
         lambda world: world.client.views_publish(user_id=MIA, view=home(*[DIVIDER] * 101)),
         "invalid_arguments", too_many(100, "/view/blocks")),
]  # fmt: skip
