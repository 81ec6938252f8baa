"""People outside a board's channel get none of its content and change nothing."""

import json
from collections.abc import Callable
from datetime import timedelta
from http.client import IncompleteRead
from typing import Any

import pytest
from prometheus_client import REGISTRY
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.authorization.channel_membership import (
    CACHE_TTL,
    CLOSED,
    NOT_THERE,
    OUTAGE_CACHE_TTL,
    UNKNOWN,
    ChannelMembership,
    referenced_channels,
)
from bot.exceptions import NotNow, Refusal
from bot.slack.checked_client import CheckedClient
from bot.slack.error_messages import REJECTED_BY_SLACK
from tests.support.answer_proxy import answer_proxy, body
from tests.support.listener_harness import HERE, FakeSlackClient, ListenerHarness
from tests.support.manual_seconds import ManualSeconds
from tests.support.user_actions import some_toil


class CountingSlackClient(FakeSlackClient):
    """A Slack client that counts its calls, and can run a function during a call."""

    def __init__(self) -> None:
        self.members = {"U1"}
        self.members_elsewhere = {}
        self.request_count = 0
        self.error = None
        self.meanwhile: Callable[[], None] = lambda: None

    def conversations_members(self, **arguments: Any) -> Any:
        self.request_count += 1
        try:
            return super().conversations_members(**arguments)
        finally:
            self.meanwhile()


def slack_error(error: str, status: int = 200) -> SlackApiError:
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="conversations.members",
        req_args={},
        data={"ok": False, "error": error},
        headers={},
        status_code=status,
    )
    return SlackApiError(error, response)  # type: ignore[no-untyped-call] # slack_sdk's


OUTAGES = (slack_error("ratelimited", 429), TimeoutError(), IncompleteRead(b""))


def failures() -> float:
    return REGISTRY.get_sample_value("needle_request_failures_total", {"type": "response"}) or 0


@pytest.fixture
def seconds() -> ManualSeconds:
    return ManualSeconds()


def test_repeated_actions__ask_slack_once_a_minute(seconds: ManualSeconds) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    for passed in (0, 1, 59):
        seconds.now = passed
        membership.require("U1", "C1")
    assert slack.request_count == 1
    slack.members = {"UOTHER"}
    seconds.now = CACHE_TTL.total_seconds()
    with pytest.raises(Refusal, match="aren't in that board's channel"):
        membership.require("U1", "C1")


def test_join_or_departure__takes_effect_at_once(seconds: ManualSeconds) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    membership.require("U1", "C1")
    with pytest.raises(Refusal):
        membership.require("U2", "C1")
    slack.members = {"U2"}
    membership.require("U2", "C1")
    slack.members = {"U1"}
    membership.forget("C1")
    with pytest.raises(Refusal):
        membership.require("U2", "C1")


def test_token_rejected__says_retrying_does_not_help() -> None:
    slack = CountingSlackClient()
    slack.error = slack_error("token_revoked")
    with pytest.raises(Refusal) as refusal:
        ChannelMembership(slack).require("U1", "C1")
    assert str(refusal.value) == REJECTED_BY_SLACK


@pytest.mark.parametrize("outage", OUTAGES, ids=repr)
def test_slack_outage__recent_members_pass_and_no_others(
    seconds: ManualSeconds,
    outage: Exception,
) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    membership.require("U1", "C1")
    slack.error = outage
    seconds.now = CACHE_TTL.total_seconds()
    membership.require("U1", "C1")
    with pytest.raises(Refusal, match=UNKNOWN):
        membership.require("U2", "C1")
    with pytest.raises(Refusal, match=UNKNOWN):
        membership.require("U1", "C2")


@pytest.mark.parametrize("outage", OUTAGES, ids=repr)
def test_long_slack_outage__member_must_wait(
    seconds: ManualSeconds,
    outage: Exception,
) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    membership.require("U1", "C1")
    slack.error = outage
    seconds.now = (OUTAGE_CACHE_TTL - timedelta(seconds=1)).total_seconds()
    membership.require("U1", "C1")
    seconds.now = OUTAGE_CACHE_TTL.total_seconds()
    with pytest.raises(Refusal, match=UNKNOWN):
        membership.require("U1", "C1")


