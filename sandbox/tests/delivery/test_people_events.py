"""What an app hears of people, channels, messages and itself, as it subscribes and not else."""

import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.client.client import NotPossible, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.ear import MANIFEST, Ear, hearing

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
    """An admin; the app is in #ops."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    return mia


@pytest.fixture
def ear(sandbox: Sandbox, mia: Person) -> Iterator[Ear]:  # noqa: ARG001 — she invites it first
    with hearing(sandbox) as listening:
        yield listening


@pytest.mark.parametrize(
    ("does", "shows"),
    [
        (lambda mia: mia.deactivates("gus"), {"deleted": True}),
        (lambda mia: mia.makes_guest("gus"), {"is_restricted": True}),
    ],
)
def test_a_changed_person_is_told_as_they_are_now(
    mia: Person, ear: Ear, does: Callable[[Person], None], shows: Json
) -> None:
    does(mia)
    user = ear.event("user_change")["user"]
    assert user["id"] == GUS
    assert user.items() >= shows.items()


def test_who_is_restored_is_a_member_again(mia: Person, ear: Ear, slack: SandboxClient) -> None:
    mia.deactivates("gus")
    ear.event("user_change")
    with pytest.raises(NotPossible, match="account_inactive"):
        slack.person("gus").types("Hello?")
    mia.restores("gus")
    assert ear.event("user_change")["user"]["deleted"] is False
    slack.person("gus").types("Hello again")


def test_a_new_time_zone_is_told_with_its_offset(ear: Ear, slack: SandboxClient) -> None:
    slack.person("gus").changes_profile(time_zone="Asia/Kolkata", real_name="Gus L.")
    event = ear.event("user_change")
    assert event["user"]["tz"] == "Asia/Kolkata"
    assert event["user"]["tz_offset"] == 19800
    assert event["user"]["profile"]["real_name"] == "Gus L."
    assert event["cache_ts"] == event["user"]["updated"]


@pytest.mark.parametrize(
    ("does", "error"),
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
    ],
)
def test_people_do_what_slack_lets_them(
    slack: SandboxClient, does: Callable[[SandboxClient], None], error: str
) -> None:
    with pytest.raises(NotPossible, match=error):
        does(slack)


def test_a_channel_is_renamed_archived_and_brought_back(mia: Person, ear: Ear) -> None:
    mia.renames("ops", "operations")
    renamed = ear.event("channel_rename")["channel"]
    assert (renamed["id"], renamed["name"]) == (OPS, "operations")
    mia.archives("operations")
    assert ear.event("channel_archive").items() >= {"channel": OPS, "user": MIA}.items()
    mia.unarchives("operations")
    assert ear.event("channel_unarchive").items() >= {"channel": OPS, "user": MIA}.items()


def test_who_leaves_and_the_app_put_out_are_told(
    mia: Person, ear: Ear, slack: SandboxClient
) -> None:
    slack.person("gus").leaves("ops")
    left = ear.event("member_left_channel")
    assert (left["user"], left["channel"], left["channel_type"]) == (GUS, OPS, "C")
    mia.removes(slack.app_user_id, "ops")
    assert ear.event("channel_left")["channel"] == OPS


def test_a_message_edited_or_deleted_is_told_with_what_it_was(mia: Person, ear: Ear) -> None:
    mia.types("Frist")
    mia.edits(mia.sees("Frist"), "First")
    ear.event("message")
    changed = ear.event("message")
    assert changed["subtype"] == "message_changed"
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("First", "Frist")
    assert changed["message"]["edited"]["user"] == MIA
    mia.deletes(mia.sees("First"))
    deleted = ear.event("message")
    assert deleted["subtype"] == "message_deleted"
    assert deleted["deleted_ts"] == changed["message"]["ts"]


def test_of_a_deleted_message_with_replies_a_stone_stays(mia: Person, ear: Ear) -> None:
    mia.types("First")
    first = mia.sees("First")
    mia.replies("Second", to=first)
    mia.deletes(first)
    changed = [ear.event("message") for _ in range(3)][-1]
    assert changed["subtype"] == "message_changed"
    left = changed["message"]
    assert (left["ts"], left["user"], left["subtype"]) == (first.ts, "USLACKBOT", "tombstone")
    assert (left["hidden"], left["reply_count"]) == (True, 1)
    assert mia.sees("This message was deleted.").ts == first.ts


def test_home_is_opened(mia: Person, ear: Ear) -> None:
    mia.opens_home()
    opened = ear.event("app_home_opened")
    assert (opened["user"], opened["tab"]) == (MIA, "home")
    assert opened["channel"].startswith("D")


def test_a_shortcut_on_a_message_comes_with_the_message(mia: Person, sandbox: Sandbox) -> None:
    mia.types("Say this")
    said = mia.sees("Say this")
    with hearing(sandbox) as ear:
        calling = threading.Thread(target=mia.runs_shortcut, args=["repeat", said])
        calling.start()
        payload = ear.next()["payload"]
        calling.join()
    assert payload["type"] == "message_action"
    assert payload["message"]["text"] == "Say this"
    assert payload["message_ts"] == said.ts
    assert payload["channel"] == {"id": OPS, "name": "ops"}


def test_an_app_put_out_of_the_workspace_hears_that_and_its_token_is_dead(
    mia: Person, ear: Ear, sandbox: Sandbox, slack: SandboxClient
) -> None:
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    client.auth_test()
    mia.uninstalls_app()
    assert ear.event("tokens_revoked")["tokens"] == {"oauth": [], "bot": [slack.app_user_id]}
    ear.event("app_uninstalled")
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response["error"] == "account_inactive"
    mia.types("Anybody there?")
    assert ear.hears_nothing()


def test_an_app_hears_nothing_that_it_did_not_subscribe_to() -> None:
    manifest = deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["channel_rename"]
    with Sandbox(manifest) as sandbox, hearing(sandbox) as ear:
        quiet = SandboxClient(sandbox.url)
        mia = quiet.person("mia")
        mia.invites(quiet.app_user_id, "ops")
        mia.deactivates("gus")
        mia.types("Hello")
        mia.opens_home()
        mia.archives("ops")
        mia.unarchives("ops")
        mia.renames("ops", "operations")
        assert ear.next()["payload"]["event"]["type"] == "channel_rename"


def test_an_app_is_told_so_many_events_an_hour_and_then_that_there_are_more() -> None:
    clock = Clock()
    with Sandbox(MANIFEST, clock=clock, events_per_hour=4) as sandbox, hearing(sandbox) as ear:
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")  # told twice: of the app, and of the message
        for text in ("One", "Two", "Three", "Four"):
            mia.types(text)
        told = [ear.next()["payload"] for _ in range(5)]
        assert [each["type"] for each in told] == [*["event_callback"] * 4, "app_rate_limited"]
        assert told[-1]["minute_rate_limited"] == clock.now // 60 * 60
        assert ear.hears_nothing()
        clock.now += 3600
        mia.types("An hour later")
        assert ear.event("message")["text"] == "An hour later"
