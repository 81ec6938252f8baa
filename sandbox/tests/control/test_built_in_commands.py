"""The built-in commands /invite, /remove, and /leave: their events, errors, and mentions."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from slack_sandbox.client.client import ActionFailed, Person, SandboxClient
from slack_sandbox.client.http import ControlApi
from slack_sandbox.control.actions.built_in_commands import BUILT_IN
from slack_sandbox.model.manifest import RESERVED_COMMANDS
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, AppConnection, connect_app

Json = dict[str, Any]
JOINED, LEFT = "member_joined_channel", "member_left_channel"
OPS, MIA, GUS = "C0OPS00001", "U0MIA00000", "U0GUS00000"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient) -> Person:
    return slack.person("mia")


@pytest.fixture
def connection(sandbox: Sandbox) -> Iterator[AppConnection]:
    with connect_app(sandbox) as connected:
        yield connected


def without_timestamps(event: Json) -> Json:
    return {name: value for name, value in event.items() if not name.endswith("ts")}


def test_invite_command__sends_the_same_events_as_the_button(
    mia: Person, connection: AppConnection, slack: SandboxClient
) -> None:
    mia.invites(slack.app_user_id, "ops")
    by_button = [
        without_timestamps(connection.event(JOINED)),
        without_timestamps(connection.event("message")),
    ]
    mia.removes(slack.app_user_id, "ops")
    connection.event("channel_left")
    mia.types("/invite @Recorder", "ops")
    assert [
        without_timestamps(connection.event(JOINED)),
        without_timestamps(connection.event("message")),
    ] == by_button
    assert by_button[0]["inviter"] == MIA
    assert by_button[1]["subtype"] == "channel_join"


def test_remove_and_leave_commands__send_events(mia: Person, connection: AppConnection) -> None:
    mia.types("/invite @recorder", "ops")
    connection.event(JOINED)
    connection.event("message")
    mia.types("/remove @gus", "ops")
    assert connection.event(LEFT).items() >= {"user": GUS, "channel": OPS}.items()
    assert connection.event("message")["subtype"] == "channel_leave"
    mia.types("/leave", "ops")
    assert connection.event(LEFT).items() >= {"user": MIA, "channel": OPS}.items()
    connection.event("message")
    assert connection.receives_nothing()


def test_removed_app__gets_channel_left(mia: Person, connection: AppConnection) -> None:
    mia.types("/invite @recorder", "ops")
    mia.types("/remove @RECORDER", "ops")
    for _ in range(2):
        connection.next()
    assert connection.event("channel_left")["channel"] == OPS


def test_failed_command__shows_why_only_to_its_author(
    mia: Person, connection: AppConnection, slack: SandboxClient
) -> None:
    mia.types("/invite @recorder", "ops")
    connection.event(JOINED)
    connection.event("message")
    with pytest.raises(ActionFailed, match="already_in_channel: @recorder is already in #ops"):
        mia.types("/invite @recorder", "ops")
    answer = mia.sees("@recorder is already in #ops.")
    assert (answer.user, answer.ephemeral) == ("USLACKBOT", True)
    assert answer.raw["text"] == f"<@{slack.app_user_id}> is already in <#{OPS}|ops>."
    assert not [m for m in slack.person("ana").messages("ops") if "already" in m.visible_text]
    assert connection.receives_nothing()


def test_failed_command__has_its_error_in_the_response(sandbox: Sandbox) -> None:
    with pytest.raises(ActionFailed, match="user_not_found: There is nobody called @nobody"):
        ControlApi(sandbox.url).act("mia", "post", channel="ops", text="/invite @nobody")


def test_invite_to_other_channel__error_is_in_this_one(mia: Person, slack: SandboxClient) -> None:
    mia.types("/invite @Recorder @Gia #ops-leads", "ops")
    leads = next(c for c in mia.screen()["channels"] if c["name"] == "ops-leads")
    assert {slack.app_user_id, "U0GIA00000"} <= set(leads["members"])
    with pytest.raises(ActionFailed, match="already_in_channel"):
        mia.types("/invite @recorder #ops-leads", "ops")
    assert mia.sees("@recorder is already in #ops-leads.", "ops").ephemeral


def test_handle_or_display_name__becomes_a_mention(mia: Person) -> None:
    mia.types("@ana, @Gus Lindqvist and @ana-b: see #ops and #nowhere", "ops")
    expected = "<@U0ANA00000>, <@U0GUS00000> and @ana-b: see <#C0OPS00001|ops> and #nowhere"
    assert mia.sees("see #ops").raw["text"] == expected


def test_channel_name__is_a_reference_if_author_sees_it(mia: Person, slack: SandboxClient) -> None:
    slack.person("chloe").types("Is it #ops-leads?", "ops")
    assert mia.sees("Is it").raw["text"] == "Is it #ops-leads?"


def test_built_in_commands__are_in_the_workspace_json(slack: SandboxClient) -> None:
    commands = [command["command"] for command in slack.workspace()["built_in_commands"]]
    assert commands == ["/invite", "/remove", "/leave"]
    assert BUILT_IN.keys() <= RESERVED_COMMANDS


def test_manifest_with_built_in_command__is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "app.yml"
    file.write_text(yaml.safe_dump({"features": {"slash_commands": [{"command": "/leave"}]}}))
    command = [sys.executable, "-m", "slack_sandbox", "--manifest", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert result.returncode == 2
    assert "/leave is built into Slack" in result.stderr
