"""Accessibility: axe-core finds no serious or critical violation, light or dark, wide or narrow."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from slack_sandbox.server import Sandbox
from support.block_samples import every_block
from support.page_scripts import DRAW_BLOCKS
from support.sample_app import (
    OPS,
    SampleApp,
    button,
    message,
    open_page_as,
    options,
    send_message,
    title_field,
)

pytestmark = pytest.mark.long

WIDTHS = (1280, 390)
AXE = Axe()


def check(page: Page) -> None:
    """Check the current screen, light and dark, wide and narrow."""
    page.emulate_media(reduced_motion="reduce")  # no color transitions
    violations = []
    for width, scheme in product(WIDTHS, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for violation in AXE.run(page, options={"resultTypes": ["violations"]}).response[
            "violations"
        ]:
            if violation["impact"] in ("serious", "critical"):
                nodes = [node["html"] + node["failureSummary"] for node in violation["nodes"]]
                violations.append(f"{scheme} {width}: {violation['help']}: " + "\n  ".join(nodes))
    assert not violations, "\n".join(violations)


def test_channel_with_messages__is_accessible(
    page: Page, sandbox: Sandbox, parrot: SampleApp
) -> None:
    send_message(page, "Good *morning* @ana, see https://example.com and `code` :rocket: <b>")
    elements = [button("Score", "score", style="primary"), button("Stop", "stop", style="danger")]
    menu = {"type": "overflow", "action_id": "menu", "options": options("First", "Second")}
    parrot.post("Card", [{"type": "actions", "elements": [*elements, menu]}])
    ana = open_page_as(page, sandbox, "ana")
    send_message(ana, "Hello")
    message(ana, "Good morning").hover()
    message(ana, "Good morning").get_by_role("button", name="Add a reaction").click()
    ana.get_by_role("searchbox", name="Search emoji").fill("rocket")
    ana.keyboard.press("Enter")
    message(page, "Good morning").get_by_role("button", name="Ana Silva reacted").click()
    check(page)


def test_command_suggestions__are_accessible(page: Page) -> None:
    page.keyboard.type("/")
    page.get_by_role("option").filter(has_text="Built in").first.wait_for()
    check(page)


def test_all_blocks__are_accessible(canvas: Page) -> None:
    canvas.evaluate(DRAW_BLOCKS, every_block())
    canvas.evaluate("document.getElementById('timeline').hidden = true")
    check(canvas)


@pytest.mark.usefixtures("parrot")
def test_modal_with_errors__is_accessible(page: Page) -> None:
    send_message(page, "/form")
    title_field(page).wait_for()
    check(page)
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Please complete this required field.").first.wait_for()
    check(page)


@pytest.mark.parametrize("kind", ["multi_static_select", "multi_external_select"])
def test_open_multi_select__is_accessible(page: Page, parrot: SampleApp, kind: str) -> None:
    offers = {"options": options("One", "Two")} if kind == "multi_static_select" else {}
    element = {"type": kind, "action_id": "list", **offers}
    parrot.post("Choose", [{"type": "actions", "elements": [element]}])
    page.get_by_role("button", name="multi").click()
    search = page.get_by_role("dialog").locator("input:not([type=checkbox])")
    if not offers:
        search.fill("bud")
        page.get_by_role("option", name="Budgerigar").wait_for()
    check(page)


@pytest.mark.usefixtures("parrot")
def test_home_tab__is_accessible(page: Page) -> None:
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Parrot").click()
    page.get_by_role("region", name="App Home").get_by_text("Good day").wait_for()
    check(page)


@pytest.mark.usefixtures("parrot")
def test_ephemeral_message_and_notice__are_accessible(page: Page) -> None:
    send_message(page, "/whisper")
    message(page, "Between you and me.").wait_for()
    send_message(page, "/nothing")
    page.get_by_text("is not a valid command").wait_for()
    check(page)


def test_traffic__is_accessible(page: Page, parrot: SampleApp) -> None:
    parrot.post("Recorded")
    page.get_by_role("button", name="Traffic").click()
    page.get_by_role("complementary", name="Traffic").get_by_text("chat.postMessage").click()
    check(page)


def test_actor_menu__is_accessible(page: Page) -> None:
    page.get_by_role("button", name="Acting as").click()
    check(page)


def test_drawer__is_accessible(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Channels and people").click()
    check(page)


def test_emoji_picker__is_accessible(page: Page) -> None:
    page.get_by_role("button", name="Emoji", exact=True).click()
    check(page)


def test_mention_suggestions__are_accessible(page: Page) -> None:
    page.keyboard.type("@")
    expect(page.get_by_role("option")).not_to_have_count(0)
    check(page)


def test_thread__is_accessible(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("A card")
    for broadcast in (False, True):
        parrot.client.chat_postMessage(
            channel=OPS, text="More", thread_ts=first, reply_broadcast=broadcast
        )
    message(page, "A card").get_by_role("button", name="2 replies").click()
    page.get_by_role("complementary", name="Thread").get_by_text("2 replies").wait_for()
    check(page)


def test_rename_dialog__is_accessible(page: Page) -> None:
    page.get_by_role("button", name="Channel actions").click()
    page.get_by_role("menuitem", name="Rename channel").click()
    page.get_by_role("dialog", name="Rename #ops").wait_for()
    check(page)
