"""Every reader accepts what Slack documents, and raises MalformedAnswer for anything else."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import MalformedAnswer, parse_answer
from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.channel import read_channel
from bot.slack.answers.channels import ChannelsPage
from bot.slack.answers.connection import read_websocket_url
from bot.slack.answers.members import MembersPage
from bot.slack.answers.messages import read_message, read_messages_page
from bot.slack.answers.permalink import read_permalink
from bot.slack.answers.posted_message import read_posted_message
from bot.slack.answers.user import read_user
from tests.support.listener_harness import slack_response

Reader = Callable[[SlackResponse], Any]


def read_members(response: SlackResponse) -> Any:
    return parse_answer(MembersPage, response)


def read_channels(response: SlackResponse) -> Any:
    return parse_answer(ChannelsPage, response)


READERS: tuple[Reader, ...] = (
    read_websocket_url,
    read_channel,
    read_channels,
    read_identity,
    read_members,
    read_message,
    read_messages_page,
    read_permalink,
    read_posted_message,
    read_user,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("data", [None, [], {}, {"ok": True}, b"\x1f\x8b", "ok", 1])
def test_answer_without_its_content__is_malformed(reader: Reader, data: object) -> None:
    with pytest.raises(MalformedAnswer, match=r"^the response to a\.method (has no|isn't)"):
        reader(slack_response("a.method", data))


@pytest.mark.parametrize(
    ("reader", "data", "problem"),
    [
        (read_posted_message, {"ts": None}, "has no valid ts"),
        (read_posted_message, {"ts": 1690000000.0001}, "has no valid ts"),
        (read_posted_message, {"ts": "now"}, "has no valid ts"),
        (read_permalink, {"permalink": "https://slack.com/x|y>"}, "has no valid permalink"),
        (read_permalink, {"permalink": "ftp://slack.com"}, "has no valid permalink"),
        (read_user, {"user": None}, "has no valid user"),
        (read_user, {"user": []}, "has no valid user"),
        (read_user, {"user": {"name": "ana"}}, "has no valid user.id"),
        (read_user, {"user": {"id": "U1", "is_bot": "maybe"}}, "has no valid user.is_bot"),
        (read_channel, {"channel": {"id": "C1"}}, "has no valid channel.name"),
        (read_channel, {"channel": {"name": ""}}, "has no valid channel.name"),
        (read_identity, {"user_id": "U1"}, "has no valid team_id"),
        (read_identity, {"user_id": "", "team_id": "T1"}, "has no valid user_id"),
        (read_members, {"members": None}, "has no valid members"),
        (read_members, {"members": [None]}, "has no valid members.0"),
        (read_websocket_url, {"url": "https://slack.com"}, "has no valid url"),
        (read_channels, {"channels": [{"name": "ops"}]}, "has no valid channels.0.id"),
        (read_messages_page, {"messages": {}}, "has no valid messages"),
        (read_messages_page, {"messages": [{"text": "x"}]}, "has no valid messages.0.ts"),
        (
            read_message,
            {"message": {"ts": "1.1", "reactions": [{"name": "lock", "users": ["U1"]}]}},
            "has no valid message.reactions.0.count",
        ),
    ],
)
def test_missing_or_strange_field__is_named(
    reader: Reader, data: dict[str, Any], problem: str
) -> None:
    with pytest.raises(MalformedAnswer) as error:
        reader(slack_response("a.method", {"ok": True, **data}))
    assert str(error.value) == f"the response to a.method {problem}"


def test_answer_as_documented__is_read() -> None:
    posted = read_posted_message(
        slack_response("chat.postMessage", {"ok": True, "ts": "12.000345"})
    )
    assert posted.ts == "12.000345"
    link = "https://needle.slack.com/archives/C1/p12000345?thread_ts=1.1&cid=C1"
    answer = {"ok": True, "permalink": link, "channel": "C1"}
    assert read_permalink(slack_response("chat.getPermalink", answer)) == link
    channel = read_channel(
        slack_response("conversations.info", {"channel": {"name": "ops", "is_archived": None}})
    )
    assert (channel.name, channel.is_archived) == ("ops", False)


def test_null_lists_of_a_message__are_empty() -> None:
    message = {"ts": "1.1", "metadata": None, "reactions": None, "blocks": None, "user": None}
    [read] = read_messages_page(slack_response("m", {"messages": [message]})).messages
    assert (read.reactions, read.blocks, read.metadata.event_payload) == ((), (), None)
