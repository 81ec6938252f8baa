"""Snapshots: a saved workspace continues in another sandbox, with the same IDs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import MANIFEST
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import TIMEOUT
from support.sample_app import OPS, SampleApp, button, close_connection

Json = dict[str, Any]
BLOCKS: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Who sings?"}},
    {"type": "actions", "elements": [button("Yes", "yes")]},
]
METADATA = {"event_type": "question", "event_payload": {"number": 1}}


@contextmanager
def connected(sandbox: Sandbox) -> Iterator[SampleApp]:
    parrot = SampleApp(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield parrot
    finally:
        close_connection(handler.client)


@dataclass(frozen=True)
class Saved:
    """A snapshot, and everything that the app could read at that time."""

    snapshot: Json
    readable: list[Json]


def all_readable(parrot: SampleApp) -> list[Json]:
    """Return everything that an app can read: people, channels, messages, and threads."""
    client = parrot.client
    history = client.conversations_history(channel=OPS, include_all_metadata=True)["messages"]
    threads = [
        client.conversations_replies(channel=OPS, ts=message["ts"])["messages"]
        for message in history
        if "reply_count" in message
    ]
    people = client.users_list()["members"]
    return [people, client.conversations_list()["channels"], history, threads]


@pytest.fixture(scope="module")
def saved() -> Saved:
    """Save a workspace with a card, a reaction, a reply, a tombstone, a DM, and a Home tab."""
    with Sandbox(MANIFEST) as sandbox, connected(sandbox) as parrot:
        slack = SandboxClient(sandbox.url)
        mia, ana = slack.person("mia"), slack.person("ana")
        mia.invites(slack.app_user_id, "ops")
        parrot.client.chat_postMessage(
            channel=OPS, text="Who sings?", blocks=BLOCKS, metadata=METADATA
        )
        card = ana.sees("Who sings?")
        ana.reacts("tada", to=card)
        mia.replies("I do", to=card)
        mia.edits(mia.sees_in_thread("I do", of=card), "I do!")
        ana.types("Never mind")
        deleted = ana.sees("Never mind")
        ana.edits(deleted, "Forget it")
        mia.replies("Why?", to=deleted)
        ana.deletes(deleted)
        parrot.client.chat_postMessage(channel="U0ANA00000", text="Psst")
        parrot.client.chat_postEphemeral(channel=OPS, user="U0MIA00000", text="Only you")
        mia.opens_home()
        mia.sees_in_home("Good day")
        mia.changes_profile(time_zone="Asia/Tokyo")
        mia.archives("random")
        snapshot: Json = json.loads(json.dumps(slack.snapshot()))
        secrets = (sandbox.bot_token, sandbox.app_token, sandbox.client_secret)
        assert not [secret for secret in secrets if secret in json.dumps(snapshot)]
        return Saved(snapshot, all_readable(parrot))


def test_restored_workspace__is_the_same_workspace(saved: Saved) -> None:
    with Sandbox(MANIFEST, snapshot=saved.snapshot) as sandbox:
        assert SandboxClient(sandbox.url).snapshot() == saved.snapshot


def test_restored_workspace__looks_the_same_to_people(saved: Saved) -> None:
    with Sandbox(MANIFEST, snapshot=saved.snapshot) as sandbox:
        slack = SandboxClient(sandbox.url)
        mia, ana = slack.person("mia"), slack.person("ana")
        card = mia.sees("Who sings?")
        [reaction] = card.raw["reactions"]
        assert (reaction["name"], reaction["count"]) == ("tada", 1)
        mia.sees_in_thread("I do!", of=card)
        mia.sees_in_thread("Why?", of=mia.sees("This message was deleted."))
        ana.sees("Psst", "parrot")
        assert "Good day, @mia" in mia.sees_in_home("").visible_text
        assert "Only you" not in [message.visible_text for message in mia.messages()]
        [random] = [c for c in mia.screen()["channels"] if c["name"] == "random"]
        assert random["is_archived"]


def test_restored_workspace__app_handles_its_old_messages(saved: Saved) -> None:
    with Sandbox(MANIFEST, snapshot=saved.snapshot) as sandbox, connected(sandbox) as parrot:
        slack = SandboxClient(sandbox.url)
        ana = slack.person("ana")
        assert parrot.client.auth_test()["user_id"] == saved.snapshot["app"]["bot_user_id"]
        assert all_readable(parrot) == saved.readable
        card = ana.sees("Who sings?")
        ana.presses("Yes", on=card)
        assert parrot.pressed.get(timeout=TIMEOUT)["action_id"] == "yes"
        parrot.client.chat_update(channel=OPS, ts=card.ts, text="Nobody sings.", blocks=[])
        assert ana.sees("Nobody sings.").ts == card.ts


def test_restored_workspace__new_messages_come_after_old_ones(saved: Saved) -> None:
    with Sandbox(MANIFEST, snapshot=saved.snapshot, clock=lambda: 1.0) as sandbox:
        mia = SandboxClient(sandbox.url).person("mia")
        before = mia.messages("ops")[0].ts
        mia.types("Later")
        assert mia.sees("Later").ts > before


def test_snapshot_in_another_format__is_rejected(saved: Saved) -> None:
    with pytest.raises(ValueError, match="format 99"):
        Sandbox(MANIFEST, snapshot=saved.snapshot | {"format": 99})
