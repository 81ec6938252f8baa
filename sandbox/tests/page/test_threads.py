"""Threads on the page: replies, the channel, and the focus."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from slack_sandbox.server import Sandbox
from support.sample_app import OPS, SampleApp, message, open_page_as, send_message

pytestmark = pytest.mark.long


def pane(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Thread")


def reply_field(page: Page) -> Locator:
    return pane(page).get_by_role("textbox", name="Reply")


def opens_thread(page: Page, text: str) -> None:
    message(page, text).hover()
    message(page, text).get_by_role("button", name="Reply in thread").click()
    reply_field(page).wait_for()


def replies(page: Page, text: str) -> None:
    reply_field(page).fill(text)
    page.keyboard.press("Enter")


def test_reply__shows_in_thread_and_is_counted(page: Page, sandbox: Sandbox) -> None:
    ana = open_page_as(page, sandbox, "ana")
    send_message(page, "Who has the pager?")
    opens_thread(page, "Who has the pager?")
    replies(page, "I do")
    link = message(ana, "Who has the pager?").get_by_role("button", name="1 reply")
    expect(message(ana, "I do")).to_have_count(0)
    link.click()
    expect(pane(ana)).to_contain_text("I do")
    replies(ana, "Thanks")
    expect(pane(page)).to_contain_text("Thanks")
    expect(message(page, "Who has the pager?").get_by_text("2 replies").first).to_be_visible()


def test_broadcast_reply__links_to_thread(page: Page) -> None:
    send_message(page, "Release tonight?")
    opens_thread(page, "Release tonight?")
    pane(page).get_by_role("checkbox", name="Also send to #ops").check()
    replies(page, "Not before the fix")
    expect(pane(page)).to_contain_text("Also sent to the channel")
    expect(pane(page).get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Close thread").click()
    main = page.get_by_role("main")
    in_channel = message(main, "Not before the fix")
    expect(in_channel).to_contain_text("replied to a thread: Release tonight?")
    in_channel.get_by_role("button", name="Release tonight?").click()
    expect(pane(page)).to_contain_text("1 reply")


def test_thread_with_keyboard_only__returns_focus(page: Page) -> None:
    send_message(page, "By hand")
    send_message(page, "Later")
    message(page, "Later").wait_for()
    message(page, "By hand").focus()
    for _ in range(3):  # its link, the reaction, the reply
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reply_field(page)).to_be_focused()
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")
    expect(pane(page)).to_contain_text("Typed")
    page.keyboard.press("Escape")
    expect(pane(page)).to_have_count(0)
    opener = message(page, "By hand").get_by_role("button", name="Reply in thread")
    expect(opener).to_be_focused()


def test_reply_from_app__is_not_in_channel(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("A card")
    parrot.client.chat_postMessage(channel=OPS, text="More of it", thread_ts=first)
    message(page, "A card").get_by_role("button", name="1 reply").click()
    expect(pane(page)).to_contain_text("More of it")
    expect(message(page.get_by_role("main"), "More of it")).to_have_count(0)


def test_link_to_reply__opens_thread(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("A card")
    reply = parrot.client.chat_postMessage(channel=OPS, text="Deep down", thread_ts=first)["ts"]
    link = parrot.client.chat_getPermalink(channel=OPS, message_ts=str(reply))["permalink"]
    page.goto(str(link))
    expect(message(pane(page), "Deep down")).to_be_focused()


def test_app_command_in_thread__fails_and_is_restored(page: Page) -> None:
    send_message(page, "A message")
    opens_thread(page, "A message")
    replies(page, "/form")
    expect(page.locator("#notices")).to_contain_text("/form is not supported in threads")
    expect(reply_field(page)).to_have_value("/form")


def test_reaction_in_thread__shows_in_channel(page: Page) -> None:
    send_message(page, "React")
    opens_thread(page, "React")
    target = message(pane(page), "React")
    target.hover()
    target.get_by_role("button", name="Add a reaction").click()
    page.get_by_role("searchbox", name="Search emoji").fill("rocket")
    page.keyboard.press("Enter")
    for place in (pane(page), page.get_by_role("main")):
        expect(message(place, "React").get_by_role("button", name="You reacted")).to_be_visible()


def test_parent_deleted__thread_says_so(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("Soon gone")
    opens_thread(page, "Soon gone")
    parrot.client.chat_delete(channel=OPS, ts=first)
    expect(pane(page)).to_contain_text("The first message of this thread was deleted.")
    expect(reply_field(page)).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_another_channel__closes_thread(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    send_message(page, "Here")
    opens_thread(page, "Here")
    covers = pane(page).evaluate("node => node.getBoundingClientRect().width === innerWidth")
    assert covers == (width == 390)
    page.goto(re.sub("channel=ops", "channel=random", page.url))
    expect(page.get_by_role("heading", name="random")).to_be_visible()
    expect(pane(page)).to_have_count(0)


def test_draft_reply__stays_with_its_thread(page: Page) -> None:
    for text in ("First", "Second"):
        send_message(page, text)
    opens_thread(page, "First")
    reply_field(page).fill("Half")
    opens_thread(page, "Second")
    expect(reply_field(page)).to_have_value("")
    opens_thread(page, "First")
    expect(reply_field(page)).to_have_value("Half")
