"""The page with only the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from support.sample_app import TIMEOUT, SampleApp, message, title_field

pytestmark = pytest.mark.long

MAX_TABS = 40  # presses of Tab before a control counts as unreachable


def tabs_to(page: Page, role: str, name: str, *, back: bool = False) -> None:
    """Press Tab until a control has the focus."""
    control = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(MAX_TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if control.evaluate_all("nodes => nodes.includes(document.activeElement)"):
            return
    raise AssertionError(f"no {role} {name!r} after {MAX_TABS} tabs")


def test_keyboard_only__submits_form_and_reacts(page: Page, parrot: SampleApp) -> None:
    page.reload()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    page.keyboard.type("/fo")
    page.keyboard.press("Enter")  # completes the command
    page.keyboard.press("Enter")
    expect(title_field(page)).to_be_focused()
    page.keyboard.type("By hand")
    tabs_to(page, "combobox", "Size")
    page.keyboard.type("Large")
    tabs_to(page, "button", "Send it")
    page.keyboard.press("Enter")
    assert parrot.submitted.get(timeout=TIMEOUT)["title"]["title"]["value"] == "By hand"
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()

    page.keyboard.type("Sent")
    page.keyboard.press("Enter")
    message(page, "Sent").wait_for()
    tabs_to(page, "button", "Add a reaction", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    page.keyboard.type("tada")
    page.keyboard.press("Enter")
    expect(message(page, "Sent").get_by_role("button", name="You reacted")).to_have_text("🎉1")


def test_keyboard_only__switches_person_and_channel(page: Page) -> None:
    page.reload()
    tabs_to(page, "link", "Skip to the message field", back=True)
    tabs_to(page, "button", "Acting as Mia")
    page.keyboard.press("Enter")
    page.keyboard.type("Gia")  # jumps to the name
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Acting as Gia")).to_be_visible()
    tabs_to(page, "link", "general", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="general")).to_be_visible()


@pytest.mark.usefixtures("parrot")
def test_keyboard_only__opens_and_closes_traffic(page: Page) -> None:
    tabs_to(page, "button", "Traffic", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close traffic")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Traffic")).to_contain_text('"')
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Traffic", exact=True)).to_be_focused()


def test_escape_in_emoji_search__closes_picker(page: Page) -> None:
    page.get_by_role("button", name="Emoji").click()
    page.keyboard.type("tada")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Choose an emoji")).to_have_count(0)
    expect(page.get_by_role("button", name="Emoji")).to_be_focused()
