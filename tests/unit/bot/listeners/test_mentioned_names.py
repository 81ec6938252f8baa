"""Names of mentioned people and channels, looked up in Slack."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.listeners.actor import Actor
from bot.listeners.mentioned_names import LOOKUP_TIMEOUT_SECONDS, mentioned_names
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_database
from tests.support.listener_harness import sandbox_from_manifest


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def channels(slack: SandboxClient) -> dict[str, str]:
    """The IDs of #garden, and of the private #secret and #layoffs. Needle is in #secret."""
    mia = slack.person("mia")
    mia.creates_channel("garden")
    mia.creates_channel("secret", is_private=True)
    mia.invites(slack.app_user_id, "secret")
    mia.creates_channel("layoffs", is_private=True)
    return {channel["name"]: channel["id"] for channel in mia.screen()["channels"]}


def names_in(text: str, sandbox: Sandbox, store_file: Path) -> dict[str, str]:
    """Return the names that a message's text needs, beside the board #ops."""
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    actor = Actor(user_id="U1", team_id="T1", channel_id="C1", trigger_id="")
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        return mentioned_names({"text": text}, [("C1", "ops")], client, database, actor)


def test_public_channel__is_named_without_the_bot_in_it(
    sandbox: Sandbox, channels: dict[str, str], store_file: Path
) -> None:
    text = f"see <#{channels['garden']}> and <#C1>"
    assert names_in(text, sandbox, store_file) == {"C1": "ops", channels["garden"]: "garden"}


def test_private_channels__keep_their_names_secret(
    sandbox: Sandbox, channels: dict[str, str], store_file: Path
) -> None:
    text = f"<#{channels['secret']}> <#{channels['layoffs']}> <#{channels['garden']}|>"
    assert names_in(text, sandbox, store_file) == {"C1": "ops", channels["garden"]: "garden"}


def test_unseen_person__hides_no_other_name(
    sandbox: Sandbox, slack: SandboxClient, channels: dict[str, str], store_file: Path
) -> None:
    [mia] = [each["id"] for each in slack.workspace()["people"] if each["name"] == "mia"]
    text = f"<@U404> <@{mia}> <#C404> <#{channels['garden']}>"
    names = names_in(text, sandbox, store_file)
    assert names.keys() == {"C1", mia, channels["garden"]}


def test_slow_slack__delays_all_lookups_by_half_a_second(
    sandbox: Sandbox, slack: SandboxClient, channels: dict[str, str], store_file: Path
) -> None:
    slack.inject_fault("*", delay=30, times=9)
    begun = time.monotonic()
    names = names_in(f"<@U9> <#{channels['garden']}>", sandbox, store_file)
    assert names == {"C1": "ops"}
    assert slack.delayed_calls() <= 1, "the people's lookup leaves no time for the channel's"
    assert time.monotonic() - begun > LOOKUP_TIMEOUT_SECONDS
