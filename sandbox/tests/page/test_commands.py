"""Built-in commands on the page: completion, answers and threads."""

import pytest
from playwright.sync_api import Page, expect

from support.sample_app import SampleApp, message, send_message

pytestmark = pytest.mark.long


def test_command_typed__completes_command_and_name(page: Page) -> None:
    page.keyboard.type("/")
    offers = page.get_by_role("option")
    expect(offers).to_have_count(5)
    expect(offers.filter(has_text="/whisper")).not_to_contain_text("Built in")
    expect(offers.filter(has_text="/leave")).to_contain_text("Built in")
    page.keyboard.type("inv")
    expect(offers).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/invite ")
    page.keyboard.type("@PAR")
    expect(offers).to_contain_text("@parrot")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(message(page, "has joined the channel")).to_contain_text("@Parrot")


@pytest.mark.usefixtures("parrot")
def test_failed_command__is_answered_once_and_restored(page: Page) -> None:
    send_message(page, "/invite @Parrot ")  # the space ends the completion
    answer = message(page, "@Parrot is already in #ops.")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Slackbot")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/invite @Parrot")
    expect(page.locator(".notice")).to_have_count(0)


def test_thread__completes_only_built_in_commands(page: Page, parrot: SampleApp) -> None:
    parrot.post("Who else?")
    message(page, "Who else?").hover()
    message(page, "Who else?").get_by_role("button", name="Reply in thread").click()
    page.keyboard.type("/")
    offers = page.get_by_role("complementary", name="Thread").get_by_role("option")
    expect(offers).to_have_count(3)
    expect(offers.first).to_contain_text("/invite")
    page.keyboard.press("Escape")
    page.keyboard.type("invite @gia ")
    page.keyboard.press("Enter")
    expect(message(page, "@Gia Guest has joined the channel")).to_be_visible()
