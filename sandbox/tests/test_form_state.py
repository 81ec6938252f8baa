"""What stands in the inputs of a view, as `state.values` says it."""

from typing import Any

import pytest

from slack_sandbox.block_kit.form_state import (
    element_state,
    field_error,
    fill_inputs,
    initial_state,
    state_values,
)
from slack_sandbox.model.errors import SlackError

Json = dict[str, Any]

NAMED: Json = {"block_id": "b", "type": "input"}
OPTIONS: list[Json] = [
    {"text": {"type": "plain_text", "text": name.upper()}, "value": name} for name in "abc"
]


def element(kind: str, **fields: Any) -> Json:
    return {"type": kind, "action_id": "e", **fields}


def block(inner: Json, **fields: Any) -> Json:
    return NAMED | {"element": inner} | fields


@pytest.mark.parametrize(
    ("inner", "raw", "held"),
    [
        (element("plain_text_input"), "words", {"value": "words"}),
        (element("plain_text_input"), "", {"value": None}),
        (element("number_input"), "1.5", {"value": "1.5"}),
        (element("static_select", options=OPTIONS), "b", {"selected_option": OPTIONS[1]}),
        (element("static_select", options=OPTIONS), None, {"selected_option": None}),
        (
            element("static_select", option_groups=[{"label": {}, "options": OPTIONS}]),
            "c",
            {"selected_option": OPTIONS[2]},
        ),
        (element("checkboxes", options=OPTIONS), ["a", "c"], {"selected_options": OPTIONS[::2]}),
        (element("checkboxes", options=OPTIONS), [], {"selected_options": []}),
        (element("users_select"), "U1", {"selected_user": "U1"}),
        (element("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        (element("channels_select"), "C1", {"selected_channel": "C1"}),
        (element("multi_conversations_select"), None, {"selected_conversations": []}),
        (element("datepicker"), "2026-11-24", {"selected_date": "2026-11-24"}),
        (element("timepicker"), "09:30", {"selected_time": "09:30"}),
        (element("datetimepicker"), "1628633820", {"selected_date_time": 1628633820}),
    ],
)
def test_what_a_person_gave_is_said_as_slack_says_it(inner: Json, raw: Any, held: Json) -> None:
    assert element_state(inner, raw) == {"type": inner["type"], **held}


@pytest.mark.parametrize(
    ("kind", "raw", "held"),
    [
        ("external_select", "b", {"selected_option": OPTIONS[1]}),
        ("multi_external_select", ["b"], {"selected_options": [OPTIONS[1]]}),
    ],
)
def test_what_the_app_offered_is_said_as_a_whole_option(kind: str, raw: Any, held: Json) -> None:
    assert element_state(element(kind), raw, OPTIONS) == {"type": kind, **held}


def test_an_option_that_an_external_menu_starts_with_can_be_chosen() -> None:
    inner = element("multi_external_select", initial_options=OPTIONS[:1])
    assert element_state(inner, ["a"])["selected_options"] == OPTIONS[:1]


def test_typed_rich_text_becomes_a_rich_text_block() -> None:
    held = element_state(element("rich_text_input"), "words")["rich_text_value"]
    assert held["type"] == "rich_text"
    assert held["elements"][0]["elements"] == [{"type": "text", "text": "words"}]


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("static_select", "d"),
        ("checkboxes", ["a", "a"]),
        ("datepicker", "24-11-2026"),
        ("timepicker", "9:30"),
        ("datetimepicker", "soon"),
        ("external_select", "d"),
        ("multi_external_select", ["a", "d"]),
    ],
)
def test_what_is_not_offered_can_not_be_chosen(kind: str, raw: Any) -> None:
    with pytest.raises(SlackError, match="no_such_option"):
        element_state(element(kind, options=OPTIONS), raw)


@pytest.mark.parametrize(
    ("inner", "held"),
    [
        (element("plain_text_input", initial_value="a"), {"value": "a"}),
        (element("plain_text_input", initial_value=None), {"value": None}),
        (element("radio_buttons", initial_option=OPTIONS[0]), {"selected_option": OPTIONS[0]}),
        (element("multi_static_select", initial_options=None), {"selected_options": []}),
        (element("timepicker", initial_time="09:30"), {"selected_time": "09:30"}),
    ],
)
def test_an_element_starts_with_what_the_app_says(inner: Json, held: Json) -> None:
    assert initial_state(inner) == {"type": inner["type"], **held}


def test_what_was_typed_stays_where_the_same_input_stays() -> None:
    typed = {"b": {"e": {"type": "plain_text_input", "value": "mine"}}}
    same = block(element("plain_text_input", initial_value="yours"))
    assert state_values([same], typed) == typed
    other = block(element("number_input"))
    assert state_values([other], typed) == {"b": {"e": {"type": "number_input", "value": None}}}


def test_a_field_that_is_not_mentioned_keeps_its_value() -> None:
    first = block(element("plain_text_input", initial_value="a"))
    second = block(element("plain_text_input"), block_id="c")
    state = fill_inputs([first, second], {}, {"c": "b"}, {})
    assert {block_id: held["e"]["value"] for block_id, held in state.items()} == {
        "b": "a",
        "c": "b",
    }


def test_only_input_blocks_can_be_filled() -> None:
    menu = {"type": "actions", "block_id": "b", "elements": [element("users_select")]}
    assert state_values([menu], {})["b"]["e"]["selected_user"] is None
    with pytest.raises(SlackError, match="no_such_element"):
        fill_inputs([menu], {}, {"b": "U1"}, {})


def test_inputs_within_a_container_hold_values_too() -> None:
    inner = block(element("plain_text_input"))
    container = {"type": "container", "block_id": "c", "child_blocks": [inner]}
    assert fill_inputs([container], {}, {"b": "words"}, {})["b"]["e"]["value"] == "words"


@pytest.mark.parametrize(
    ("inner", "raw", "words"),
    [
        (element("plain_text_input"), "", "required"),
        (element("plain_text_input", min_length=2), "a", "at least 2"),
        (element("plain_text_input", max_length=2), "abc", "at most 2"),
        (element("plain_text_input", min_length=None, max_length=None), "abc", ""),
        (element("number_input", is_decimal_allowed=False), "1.5", "whole number"),
        (element("number_input", is_decimal_allowed=True), "1,5", "Please enter a number"),
        (element("number_input", is_decimal_allowed=True, min_value="1.5"), "1.4", "1.5 or more"),
        (element("number_input", is_decimal_allowed=True, max_value="9"), "10", "9 or less"),
        (element("email_text_input"), "a@b c", "valid email"),
        (element("url_text_input"), "ftp://example.com", "valid URL"),
        (element("multi_users_select", max_selected_items=1), ["U1", "U2"], "no more than 1"),
        (element("checkboxes", options=OPTIONS), [], "required"),
    ],
)
def test_slacks_client_complains_before_it_sends(inner: Json, raw: Any, words: str) -> None:
    said = field_error(block(inner), inner, element_state(inner, raw))
    assert words in said if words else not said


def test_an_optional_field_may_stay_empty() -> None:
    inner = element("number_input", is_decimal_allowed=False, min_value="1")
    assert not field_error(block(inner, optional=True), inner, element_state(inner, ""))
