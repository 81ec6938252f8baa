"""Everyday use of the page in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.sample_app import OPS, SampleApp, message, open_page_as, send_message

pytestmark = pytest.mark.long


def test_page__says_that_it_is_not_slack(page: Page) -> None:
    expect(page.get_by_role("note").first).to_contain_text("not Slack")


def test_message_posted__others_see_it(page: Page, sandbox: Sandbox) -> None:
    ana = open_page_as(page, sandbox, "ana")
    send_message(page, "Good morning")
    expect(message(ana, "Good morning")).to_contain_text("Mia Okafor")


def test_command_typed__is_completed(page: Page) -> None:
    page.keyboard.type("/wh")
    expect(page.get_by_role("option")).to_have_text(re.compile("/whisper"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/whisper ")


def test_skip_link__focuses_message_field(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name="Skip to the message field").press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_unknown_command__shows_notice_and_is_restored(page: Page) -> None:
    send_message(page, "/nothing")
    expect(page.locator("#notices")).to_contain_text("/nothing is not a valid command")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/nothing")


def test_ephemeral_message__shows_only_to_its_person(
    page: Page, sandbox: Sandbox, parrot: SampleApp
) -> None:
    ana = open_page_as(page, sandbox, "ana")
    send_message(page, "/whisper")
    expect(message(page, "Between you and me.")).to_contain_text("Only visible to you")
    parrot.post("For everyone")
    message(ana, "For everyone").wait_for()
    expect(message(ana, "Between you and me.")).to_have_count(0)


def test_reaction__is_added_and_removed(page: Page, sandbox: Sandbox) -> None:
    ana = open_page_as(page, sandbox, "ana")
    send_message(page, "Shall we?")
    target = message(page, "Shall we?")
    target.hover()
    target.get_by_role("button", name="Add a reaction").click()
    page.get_by_role("searchbox", name="Search emoji").fill("rocket")
    page.keyboard.press("Enter")
    own = target.get_by_role("button", name="You reacted with :rocket:")
    expect(own).to_have_attribute("aria-pressed", "true")
    message(ana, "Shall we?").get_by_role("button", name="Mia Okafor reacted").click()
    expect(target.get_by_role("button", name=re.compile("reacted"))).to_have_text("🚀2")
    target.get_by_role("button", name=re.compile("reacted")).click()
    expect(target.get_by_role("button", name="Ana Silva reacted")).to_have_text("🚀1")


@pytest.mark.parametrize(
    ("query", "name"),
    [("thumbsup", "+1"), ("raised_hand", "hand"), ("thumbs", "+1"), ("+1", "+1")],
)
def test_emoji_search__finds_names_and_aliases(page: Page, query: str, name: str) -> None:
    send_message(page, "Shall we?")
    target = message(page, "Shall we?")
    target.hover()
    target.get_by_role("button", name="Add a reaction").click()
    page.get_by_role("searchbox", name="Search emoji").fill(query)
    page.keyboard.press("Enter")
    expect(target.get_by_role("button", name=f"You reacted with :{name}:")).to_be_visible()
    page.get_by_role("textbox", name="Message").focus()
    page.keyboard.type(f":{query}")
    page.get_by_role("option", name=f":{name}:").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Message")).to_have_value(f":{name}: ")


def test_alias__shows_emoji(page: Page) -> None:
    send_message(page, "Yes :thumbsup: and :raised_hand::skin-tone-4:")
    expect(page.get_by_role("article").filter(has_text="Yes")).to_contain_text("Yes 👍 and ✋🏽")


def test_link_to_message__scrolls_to_it(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("The very first")
    for number in range(30):
        send_message(page, f"Line {number}")
    message(page, "Line 29").wait_for()
    link = parrot.client.chat_getPermalink(channel=OPS, message_ts=first)["permalink"]
    parrot.post(f"It began <{link}|here>")
    expect(message(page, "The very first")).not_to_be_in_viewport()
    page.get_by_role("link", name="here", exact=True).click()
    expect(message(page, "The very first")).to_be_in_viewport()
    expect(message(page, "The very first")).to_be_focused()
    page.goto(str(link))
    expect(message(page, "The very first")).to_be_in_viewport()


def test_message_arrives__keeps_scroll_position(page: Page, parrot: SampleApp) -> None:
    for number in range(40):
        send_message(page, f"Line {number}")
    message(page, "Line 39").wait_for()
    expect(message(page, "Line 39")).to_be_in_viewport()
    message(page, "Line 10").scroll_into_view_if_needed()
    page.locator("#timeline").evaluate("node => node.scrollTo(0, 0)")
    expect(message(page, "@Parrot has joined")).to_be_in_viewport()
    parrot.post("News")
    page.get_by_role("button", name="New messages").click()
    expect(message(page, "News")).to_be_in_viewport()


def test_unread_channel__is_marked_until_opened(page: Page, sandbox: Sandbox) -> None:
    ana = open_page_as(page, sandbox, "ana", "random")
    send_message(ana, "Look here")
    marked = page.get_by_role("link", name="random unread")
    marked.click()
    message(page, "Look here").wait_for()
    expect(marked).to_have_count(0)


def test_another_actor__is_kept_in_address(page: Page) -> None:
    page.get_by_role("button", name="Acting as Mia").click()
    page.get_by_role("menuitemradio", name="Gia Guest").click()
    expect(page.get_by_role("button", name="Acting as Gia")).to_be_visible()
    expect(page).to_have_url(re.compile(r"as=gia&channel=general$"))
    page.reload()
    expect(page.get_by_role("button", name="Acting as Gia")).to_be_visible()
    expect(page.get_by_role("link", name="ops")).to_have_count(0)


def test_home_tab__opens(page: Page, parrot: SampleApp) -> None:
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Parrot").click()
    expect(page.get_by_role("region", name="App Home")).to_contain_text("Good day, @Mia Okafor")
    assert parrot.submitted.empty()


def test_traffic__shows_json(page: Page, parrot: SampleApp) -> None:
    parrot.post("Recorded")
    page.get_by_role("button", name="Traffic").click()
    page.get_by_role("complementary", name="Traffic").get_by_text("chat.postMessage").click()
    expect(page.get_by_role("complementary", name="Traffic")).to_contain_text('"Recorded"')


def test_narrow_screen__sidebar_is_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    page.get_by_role("button", name="Channels and people").click()
    page.get_by_role("link", name="random").click()
    expect(page.get_by_role("heading", name="random")).to_be_visible()
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider)


def test_narrow_screen__hides_topic(page: Page) -> None:
    expect(page.get_by_text("Run it well")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_text("Run it well")).to_be_hidden()


def test_own_name_in_members__cannot_be_removed(page: Page) -> None:
    page.get_by_role("button", name="8 members").click()
    page.get_by_role("menuitem", name="Ana Silva").click()
    page.get_by_role("dialog", name="Remove Ana Silva?").get_by_text("Cancel").click()
    page.get_by_role("button", name="8 members").click()
    page.get_by_role("menuitem", name="Mia Okafor you").click()
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.usefixtures("parrot")
def test_notice__does_not_cover_header(page: Page) -> None:
    send_message(page, "/nothing")
    # A second notice can replace the first between two calls, so measure in one.
    page.wait_for_function(
        """() => {
            const notice = document.querySelector(".notice")?.getBoundingClientRect();
            const header = document.querySelector("#header").getBoundingClientRect();
            return notice && notice.height > 0 && notice.top >= header.bottom;
        }"""
    )


def test_own_message__can_be_edited(page: Page, sandbox: Sandbox) -> None:
    ana = open_page_as(page, sandbox, "ana")
    send_message(page, "Dinner with @ana at 6 < 7")
    message(page, "Dinner").hover()
    message(page, "Dinner").get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Edit message").click()
    field = page.get_by_role("dialog", name="Edit message").get_by_role("textbox")
    expect(field).to_have_value("Dinner with @ana at 6 < 7")
    field.fill("Dinner with @ana at 8")
    page.get_by_role("button", name="Save").click()
    expect(message(ana, "at 8")).to_contain_text("Dinner with @Ana Silva at 8(edited)")
    message(ana, "Dinner").hover()
    message(ana, "Dinner").get_by_role("button", name="More actions").click()
    expect(ana.get_by_role("menuitem", name="Edit message")).to_have_count(0)


def test_person_renamed__name_changes_everywhere(page: Page, sandbox: Sandbox) -> None:
    send_message(page, "It is me")
    SandboxClient(sandbox.url).person("mia").changes_profile(real_name="Mia Adeyemi")
    expect(message(page, "It is me")).to_contain_text("Mia Adeyemi")
    expect(page.get_by_role("button", name="Acting as")).to_contain_text("Mia Adeyemi")
