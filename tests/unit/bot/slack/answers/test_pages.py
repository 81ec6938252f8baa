"""Lists in pages: all are read, and a circle of pages ends."""

from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import MalformedAnswer
from bot.slack.answers.pages import all_pages
from tests.support.listener_harness import slack_response


def pages_of(next_cursors: dict[str | None, Any]) -> list[str | None]:
    """Return the cursors that were asked for, given the cursor that follows each."""
    requested: list[str | None] = []

    def call(*, cursor: str | None = None) -> SlackResponse:
        requested.append(cursor)
        return slack_response("a.list", {"ok": True, "response_metadata": next_cursors[cursor]})

    list(all_pages(call))
    return requested


@pytest.mark.parametrize("last", [None, {}, {"next_cursor": ""}, {"next_cursor": None}])
def test_pages__are_read_to_the_last(last: Any) -> None:
    assert pages_of({None: {"next_cursor": "b"}, "b": {"next_cursor": "c"}, "c": last}) == [
        None,
        "b",
        "c",
    ]


def test_pages_in_a_circle__are_malformed() -> None:
    with pytest.raises(MalformedAnswer, match="repeats a cursor"):
        pages_of({None: {"next_cursor": "b"}, "b": {"next_cursor": "c"}, "c": {"next_cursor": "b"}})


@pytest.mark.parametrize("strange", [{"next_cursor": 7}, [], "b"])
def test_strange_cursor__is_malformed(strange: Any) -> None:
    with pytest.raises(MalformedAnswer):
        pages_of({None: strange})
