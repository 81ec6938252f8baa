"""Headers that a proxy removed or changed are treated as missing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.answers.headers import granted_scopes, server_time

TEN = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("Mon, 30 Nov 2026 10:00:00 GMT", TEN),
        ("Mon, 30 Nov 2026 10:00:00 -0000", TEN),
        ("Mon, 30 Nov 2026 12:00:00 +0200", TEN),
        ("garbage", None),
        ("", None),
        ("Mon, 32 Nov 2026 10:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2300", None),
    ],
)
def test_date__is_utc_or_none(date: str, time: datetime | None) -> None:
    assert server_time({"date": date}) == time


def test_no_date__is_none() -> None:
    assert server_time({}) is None


@given(st.text())
def test_any_text_as_date__does_not_raise(date: str) -> None:
    time = server_time({"Date": date})
    assert time is None or time.tzinfo is UTC


@pytest.mark.parametrize(
    ("headers", "scopes"),
    [
        ({"X-OAuth-Scopes": "chat:write, users:read"}, {"chat:write", "users:read"}),
        ({"x-oauth-scopes": "chat:write"}, {"chat:write"}),
        ({"x-oauth-scopes": ""}, None),
        ({"x-oauth-scopes": " , "}, None),
        ({}, None),
    ],
)
def test_scopes__are_a_set_or_none(headers: dict[str, str], scopes: set[str] | None) -> None:
    assert granted_scopes(headers) == scopes
