"""The page in a real browser, as people use it."""

import re
from collections.abc import Iterator
from queue import Queue
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox

Json = dict[str, Any]
OPS = "C0OPS00001"
WITHIN = 5  # seconds


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(name: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **more,
    }


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("A form"),
    "submit": plain("Send it"),
    "close": plain("Not now"),
    "blocks": [
        field("title", "Title", {"type": "plain_text_input", "min_length": 3}),
        field("size", "Size", {"type": "static_select", "options": options("Small", "Large")}),
        field(
            "likes",
            "Likes",
            {"type": "checkboxes", "options": options("Seeds", "Nuts")},
            optional=True,
            hint=plain("Any of them."),
        ),
        {"type": "actions", "block_id": "more", "elements": [button("Rewrite", "rewrite")]},
    ],
}


class Parrot:
    """An app on the sandbox: it opens forms, and keeps what it is sent."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
        self.submitted: Queue[Json] = Queue()
        self.pressed: Queue[Json] = Queue()
        self.errors: dict[str, str] = {}
        self.open_view = ""
        self.app = App(client=self.client, token_verification_enabled=False)
        self.app.command("/form")(self.open_form)
        self.app.command("/whisper")(self.whisper)
        self.app.view("form")(self.submit)
        self.app.action(re.compile(".*"))(self.press)
        self.app.event("app_home_opened")(self.show_home)

    def open_form(self, ack: Ack, body: Json) -> None:
        ack()
        opened = self.client.views_open(trigger_id=body["trigger_id"], view=FORM)
        self.open_view = opened["view"]["id"]

    def whisper(self, ack: Ack) -> None:
        ack("Between you and me.")

    def submit(self, ack: Ack, view: Json) -> None:
        self.submitted.put(view["state"]["values"])
        if self.errors:
            ack(response_action="errors", errors=self.errors)
        else:
            ack()

    def press(self, ack: Ack, body: Json) -> None:
        ack()
        pressed = body["actions"][0]
        self.pressed.put(pressed)
        if pressed["action_id"] == "rewrite":
            self.rewrite()

    def rewrite(self) -> None:
        view = {**FORM, "title": plain("Another name")}
        self.client.views_update(view_id=self.open_view, view=view)

    def show_home(self, event: Json) -> None:
        text = {"type": "mrkdwn", "text": f"Good day, <@{event['user']}>"}
        home = {"type": "home", "blocks": [{"type": "section", "text": text}]}
        self.client.views_publish(user_id=event["user"], view=home)

    def posts(self, text: str, blocks: list[Json] | None = None) -> str:
        """A message in #ops; its ts."""
        return str(self.client.chat_postMessage(channel=OPS, text=text, blocks=blocks)["ts"])


