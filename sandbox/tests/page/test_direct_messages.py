"""Mentions of the app, and direct messages to it, on the page."""

from typing import Any

import pytest
from conftest import MANIFEST
from playwright.sync_api import Page, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.sample_app import message, send_message

pytestmark = pytest.mark.long
WITHOUT_HOME = {"home_tab_enabled": False, "messages_tab_read_only_enabled": False}
WRITABLE = {"home_tab_enabled": True, "messages_tab_read_only_enabled": False}
READ_ONLY = {"home_tab_enabled": True, "messages_tab_read_only_enabled": True}


@pytest.fixture
def sandbox_manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    return MANIFEST | {"features": MANIFEST["features"] | {"app_home": request.param}}


@pytest.mark.parametrize("sandbox_manifest", [WRITABLE], indirect=True)
def test_mention_typed__names_the_app(page: Page, sandbox: Sandbox) -> None:
    page.get_by_role("button", name="Add Parrot").click()
    send_message(page, "@parrot help")
    message(page, "@Parrot help").wait_for()
    newest = SandboxClient(sandbox.url).person("mia").messages("ops")[-1]
    assert newest.raw["text"].startswith("<@U")


@pytest.mark.parametrize("sandbox_manifest", [WRITABLE], indirect=True)
def test_messages_tab__takes_direct_messages(page: Page, sandbox: Sandbox) -> None:
    page.get_by_role("link", name="Parrot").click()
    page.get_by_role("link", name="Messages").click()
    send_message(page, "Are you there?")
    message(page, "Are you there?").wait_for()
    SandboxClient(sandbox.url).person("mia").sees("Are you there?", channel="@parrot")


@pytest.mark.parametrize("sandbox_manifest", [WITHOUT_HOME], indirect=True)
def test_app_without_home__opens_direct_message(page: Page) -> None:
    page.get_by_role("button", name="Parrot", exact=True).click()
    page.get_by_role("heading", name="Parrot").wait_for()
    send_message(page, "Are you there?")
    message(page, "Are you there?").wait_for()


@pytest.mark.parametrize("sandbox_manifest", [READ_ONLY], indirect=True)
def test_read_only_messages_tab__says_so(page: Page) -> None:
    page.get_by_role("link", name="Parrot").click()
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_text("Sending messages to this app has been turned off.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_have_count(0)
