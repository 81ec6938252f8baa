"""Attachments of messages: their texts, colors and links, and buttons in their blocks."""

import pytest
from playwright.sync_api import Page, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.sample_app import OPS, SampleApp, message

pytestmark = pytest.mark.long

ALERT = {
    "color": "danger",
    "pretext": "New *alert*",
    "author_name": "Pager",
    "title": "Disk is full",
    "title_link": "https://example.com/alerts/1",
    "text": "`db-primary` has 1 % left & falls",
    "fields": [{"title": "Severity", "value": "*High*"}],
    "footer": "prod",
}
UNSAFE = {"title": "Click", "title_link": "javascript:alert(1)", "color": "red; x"}
BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "text": {"type": "plain_text", "text": "R&D <team>"}}],
}


def test_attachment__is_drawn_with_color_and_links(page: Page, parrot: SampleApp) -> None:
    parrot.client.chat_postMessage(channel=OPS, text="Alert", attachments=[ALERT, UNSAFE])
    row = message(page, "Disk is full")
    attachment = row.locator(".attachment").first
    expect(attachment).to_have_css("border-left-color", "rgb(163, 2, 0)")
    expect(row.get_by_role("link", name="Disk is full")).to_have_attribute(
        "href", "https://example.com/alerts/1"
    )
    expect(attachment.locator("code")).to_have_text("db-primary")
    expect(attachment.locator("dd")).to_have_text("High")
    expect(row.get_by_role("link", name="Click")).to_have_count(0)


def test_button_in_attachment__reaches_the_app(
    page: Page, parrot: SampleApp, sandbox: Sandbox
) -> None:
    parrot.client.chat_postMessage(channel=OPS, text="Choose", attachments=[{"blocks": [BUTTON]}])
    with page.expect_response(lambda response: response.url.endswith("/press")):
        page.get_by_role("button", name="R&D <team>").click()
    pressed = [
        entry["request"]["payload"]["container"]
        for entry in SandboxClient(sandbox.url).traffic()
        if entry["kind"] == "interactive"
    ]
    assert [container["type"] for container in pressed] == ["message_attachment"]
