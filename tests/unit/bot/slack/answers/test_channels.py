"""Lists of channels: without direct messages, and of people whom the bot can't see."""

import json

from bot.slack.answers.channels import channels_of
from bot.slack.checked_client import CheckedClient
from tests.support.answer_proxy import answer_proxy, body
from tests.support.listener_harness import ListenerHarness


def test_direct_messages_in_the_list__are_left_out(team: ListenerHarness) -> None:
    listed = [
        {"id": "C1", "name": "ops", "is_im": False},
        {"id": "G2", "name": "ops-leads"},
        {"id": "D3"},
        {"id": "C4", "is_im": True},
        {"id": "G5", "name": "mpdm-ana--ben-1"},
        {"id": "C6", "name": "talk", "is_mpim": True},
    ]
    with answer_proxy(team.slack.base_url) as proxy:
        answer = json.dumps({"ok": True, "channels": listed})
        proxy.change_all("users.conversations", body(answer))
        client = CheckedClient(token=team.slack.token, base_url=proxy.url, retry_handlers=[])
        assert channels_of(client) == {"C1", "G2"}


def test_person_whom_the_bot_cannot_see__is_in_no_channel(team: ListenerHarness) -> None:
    assert channels_of(team.slack, "UUNSEEN") == set()