INVALIDATIONS: dict[str, Callable[[ChannelMembership], None]] = {
    "someone left": lambda membership: membership.forget("C1"),
    "a connection was lost": ChannelMembership.forget_all,
}


@pytest.mark.parametrize("invalidate", INVALIDATIONS.values(), ids=INVALIDATIONS)
def test_departure_during_request__list_is_not_kept(
    seconds: ManualSeconds,
    invalidate: Callable[[ChannelMembership], None],
) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    slack.meanwhile = lambda: invalidate(membership)
    membership.require("U1", "C1")
    slack.members = {"UOTHER"}
    with pytest.raises(Refusal, match="aren't in that board's channel"):
        membership.require("U1", "C1")


@pytest.mark.parametrize("invalidate", INVALIDATIONS.values(), ids=INVALIDATIONS)
def test_departure_during_outage__person_is_refused(
    seconds: ManualSeconds,
    invalidate: Callable[[ChannelMembership], None],
) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    membership.require("U1", "C1")
    slack.error = TimeoutError()
    slack.meanwhile = lambda: invalidate(membership)
    seconds.now = CACHE_TTL.total_seconds()
    with pytest.raises(Refusal, match=UNKNOWN):
        membership.require("U1", "C1")


def test_bot_left_channel__everyone_is_refused(seconds: ManualSeconds) -> None:
    slack = CountingSlackClient()
    membership = ChannelMembership(slack, seconds)
    membership.require("U1", "C1")
    slack.error = slack_error("channel_not_found")
    seconds.now = CACHE_TTL.total_seconds()
    with pytest.raises(Refusal) as refusal:
        membership.require("U1", "C1")
    assert str(refusal.value) == CLOSED


@pytest.mark.parametrize(
    ("body", "channels"),
    [
        ({"channel_id": "C1"}, {"C1"}),
        ({"channel": {"id": "G0PRIVATE"}}, {"G0PRIVATE"}),
        ({"channel": {"id": "D0MINE"}, "actions": [{"type": "button", "value": "C1:7"}]}, {"C1"}),
        ({"actions": [{"selected_option": {"value": "C2"}}]}, {"C2"}),
        ({"view": {"private_metadata": '{"channel":"C1","number":3}'}}, {"C1"}),
        ({"view": {"private_metadata": '[{"any": ["C1", 2, null]}]'}}, {"C1"}),
        (
            {"view": {"state": {"values": {"b": {"board": {"selected_option": {"value": "C3"}}}}}}},
            {"C3"},
        ),
        (
            {
                "view": {
                    "private_metadata": "",
                    "state": {
                        "values": {"b": {"title": {"type": "plain_text_input", "value": "C1"}}}
                    },
                }
            },
            set(),
        ),
        ({"actions": [{"type": "plain_text_input", "value": "C1"}]}, set()),
        ({"actions": [{"type": "button", "value": "12"}], "view": None, "channel": None}, set()),
    ],
)
def test_referenced_channels__ignore_typed_text(body: dict[str, Any], channels: set[str]) -> None:
    assert referenced_channels(body) == channels


def test_person_who_left__sees_nothing(team: ListenerHarness) -> None:
    assert "Ranking for" in team.types("U1", "/roadmap", HERE)
    team.leaves("U1")
    assert team.types("U1", "/roadmap", HERE) == NOT_THERE


def test_form_during_outage__keeps_what_was_typed(
    team: ListenerHarness,
) -> None:
    team.slack.error = TimeoutError()
    before = failures()
    response = json.loads(team.submits("U1", some_toil()))
    assert list(response["errors"].values()) == [UNKNOWN]
    assert failures() == before + 1
    team.slack.error = None
    assert "Logged." in team.submits("U1", some_toil())


@pytest.mark.parametrize("answer", ["null", '{"ok": true}', '{"ok": true, "members": []}'])
def test_malformed_members__action_is_refused_for_now(team: ListenerHarness, answer: str) -> None:
    with answer_proxy(team.slack.base_url) as proxy:
        proxy.change_all("conversations.members", body(answer))
        client = CheckedClient(token=team.slack.token, base_url=proxy.url, retry_handlers=[])
        with pytest.raises(NotNow):
            ChannelMembership(client).require("U1", HERE)
