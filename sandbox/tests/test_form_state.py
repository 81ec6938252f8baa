"""State of inputs in the format of `state.values`."""

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

BLOCK: Json = {"block_id": "b", "type": "input"}
OPTIONS: list[Json] = [
    {"text": {"type": "plain_text", "text": name.upper()}, "value": name} for name in "abc"
]


def element(element_type: str, **fields: Any) -> Json:
    return {"type": element_type, "action_id": "e", **fields}


def block(item: Json, **fields: Any) -> Json:
    return BLOCK | {"element": item} | fields


@pytest.mark.parametrize(
    ("item", "raw", "entry"),
    [
        (element("plain_text_input"), "text", {"value": "text"}),
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
def test_raw_value__becomes_slack_state(item: Json, raw: Any, entry: Json) -> None:
    assert element_state(item, raw) == {"type": item["type"], **entry}


@pytest.mark.parametrize(
    ("element_type", "raw", "entry"),
    [
        ("external_select", "b", {"selected_option": OPTIONS[1]}),
        ("multi_external_select", ["b"], {"selected_options": [OPTIONS[1]]}),
    ],
)
def test_external_option__is_whole_in_state(element_type: str, raw: Any, entry: Json) -> None:
    assert element_state(element(element_type), raw, OPTIONS) == {"type": element_type, **entry}


def test_initial_external_option__can_be_selected() -> None:
    item = element("multi_external_select", initial_options=OPTIONS[:1])
    assert element_state(item, ["a"])["selected_options"] == OPTIONS[:1]


def test_rich_text_input__becomes_rich_text_block() -> None:
    entry = element_state(element("rich_text_input"), "text")["rich_text_value"]
    assert entry["type"] == "rich_text"
    assert entry["elements"][0]["elements"] == [{"type": "text", "text": "text"}]


@pytest.mark.parametrize(
    ("element_type", "raw"),
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
def test_unknown_value__is_rejected(element_type: str, raw: Any) -> None:
    with pytest.raises(SlackError, match="no_such_option"):
        element_state(element(element_type, options=OPTIONS), raw)


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        (element("plain_text_input", initial_value="a"), {"value": "a"}),
        (element("plain_text_input", initial_value=None), {"value": None}),
        (element("radio_buttons", initial_option=OPTIONS[0]), {"selected_option": OPTIONS[0]}),
        (element("multi_static_select", initial_options=None), {"selected_options": []}),
        (element("timepicker", initial_time="09:30"), {"selected_time": "09:30"}),
    ],
)
def test_initial_value__is_initial_state(item: Json, entry: Json) -> None:
    assert initial_state(item) == {"type": item["type"], **entry}


def test_remaining_input__keeps_its_value() -> None:
    values = {"b": {"e": {"type": "plain_text_input", "value": "mine"}}}
    same = block(element("plain_text_input", initial_value="yours"))
    assert state_values([same], values) == values
    other = block(element("number_input"))
    assert state_values([other], values) == {"b": {"e": {"type": "number_input", "value": None}}}


def test_omitted_field__keeps_its_value() -> None:
    first = block(element("plain_text_input", initial_value="a"))
    second = block(element("plain_text_input"), block_id="c")
    state = fill_inputs([first, second], {}, {"c": "b"}, {})
    assert {block_id: entry["e"]["value"] for block_id, entry in state.items()} == {
        "b": "a",
        "c": "b",
    }


def test_element_outside_input_block__cannot_be_filled() -> None:
    menu = {"type": "actions", "block_id": "b", "elements": [element("users_select")]}
    assert state_values([menu], {})["b"]["e"]["selected_user"] is None
    with pytest.raises(SlackError, match="no_such_element"):
        fill_inputs([menu], {}, {"b": "U1"}, {})


def test_input_in_container__has_state() -> None:
    item = block(element("plain_text_input"))
    container = {"type": "container", "block_id": "c", "child_blocks": [item]}
    assert fill_inputs([container], {}, {"b": "text"}, {})["b"]["e"]["value"] == "text"


@pytest.mark.parametrize(
    ("item", "raw", "text"),
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
def test_invalid_field__has_error(item: Json, raw: Any, text: str) -> None:
    error = field_error(block(item), item, element_state(item, raw))
    assert text in error if text else not error


def test_empty_optional_field__is_valid() -> None:
    item = element("number_input", is_decimal_allowed=False, min_value="1")
    assert not field_error(block(item, optional=True), item, element_state(item, ""))
