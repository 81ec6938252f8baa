"""Fixtures: a sandbox with a sample app, and its page in a browser."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_sandbox.server import Sandbox
from support.sample_app import SampleApp, close_connection, message

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Parrot"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "bot_user": {"display_name": "Parrot"},
        "slash_commands": [
            {"command": "/form", "description": "Opens a form", "usage_hint": "[title]"},
            {"command": "/whisper", "description": "Answers only you"},
        ],
        "shortcuts": [
            {
                "type": "message",
                "name": "Repeat this",
                "callback_id": "repeat",
                "description": "Says it again",
            }
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "channels:history",
                "channels:read",
                "chat:write",
                "chat:write.customize",
                "commands",
                "reactions:read",
                "users:read",
            ]
        }
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one worker per core for the long tests, and two for the others.

    Most long tests keep a browser busy. The others wait for half of their time.
    """
    cores = os.cpu_count() or 1
    return cores if config.option.markexpr == "long" else 2 * cores


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no `chromium` on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def sandbox_manifest() -> dict[str, Any]:
    return MANIFEST


@pytest.fixture
def sandbox(sandbox_manifest: dict[str, Any]) -> Iterator[Sandbox]:
    with Sandbox(sandbox_manifest) as running:
        yield running


@pytest.fixture
def page(chromium: Browser, sandbox: Sandbox) -> Iterator[Page]:
    """Open the page as Mia, in #ops."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{sandbox.url}/?as=mia&channel=ops")
    page.get_by_role("heading", name="ops").wait_for()
    yield page
    context.close()


@pytest.fixture(scope="module")
def canvas(chromium: Browser) -> Iterator[Page]:
    """Open a page on which tests only draw, so that they can share it."""
    with Sandbox({}) as sandbox:
        context = chromium.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(sandbox.url)
        page.get_by_role("heading", name="general").wait_for()
        yield page
        context.close()


@pytest.fixture
def parrot(sandbox: Sandbox, page: Page) -> Iterator[SampleApp]:
    """Connect the app, and invite it to #ops."""
    parrot = SampleApp(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    page.get_by_role("button", name="Add Parrot").click()
    message(page, "@Parrot has joined the channel").wait_for()
    yield parrot
    close_connection(handler.client)
