"""Answers that the SDK can't parse, or with text that no database stores, from a server."""

import json

import pytest

from bot.slack.answers.answer import MalformedAnswer
from bot.slack.answers.user import read_user
from bot.slack.checked_client import CheckedClient
from bot.slack.error_messages import SLACK_CALL_ERRORS, is_outage
from tests.support.hostile_text import UNSTORABLE
from tests.unit.bot.slack.test_error_messages import answering

POSTED = b'{"ok": true, "ts": "1.1"}'


def client_for(address: str) -> CheckedClient:
    return CheckedClient(token="xoxb-1", base_url=address, retry_handlers=[])


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"[]", "application/json"),
        (b"[1]", "application/json"),
        (b'"ok"', "application/json"),
        (b"1", "application/json"),
        (b"true", "application/json"),
        (b'{"ok": true, "ts": "\xff"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"ok": true, "ts": ' + b"1" * 5_000 + b"}", "application/json"),
    ],
)
def test_unreadable_answer__may_have_succeeded(body: bytes, content_type: str) -> None:
    with (
        answering(200, body, **{"content-type": content_type}) as address,
        pytest.raises(SLACK_CALL_ERRORS) as error,
    ):
        client_for(address).chat_postMessage(channel="C1", text="x")
    assert is_outage(error.value)


@pytest.mark.parametrize("body", [b'{"ok": true}', b'{"ok": true, "user_id": "U1"}'])
def test_auth_test_without_ids__is_malformed(body: bytes) -> None:
    with answering(200, body) as address, pytest.raises(MalformedAnswer, match="no valid team_id"):
        client_for(address).auth_test()


def test_request_that_cannot_be_encoded__is_a_bug() -> None:
    with answering(200, POSTED) as address, pytest.raises(UnicodeEncodeError):
        client_for(address).chat_postMessage(channel="C1", text="\ud800", token="\ud800")


@pytest.mark.parametrize("name", UNSTORABLE, ids=ascii)
def test_unstorable_characters_in_an_answer__are_left_out(name: str) -> None:
    user = {"id": "U1", "profile": {"display_name": name}}
    with answering(200, json.dumps({"ok": True, "user": user}).encode()) as address:
        response = client_for(address).users_info(user="U1")
    assert read_user(response).shown_name == "Rotate keys"
