"""Events about people, channels, messages, and the app, if the app subscribes to them."""

import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.client.client import ActionFailed, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, AppConnection, connect_app

Json = dict[str, Any]
OPS = "C0OPS00001"
GUS = "U0GUS00000"
MIA = "U0MIA00000"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient) -> Person:
    """Return Mia, an admin, after inviting the app to #ops."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    return mia


@pytest.fixture
def connection(sandbox: Sandbox, mia: Person) -> Iterator[AppConnection]:  # noqa: ARG001 — she invites the app first
    with connect_app(sandbox) as connected:
        yield connected


@pytest.mark.parametrize(
    ("act", "changes"),
    [
        (lambda mia: mia.deactivates("gus"), {"deleted": True}),
        (lambda mia: mia.makes_guest("gus"), {"is_restricted": True}),
    ],
)
def test_changed_person__is_in_user_change(
    mia: Person, connection: AppConnection, act: Callable[[Person], None], changes: Json
) -> None:
    act(mia)
    user = connection.event("user_change")["user"]
    assert user["id"] == GUS
    assert user.items() >= changes.items()


def test_restored_person__is_a_member_again(
    mia: Person, connection: AppConnection, slack: SandboxClient
) -> None:
    mia.deactivates("gus")
    connection.event("user_change")
    with pytest.raises(ActionFailed, match="account_inactive"):
        slack.person("gus").types("Hello?")
    mia.restores("gus")
    assert connection.event("user_change")["user"]["deleted"] is False
    slack.person("gus").types("Hello again")


def test_new_time_zone__is_in_user_change_with_offset(
    connection: AppConnection, slack: SandboxClient
) -> None:
    slack.person("gus").changes_profile(time_zone="Asia/Kolkata", real_name="Gus L.")
    event = connection.event("user_change")
    assert event["user"]["tz"] == "Asia/Kolkata"
    assert event["user"]["tz_offset"] == 19800
    assert event["user"]["profile"]["real_name"] == "Gus L."
    assert event["cache_ts"] == event["user"]["updated"]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda slack: slack.person("gus").deactivates("ben"), "not_an_admin"),
        (lambda slack: slack.person("gus").uninstalls_app(), "not_an_admin"),
        (lambda slack: slack.person("mia").deactivates("mia"), "not_allowed"),
        (lambda slack: slack.person("mia").restores("gus"), "already_active"),
        (
            lambda slack: slack.person("gus").changes_profile(time_zone="Mars/Base"),
            "invalid_time_zone",
        ),
        (lambda slack: slack.person("gus").changes_profile(name="mia"), "name_taken"),
        (lambda slack: slack.person("mia").unarchives("ops"), "not_archived"),
        (lambda slack: slack.person("gus").adds_member("nora"), "not_an_admin"),
        (lambda slack: slack.person("mia").adds_member("Gus"), "name_taken"),
        (lambda slack: slack.person("mia").creates_channel("ops"), "name_taken"),
        (lambda slack: slack.person("gia").creates_channel("guests"), "restricted_action"),
    ],
)
def test_forbidden_action__is_rejected(
    slack: SandboxClient, act: Callable[[SandboxClient], None], error: str
) -> None:
    with pytest.raises(ActionFailed, match=error):
        act(slack)


def test_channel_changes__are_events(mia: Person, connection: AppConnection) -> None:
    mia.renames("ops", "operations")
    renamed = connection.event("channel_rename")["channel"]
    assert (renamed["id"], renamed["name"]) == (OPS, "operations")
    mia.archives("operations")
    assert connection.event("channel_archive").items() >= {"channel": OPS, "user": MIA}.items()
    mia.unarchives("operations")
    assert connection.event("channel_unarchive").items() >= {"channel": OPS, "user": MIA}.items()


def test_created_channel__is_an_event_if_public(mia: Person, connection: AppConnection) -> None:
    mia.creates_channel("secret", is_private=True)
    mia.creates_channel("launch")
    created = connection.event("channel_created")["channel"]
    assert (created["name"], created["creator"], created["is_private"]) == ("launch", MIA, False)
    mia.types("We're in", channel=created["id"])
    mia.sees("We're in", channel="launch")


def test_new_member__is_in_team_join(
    mia: Person, connection: AppConnection, slack: SandboxClient
) -> None:
    mia.adds_member("nora")
    user = connection.event("team_join")["user"]
    assert (user["name"], user["real_name"], user["deleted"]) == ("nora", "Nora", False)
    slack.person("nora").types("Hello", channel="general")
    mia.sees("Hello", channel="general")


def test_leaving_and_removal__are_events(
    mia: Person, connection: AppConnection, slack: SandboxClient
) -> None:
    slack.person("gus").leaves("ops")
    left = connection.event("member_left_channel")
    assert (left["user"], left["channel"], left["channel_type"]) == (GUS, OPS, "C")
    mia.removes(slack.app_user_id, "ops")
    assert connection.event("channel_left")["channel"] == OPS


def test_edit_and_delete__are_events_with_previous_message(
    mia: Person, connection: AppConnection
) -> None:
    mia.types("Frist")
    mia.edits(mia.sees("Frist"), "First")
    connection.event("message")
    changed = connection.event("message")
    assert changed["subtype"] == "message_changed"
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("First", "Frist")
    assert changed["message"]["edited"]["user"] == MIA
    mia.deletes(mia.sees("First"))
    deleted = connection.event("message")
    assert deleted["subtype"] == "message_deleted"
    assert deleted["deleted_ts"] == changed["message"]["ts"]


def test_deleted_parent__leaves_a_tombstone(mia: Person, connection: AppConnection) -> None:
    mia.types("First")
    first = mia.sees("First")
    mia.replies("Second", to=first)
    mia.deletes(first)
    changed = [connection.event("message") for _ in range(3)][-1]
    assert changed["subtype"] == "message_changed"
    tombstone = changed["message"]
    assert (tombstone["ts"], tombstone["user"], tombstone["subtype"]) == (
        first.ts,
        "USLACKBOT",
        "tombstone",
    )
    assert (tombstone["hidden"], tombstone["reply_count"]) == (True, 1)
    assert mia.sees("This message was deleted.").ts == first.ts


def test_opened_home__is_an_event(mia: Person, connection: AppConnection) -> None:
    mia.opens_home()
    opened = connection.event("app_home_opened")
    assert (opened["user"], opened["tab"]) == (MIA, "home")
    assert opened["channel"].startswith("D")


def test_message_shortcut__contains_the_message(mia: Person, sandbox: Sandbox) -> None:
    mia.types("Say this")
    message = mia.sees("Say this")
    with connect_app(sandbox) as connection:
        calling = threading.Thread(target=mia.runs_shortcut, args=["repeat", message])
        calling.start()
        payload = connection.next()["payload"]
        calling.join()
    assert payload["type"] == "message_action"
    assert payload["message"]["text"] == "Say this"
    assert payload["message_ts"] == message.ts
    assert payload["channel"] == {"id": OPS, "name": "ops"}


def test_uninstalled_app__gets_events_and_loses_its_token(
    mia: Person, connection: AppConnection, sandbox: Sandbox, slack: SandboxClient
) -> None:
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    client.auth_test()
    mia.uninstalls_app()
    assert connection.event("tokens_revoked")["tokens"] == {"oauth": [], "bot": [slack.app_user_id]}
    connection.event("app_uninstalled")
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response["error"] == "account_inactive"
    mia.types("Anybody there?")
    assert connection.receives_nothing()


def test_event_without_subscription__is_not_sent() -> None:
    manifest = deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["channel_rename"]
    with Sandbox(manifest) as sandbox, connect_app(sandbox) as connection:
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")
        mia.deactivates("gus")
        mia.types("Hello")
        mia.opens_home()
        mia.archives("ops")
        mia.unarchives("ops")
        mia.renames("ops", "operations")
        assert connection.next()["payload"]["event"]["type"] == "channel_rename"


def test_events_beyond_hourly_limit__are_app_rate_limited() -> None:
    clock = Clock()
    with (
        Sandbox(MANIFEST, clock=clock, events_per_hour=4) as sandbox,
        connect_app(sandbox) as connection,
    ):
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")  # two events: of the app, and of the message
        for text in ("One", "Two", "Three", "Four"):
            mia.types(text)
        payloads = [connection.next()["payload"] for _ in range(5)]
        assert [payload["type"] for payload in payloads] == [
            *["event_callback"] * 4,
            "app_rate_limited",
        ]
        assert payloads[-1]["minute_rate_limited"] == clock.now // 60 * 60
        assert connection.receives_nothing()
        clock.now += 3600
        mia.types("An hour later")
        assert connection.event("message")["text"] == "An hour later"
