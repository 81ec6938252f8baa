"""Traffic entries, and the tokens that are masked in them."""

import json
import re
from typing import Any

import pytest

from slack_sandbox.model.ids import bot_token
from slack_sandbox.model.traffic import MAX_ENTRIES, Traffic, masked_tokens

Json = dict[str, Any]


@pytest.fixture
def reported() -> list[Json]:
    return []


@pytest.fixture
def traffic(reported: list[Json]) -> Traffic:
    return Traffic(lambda: 100.0, lambda entry: reported.append(entry.as_json()))


@pytest.mark.parametrize("token", ["xoxb-1-a_B-c", "xapp-1-A0-2-c3", "xoxe.xoxp-1-a_B"])
@pytest.mark.parametrize(
    "shape",
    [
        lambda token: token,
        lambda token: f"Bearer {token}",
        lambda token: [{"deep": [token]}],
        lambda token: f"https://example.com/?token={token}&x=1",
        lambda token: {token: "as a name"},
    ],
)
def test_token__is_masked_at_any_depth(token: str, shape: Any) -> None:
    masked = json.dumps(masked_tokens(shape(token)), ensure_ascii=False)
    assert token not in masked
    assert re.search(r"x(oxb|app|oxp)-…", masked)


@pytest.mark.parametrize("value", ["xoxb", "a box-b-1", 1, None, True, {"x": ["foxb-1"]}])
def test_other_values__are_unchanged(value: Any) -> None:
    assert masked_tokens(value) == value


def test_entry__is_reported_and_kept_without_tokens(traffic: Traffic, reported: list[Json]) -> None:
    token = bot_token()
    traffic.record("app", "api", "auth.test", request={"token": token}, response={"t": token})
    assert reported == traffic.after(0)
    assert reported[0] == {
        "id": 1,
        "at": 100.0,
        "from": "app",
        "kind": "api",
        "name": "auth.test",
        "ok": True,
        "request": {"token": "xoxb-…"},
        "response": {"t": "xoxb-…"},
    }


def test_entry_with_error__is_not_ok_and_is_masked(traffic: Traffic) -> None:
    traffic.record("app", "api", "a", request={}, error=f"bad {bot_token()}", ms=1.5)
    entry = traffic.after(0)[0]
    assert not entry["ok"]
    assert entry["error"] == "bad xoxb-…"
    assert entry["ms"] == 1.5


def test_traffic_after_an_id__has_only_later_entries(traffic: Traffic) -> None:
    for name in "abc":
        traffic.record("app", "api", name, request={})
    assert [entry["name"] for entry in traffic.after(2)] == ["c"]


def test_too_many_entries__only_the_last_are_kept(traffic: Traffic) -> None:
    for _ in range(MAX_ENTRIES + 5):
        traffic.record("app", "api", "a", request={})
    kept = traffic.after(0)
    assert (len(kept), kept[0]["id"]) == (MAX_ENTRIES, 6)
