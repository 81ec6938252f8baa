"""People's names in the text that a dry run prints."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.cli.terminal.mentions import NameLookup, readable
from bot.slack.client import silent_logger
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.listener_harness import sandbox_from_manifest

ANA, BEN = "U0ANA00000", "U0BEN00000"
NAMES = {"U1": "Ana", "U2": "<!channel> & co"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(
        token=sandbox.bot_token,
        base_url=sandbox.api_url,
        retry_handlers=[],
        logger=silent_logger(),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Committed by <@U1>.", "Committed by @Ana."),
        ("Committed by <@U3>.", "Committed by @U3."),
        ("<@U2> said 1 &lt; 2", "@<!channel> & co said 1 < 2"),
        ("typed: &lt;@U1&gt;", "typed: <@U1>"),
        ("typed: &amp;lt;", "typed: &lt;"),
        ("<https://example.org|#12> is open", "#12 is open"),
    ],
)
def test_slack_markup__becomes_plain_text(text: str, expected: str) -> None:
    assert readable(text, NAMES.get) == expected


def test_known_person__has_the_name_that_slack_shows(sandbox: Sandbox, client: WebClient) -> None:
    slack = SandboxClient(sandbox.url)
    lookup = NameLookup(client)
    name = lookup(ANA)
    assert name is not None
    assert name.lower().startswith("ana")
    calls = len(slack.api_calls("users.info"))
    assert lookup(ANA) == name
    assert len(slack.api_calls("users.info")) == calls == 1


def test_slack_fails__asks_only_once(sandbox: Sandbox, client: WebClient) -> None:
    slack = SandboxClient(sandbox.url)
    slack.inject_fault("users.info", status=429, error="ratelimited", retry_after=30)
    lookup = NameLookup(client)
    assert lookup(ANA) is None
    assert lookup(BEN) is None
    assert lookup.failure is not None
    assert len(slack.api_calls("users.info")) == 1
