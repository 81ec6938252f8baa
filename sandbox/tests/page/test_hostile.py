"""Hostile content: texts never become HTML, and addresses never become scripts."""

import pytest
from playwright.sync_api import Browser, Page
from slack_sdk import WebClient

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.block_samples import every_block
from support.page_scripts import DRAW_BLOCKS
from support.sample_app import OPS, Json, SampleApp, button, field, plain, send_message

pytestmark = pytest.mark.long

HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>\'"&amp;{{7*7}}'
SHORT = "<img src=x onerror=window.harmed=1>"
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
SCRIPTS = [
    "javascript:window.harmed=1",
    "JaVaScRiPt:window.harmed=1",
    " javascript:window.harmed=1",
    "java\tscript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "vbscript:msgbox(1)",
    "blob:https://example.com/x",
    "/archives",
    "//example.com",
]
# Elements and attributes that text must never become.
FOREIGN = "script, iframe, object, embed, style, form, [onerror], [onload], [onclick]"


def hostile(value: object) -> object:
    """Return a copy in which every text is hostile. Types and ids stay."""
    kept = ("type", "style", "block_id", "action_id", "status", "level", "icon", "range", "format")
    if isinstance(value, dict):
        return {
            key: item if key in kept and isinstance(item, str) else hostile(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [hostile(item) for item in value]
    return HOSTILE if isinstance(value, str) else value


def assert_harmless(page: Page, where: str) -> None:
    assert page.locator(where).locator(FOREIGN).count() == 0
    assert page.evaluate("window.harmed") is None


@pytest.fixture
def client(sandbox: Sandbox, page: Page) -> WebClient:
    """Return the client of an app in #ops."""
    slack = SandboxClient(sandbox.url)
    slack.person("mia").invites(slack.app_user_id, "ops")
    page.get_by_text("has joined").wait_for()
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url)


def test_hostile_text_in_message__stays_text(page: Page, client: WebClient) -> None:
    label = plain(HOSTILE[:75])
    rich_section = {"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}
    client.chat_postMessage(
        channel=OPS,
        text=ESCAPED,
        username=HOSTILE[:80],
        blocks=[
            {"type": "header", "text": label},
            {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}},
            {"type": "section", "text": {"type": "mrkdwn", "text": ESCAPED}},
            {"type": "context", "elements": [{"type": "plain_text", "text": HOSTILE}]},
            {"type": "markdown", "text": HOSTILE},
            {"type": "rich_text", "elements": [rich_section]},
            {"type": "actions", "elements": [button(HOSTILE[:75], "b")]},
            {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
            {"type": "image", "image_url": "javascript:1", "alt_text": HOSTILE, "title": label},
        ],
    )
    page.get_by_label("Message #ops").fill(HOSTILE)
    page.keyboard.press("Enter")

    page.locator(".message", has_text="Mia Okafor").get_by_text(HOSTILE).wait_for()
    page.get_by_role("button", name=HOSTILE[:40]).wait_for()
    page.get_by_role("heading", name=HOSTILE[:40]).wait_for()
    assert page.locator(".message-body").get_by_text(HOSTILE, exact=True).count() >= 5
    assert page.locator(".message img").count() == 0
    assert_harmless(page, "#messages")


def test_hostile_text_in_blocks__stays_text(canvas: Page) -> None:
    canvas.evaluate(DRAW_BLOCKS, hostile(every_block()))
    assert canvas.locator("#drawn img").count() == 0
    assert_harmless(canvas, "#drawn")


def test_hostile_text_in_form__stays_text(page: Page, parrot: SampleApp) -> None:
    choices = [{"text": plain(SHORT), "value": SHORT, "description": plain(SHORT)}]
    elements = ("static_select", "multi_static_select", "radio_buttons", "checkboxes")
    inputs = [
        field(kind, SHORT, {"type": kind, "options": choices}, hint=plain(SHORT))
        for kind in elements
    ]
    parrot.form = {
        "type": "modal",
        "title": plain("<b>x</b>"),
        "submit": plain("<i>y</i>"),
        "blocks": inputs,
    }
    parrot.errors = {"checkboxes": SHORT}
    send_message(page, "/form")
    dialog = page.get_by_role("dialog", name="<b>x</b>")
    dialog.get_by_role("button", name="<i>y</i>").wait_for()
    dialog.locator(".multi").click()
    page.get_by_role("checkbox", name=SHORT).last.wait_for()
    assert page.locator("dialog img, dialog b, dialog i").count() == 0
    assert page.evaluate("window.harmed") is None


def test_hostile_names__stay_text(chromium: Browser) -> None:
    manifest: Json = {
        "display_information": {"name": SHORT},
        "features": {
            "bot_user": {"display_name": SHORT},
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [
                {"command": "/x", "description": SHORT, "usage_hint": SHORT},
            ],
        },
    }
    with Sandbox(manifest) as sandbox:
        page = chromium.new_page()
        renamed = """{ if (body.people) body.people[1].real_name = text;
            for (const channel of body.channels ?? []) channel.name = channel.topic = text;
            for (const list of Object.values(body.messages ?? {}))
              list.push({ts: "1.000001", user: text, username: text, text: `:${text}:`,
                subtype: text, reactions: [{name: text, users: [text], count: 1}],
                files: [{name: text, title: text, url_private: `javascript:${text}`}]}); }"""
        page.add_init_script(
            f"""const text = {SHORT!r}; const json = Response.prototype.json;
            Response.prototype.json = async function () {{
              const body = await json.call(this); {renamed} return body; }};"""
        )
        page.goto(f"{sandbox.url}/?as=mia")
        page.get_by_role("heading", name=SHORT).first.wait_for()
        page.get_by_role("article").get_by_text(f":{SHORT}:").first.wait_for()
        page.get_by_role("button", name="Acting as").click()
        page.get_by_role("menuitemradio", name=SHORT).wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("textbox", name="Message").fill("/")
        page.get_by_role("option", name=SHORT).wait_for()
        assert page.locator("img").count() == 0
        assert_harmless(page, "#messages")
        page.close()


@pytest.mark.parametrize("address", SCRIPTS)
def test_link_to_script__cannot_be_followed(canvas: Page, address: str) -> None:
    option = {"text": plain("Option"), "value": "o", "url": address}
    link = {"type": "link", "url": address, "text": "Rich"}
    source = {"type": "url", "url": address, "text": "Source"}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|Marked>"}},
        {"type": "markdown", "text": f"[Markdown]({address})"},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]},
        {"type": "actions", "block_id": "a", "elements": [button("Button", "b", url=address)]},
        {
            "type": "actions",
            "block_id": "o",
            "elements": [{"type": "overflow", "action_id": "o", "options": [option]}],
        },
        {"type": "task_card", "task_id": "t", "title": "Task", "sources": [source]},
        {"type": "image", "image_url": address, "alt_text": "Image"},
        {
            "type": "video",
            "title": plain("Video"),
            "video_url": address,
            "thumbnail_url": address,
            "alt_text": "",
        },
    ]
    canvas.evaluate(DRAW_BLOCKS, blocks)
    for text in ("Marked", "Markdown", "Rich", "Button", "Source", "Image", "Video"):
        canvas.locator("#drawn").get_by_text(text).first.wait_for()
    canvas.locator("#drawn").get_by_label("More").click()
    canvas.get_by_role("menuitem", name="Option").wait_for()
    assert canvas.locator("#drawn a, [role=menu] a, #drawn img").count() == 0
    canvas.keyboard.press("Escape")


def test_content_security_policy__blocks_inline_scripts(page: Page, sandbox: Sandbox) -> None:
    """Check the second line of defense: scripts in injected HTML don't run."""
    answer = page.request.get(sandbox.url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    page.evaluate(
        """text => { document.getElementById("home").innerHTML = text;
        document.getElementById("home").hidden = false; }""",
        SHORT + '<a id="evil" href="javascript:window.harmed=1">x</a>',
    )
    page.locator("#evil").click()
    assert page.evaluate("window.harmed") is None