@pytest.fixture
def parrot(sandbox: Sandbox, page: Page) -> Iterator[Parrot]:
    """The app, connected and in #ops."""
    parrot = Parrot(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    page.get_by_role("button", name="Add Parrot").click()
    message(page, "@Parrot has joined the channel").wait_for()
    yield parrot
    handler.close()  # type: ignore[no-untyped-call]


def message(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_role("article").filter(has_text=text)


def title_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Title")


def says(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def visits(page: Page, sandbox: Sandbox, person: str, channel: str = "ops") -> Page:
    """The same browser's second tab, as another person."""
    other = page.context.new_page()
    other.goto(f"{sandbox.url}/?as={person}&channel={channel}")
    other.get_by_role("heading", name=channel).wait_for()
    return other


def test_it_says_that_it_is_not_slack(page: Page) -> None:
    expect(page.get_by_role("note").first).to_contain_text("not Slack")


def test_what_one_says_the_others_see_at_once(page: Page, sandbox: Sandbox) -> None:
    ana = visits(page, sandbox, "ana")
    says(page, "Good morning")
    expect(message(ana, "Good morning")).to_contain_text("Mia Okafor")


def test_a_command_is_completed_while_it_is_typed(page: Page) -> None:
    page.keyboard.type("/wh")
    expect(page.get_by_role("option")).to_have_text(re.compile("/whisper"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/whisper ")


def test_the_keyboard_can_skip_to_where_one_writes(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name="Skip to writing a message").press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_an_unknown_command_is_flashed_and_stays_to_be_mended(page: Page) -> None:
    says(page, "/nothing")
    expect(page.locator("#notices")).to_contain_text("/nothing is not a valid command")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("/nothing")


def test_a_form_is_filled_and_sent_by_keyboard_alone(page: Page, parrot: Parrot) -> None:
    page.get_by_role("textbox", name="Message").focus()
    page.keyboard.type("/form")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    expect(title_of(page)).to_be_focused()
    page.keyboard.type("By hand")
    page.keyboard.press("Tab")
    page.keyboard.type("Large")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):  # the other box, Rewrite, Not now, Send it
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    values = parrot.submitted.get(timeout=WITHIN)
    assert values["title"]["title"]["value"] == "By hand"
    assert values["size"]["size"]["selected_option"]["value"] == "large"
    assert [each["value"] for each in values["likes"]["likes"]["selected_options"]] == ["seeds"]
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_escape_leaves_a_form_without_sending_it(page: Page, parrot: Parrot) -> None:
    says(page, "/form")
    title_of(page).fill("Not yet")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert parrot.submitted.empty()


def test_what_is_missing_stands_under_its_field_and_nothing_is_sent(
    page: Page, parrot: Parrot
) -> None:
    says(page, "/form")
    title_of(page).fill("ab")
    page.get_by_role("button", name="Send it").click()
    expect(title_of(page)).to_have_accessible_description("Please enter at least 3 characters.")
    expect(page.get_by_label("Size")).to_have_accessible_description(
        "Please complete this required field."
    )
    expect(title_of(page)).to_be_focused()
    assert parrot.submitted.empty()


def test_the_apps_errors_stand_under_their_fields(page: Page, parrot: Parrot) -> None:
    parrot.errors = {"title": "There is one of that name."}
    says(page, "/form")
    title_of(page).fill("Taken")
    title_of(page).evaluate("node => { node.seen = true; }")
    page.get_by_label("Size").select_option("small")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("There is one of that name.")).to_be_visible()
    expect(title_of(page)).to_have_value("Taken")
    assert title_of(page).evaluate("node => node.seen"), "the form was built anew"


def test_a_half_filled_form_survives_what_else_happens(page: Page, parrot: Parrot) -> None:
    says(page, "/form")
    title = title_of(page)
    title.fill("Half")
    title.evaluate("node => { node.seen = true; }")
    ts = parrot.posts("Meanwhile")
    expect(page.get_by_text("Meanwhile")).to_have_count(1)
    parrot.client.chat_update(channel=OPS, ts=ts, text="Later")
    expect(page.get_by_text("Later")).to_have_count(1)
    expect(title).to_have_value("Half")
    expect(title).to_be_focused()
    assert title.evaluate("node => node.seen"), "the form was built anew"


@pytest.mark.usefixtures("parrot")
def test_a_form_that_the_app_rewrites_keeps_what_was_typed(page: Page) -> None:
    says(page, "/form")
    title_of(page).fill("Mine")
    page.get_by_role("button", name="Rewrite").click()
    expect(page.get_by_role("dialog", name="Another name")).to_be_visible()
    expect(title_of(page)).to_have_value("Mine")


def test_a_form_keeps_even_what_the_app_has_not_heard_of(page: Page, parrot: Parrot) -> None:
    says(page, "/form")
    title_of(page).fill("Mine")
    parrot.rewrite()
    expect(page.get_by_role("dialog", name="Another name")).to_be_visible()
    expect(title_of(page)).to_have_value("Mine")
    expect(title_of(page)).to_be_focused()


def test_an_ephemeral_is_seen_only_by_its_person(
    page: Page, sandbox: Sandbox, parrot: Parrot
) -> None:
    ana = visits(page, sandbox, "ana")
    says(page, "/whisper")
    expect(message(page, "Between you and me.")).to_contain_text("Only visible to you")
    parrot.posts("For everyone")
    message(ana, "For everyone").wait_for()
    expect(message(ana, "Between you and me.")).to_have_count(0)


def test_a_reaction_is_given_and_taken_back(page: Page, sandbox: Sandbox) -> None:
    ana = visits(page, sandbox, "ana")
    says(page, "Shall we?")
    there = message(page, "Shall we?")
    there.hover()
    there.get_by_role("button", name="Add a reaction").click()
    page.get_by_role("searchbox", name="Search emoji").fill("rocket")
    page.keyboard.press("Enter")
    own = there.get_by_role("button", name="You reacted with :rocket:")
    expect(own).to_have_attribute("aria-pressed", "true")
    message(ana, "Shall we?").get_by_role("button", name="Mia Okafor reacted").click()
    expect(there.get_by_role("button", name=re.compile("reacted"))).to_have_text("🚀2")
    there.get_by_role("button", name=re.compile("reacted")).click()
    expect(there.get_by_role("button", name="Ana Silva reacted")).to_have_text("🚀1")


def test_a_button_asks_first_and_no_means_no(page: Page, parrot: Parrot) -> None:
    confirm = {
        "title": plain("Really?"),
        "text": plain("It can't be undone."),
        "confirm": plain("Do it"),
        "deny": plain("Leave it"),
    }
    elements = [button("Delete", "delete", confirm=confirm), button("Greet", "greet")]
    parrot.posts("Buttons", [{"type": "actions", "elements": elements}])
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Really?").get_by_role("button", name="Leave it").click()
    page.get_by_role("button", name="Greet").click()
    assert parrot.pressed.get(timeout=WITHIN)["action_id"] == "greet"
    page.get_by_role("button", name="Delete").click()
    page.keyboard.press("Enter")
    assert parrot.pressed.get(timeout=WITHIN)["action_id"] == "delete"


def test_an_overflow_menu_is_worked_by_keyboard(page: Page, parrot: Parrot) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": options("First", "Second")}
    parrot.posts("Menu", [{"type": "actions", "elements": [menu]}])
    page.get_by_role("button", name="More", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Second")).to_be_focused()
    page.keyboard.press("Enter")
    assert parrot.pressed.get(timeout=WITHIN)["selected_option"]["value"] == "second"


def test_of_two_feedback_buttons_the_app_hears_which(page: Page, parrot: Parrot) -> None:
    element = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "value": "yes"},
        "negative_button": {"text": plain("Bad"), "value": "no"},
    }
    parrot.posts("Was it?", [{"type": "context_actions", "elements": [element]}])
    page.get_by_role("button", name="Bad").click()
    assert parrot.pressed.get(timeout=WITHIN)["value"] == "no"


def test_a_link_to_a_message_opens_the_page_at_it(page: Page, parrot: Parrot) -> None:
    first = parrot.posts("The very first")
    for number in range(30):
        says(page, f"Line {number}")
    message(page, "Line 29").wait_for()
    link = parrot.client.chat_getPermalink(channel=OPS, message_ts=first)["permalink"]
    parrot.posts(f"It began <{link}|here>")
    expect(message(page, "The very first")).not_to_be_in_viewport()
    page.get_by_role("link", name="here", exact=True).click()
    expect(message(page, "The very first")).to_be_in_viewport()
    expect(message(page, "The very first")).to_be_focused()
    page.goto(str(link))
    expect(message(page, "The very first")).to_be_in_viewport()


def test_new_messages_do_not_pull_away_who_reads_above(page: Page, parrot: Parrot) -> None:
    for number in range(40):
        says(page, f"Line {number}")
    message(page, "Line 39").wait_for()
    expect(message(page, "Line 39")).to_be_in_viewport()
    message(page, "Line 10").scroll_into_view_if_needed()
    page.locator("#timeline").evaluate("node => node.scrollTo(0, 0)")
    parrot.posts("News")
    page.get_by_role("button", name="New messages").click()
    expect(message(page, "News")).to_be_in_viewport()


def test_a_channel_with_news_is_marked_until_it_is_opened(page: Page, sandbox: Sandbox) -> None:
    ana = visits(page, sandbox, "ana", "random")
    says(ana, "Look here")
    marked = page.get_by_role("link", name="random unread")
    marked.click()
    message(page, "Look here").wait_for()
    expect(marked).to_have_count(0)


def test_one_can_act_as_another_person_and_the_address_keeps_who_and_where(page: Page) -> None:
    page.get_by_role("button", name="Acting as Mia").click()
    page.get_by_role("menuitemradio", name="Gia Guest").click()
    expect(page.get_by_role("button", name="Acting as Gia")).to_be_visible()
    expect(page).to_have_url(re.compile(r"as=gia&channel=general$"))
    page.reload()
    expect(page.get_by_role("button", name="Acting as Gia")).to_be_visible()
    expect(page.get_by_role("link", name="ops")).to_have_count(0)


def test_the_apps_home_is_opened_and_shown(page: Page, parrot: Parrot) -> None:
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Parrot").click()
    expect(page.get_by_role("region", name="App Home")).to_contain_text("Good day, @Mia Okafor")
    assert parrot.submitted.empty()


def test_the_traffic_can_be_looked_into(page: Page, parrot: Parrot) -> None:
    parrot.posts("Recorded")
    page.get_by_role("button", name="Traffic").click()
    page.get_by_role("complementary", name="Traffic").get_by_text("chat.postMessage").click()
    expect(page.get_by_role("complementary", name="Traffic")).to_contain_text('"Recorded"')


def test_on_a_narrow_screen_the_sidebar_is_a_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    page.get_by_role("button", name="Channels and people").click()
    page.get_by_role("link", name="random").click()
    expect(page.get_by_role("heading", name="random")).to_be_visible()
    expect(page.get_by_role("navigation", name="Workspace")).to_be_hidden()
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider)
