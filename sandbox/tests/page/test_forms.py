"""Forms, buttons and menus on the page, with the mouse and with the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.sample_app import (
    BIRDS,
    FORM,
    OPS,
    TIMEOUT,
    Json,
    SampleApp,
    button,
    field,
    message,
    open_page_as,
    options,
    plain,
    send_message,
    title_field,
)

pytestmark = pytest.mark.long


def test_form_with_keyboard_only__is_submitted(page: Page, parrot: SampleApp) -> None:
    page.get_by_role("textbox", name="Message").focus()
    page.keyboard.type("/form")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    expect(title_field(page)).to_be_focused()
    page.keyboard.type("By hand")
    page.keyboard.press("Tab")
    page.keyboard.type("Large")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):  # the other box, Rewrite, Not now, Send it
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    values = parrot.submitted.get(timeout=TIMEOUT)
    assert values["title"]["title"]["value"] == "By hand"
    assert values["size"]["size"]["selected_option"]["value"] == "large"
    assert [option["value"] for option in values["likes"]["likes"]["selected_options"]] == ["seeds"]
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_escape_in_form__closes_without_submitting(page: Page, parrot: SampleApp) -> None:
    send_message(page, "/form")
    title_field(page).fill("Not yet")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert parrot.submitted.empty()


LISTS: Json = {
    **FORM,
    "blocks": [
        *FORM["blocks"],
        field("birds", "Birds", {"type": "multi_static_select", "options": options(*BIRDS)}),
        field("bird", "Bird", {"type": "external_select", "min_query_length": 0}),
    ],
}


def expect_closed(page: Page, sandbox: Sandbox) -> None:
    """Check that no form is open, on the page and in the sandbox."""
    expect(page.get_by_role("dialog")).to_have_count(0)
    SandboxClient(sandbox.url).person("mia").sees_no_modal()


@pytest.mark.parametrize("label", ["Title", "Size", "Seeds", "Birds", "Bird", "Send it"])
def test_escape_in_any_control__closes_form(
    page: Page, parrot: SampleApp, sandbox: Sandbox, label: str
) -> None:
    parrot.form = LISTS
    send_message(page, "/form")
    expect(title_field(page)).to_be_focused()
    control = page.get_by_label(label, exact=True).or_(page.get_by_role("button", name=label))
    control.first.focus()
    page.keyboard.press("Escape")
    expect_closed(page, sandbox)


@pytest.mark.usefixtures("parrot")
def test_escape_without_focus_in_form__closes_form(page: Page, sandbox: Sandbox) -> None:
    send_message(page, "/form")
    title_field(page).wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect_closed(page, sandbox)


@pytest.mark.usefixtures("parrot")
def test_escape_after_reload__closes_form(page: Page, sandbox: Sandbox) -> None:
    send_message(page, "/form")
    title_field(page).wait_for()
    page.reload()
    expect(title_field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect_closed(page, sandbox)


@pytest.mark.parametrize("label", ["Birds", "Bird"])
def test_escape_in_open_list__closes_list_before_form(
    page: Page, parrot: SampleApp, sandbox: Sandbox, label: str
) -> None:
    parrot.form = LISTS
    send_message(page, "/form")
    opener = page.get_by_role("button", name=re.compile(f"^{label}\\b"))
    opener.click()
    page.keyboard.type("ama")
    expect(page.get_by_placeholder("Search", exact=True)).to_have_value("ama")
    page.keyboard.press("Escape")
    expect(page.get_by_placeholder("Search", exact=True)).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Escape")
    expect_closed(page, sandbox)


def test_escape_in_confirmation__keeps_form_open(
    page: Page, parrot: SampleApp, sandbox: Sandbox
) -> None:
    confirm = {
        "title": plain("Really?"),
        "text": plain("It can't be undone."),
        "confirm": plain("Do it"),
        "deny": plain("Leave it"),
    }
    delete = button("Delete", "delete", confirm=confirm)
    parrot.form = {**FORM, "blocks": [*FORM["blocks"], {"type": "actions", "elements": [delete]}]}
    send_message(page, "/form")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Really?").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Really?")).to_have_count(0)
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    page.keyboard.press("Escape")
    expect_closed(page, sandbox)


@pytest.mark.usefixtures("parrot")
@pytest.mark.parametrize("way", ["requestClose", "close"])
def test_form_closed_by_browser__closes_in_sandbox(page: Page, sandbox: Sandbox, way: str) -> None:
    send_message(page, "/form")
    title_field(page).wait_for()
    page.locator("#modals").evaluate(f"node => node.{way}()")  # as by a phone's back gesture
    expect_closed(page, sandbox)


def test_missing_values__show_errors_and_send_nothing(page: Page, parrot: SampleApp) -> None:
    send_message(page, "/form")
    title_field(page).fill("ab")
    page.get_by_role("button", name="Send it").click()
    expect(title_field(page)).to_have_accessible_description("Please enter at least 3 characters.")
    expect(page.get_by_label("Size")).to_have_accessible_description(
        "Please complete this required field."
    )
    expect(title_field(page)).to_be_focused()
    assert parrot.submitted.empty()


def test_errors_from_app__show_under_fields(page: Page, parrot: SampleApp) -> None:
    parrot.errors = {"title": "There is one of that name."}
    send_message(page, "/form")
    title_field(page).fill("Taken")
    title_field(page).evaluate("node => { node.seen = true; }")
    page.get_by_label("Size").select_option("small")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("There is one of that name.")).to_be_visible()
    expect(title_field(page)).to_have_value("Taken")
    assert title_field(page).evaluate("node => node.seen"), "the form was rebuilt"


def test_message_arrives__keeps_half_filled_form(page: Page, parrot: SampleApp) -> None:
    send_message(page, "/form")
    title = title_field(page)
    title.fill("Half")
    title.evaluate("node => { node.seen = true; }")
    ts = parrot.post("Meanwhile")
    expect(page.get_by_text("Meanwhile")).to_have_count(1)
    parrot.client.chat_update(channel=OPS, ts=ts, text="Later")
    expect(page.get_by_text("Later")).to_have_count(1)
    expect(title).to_have_value("Half")
    expect(title).to_be_focused()
    assert title.evaluate("node => node.seen"), "the form was rebuilt"


@pytest.mark.usefixtures("parrot")
def test_app_updates_form_on_action__keeps_input(page: Page) -> None:
    send_message(page, "/form")
    title_field(page).fill("Mine")
    page.get_by_role("button", name="Rewrite").click()
    expect(page.get_by_role("dialog", name="Another name")).to_be_visible()
    expect(title_field(page)).to_have_value("Mine")


def test_app_updates_form_by_itself__keeps_input(page: Page, parrot: SampleApp) -> None:
    send_message(page, "/form")
    title_field(page).fill("Mine")
    parrot.rewrite()
    expect(page.get_by_role("dialog", name="Another name")).to_be_visible()
    expect(title_field(page)).to_have_value("Mine")
    expect(title_field(page)).to_be_focused()


def test_message_redrawn_during_press__sends_action(
    page: Page, parrot: SampleApp, sandbox: Sandbox
) -> None:
    ana = open_page_as(page, sandbox, "ana")
    greet = button("Greet", "greet")
    buttons = [{"type": "actions", "block_id": "greeting", "elements": [greet]}]
    ts = parrot.post("Before", [says_block("Before"), *buttons])
    page.get_by_role("button", name="Greet").hover()
    page.mouse.down()
    parrot.client.chat_update(
        channel=OPS, ts=ts, text="After", blocks=[says_block("After"), *buttons]
    )
    message(ana, "After").wait_for()
    page.mouse.up()
    assert parrot.pressed.get(timeout=TIMEOUT)["action_id"] == "greet"
    message(page, "After").wait_for()


def says_block(text: str) -> Json:
    return {"type": "section", "text": plain(text)}


def test_confirmation_denied__sends_no_action(page: Page, parrot: SampleApp) -> None:
    confirm = {
        "title": plain("Really?"),
        "text": plain("It can't be undone."),
        "confirm": plain("Do it"),
        "deny": plain("Leave it"),
    }
    elements = [button("Delete", "delete", confirm=confirm), button("Greet", "greet")]
    parrot.post("Buttons", [{"type": "actions", "elements": elements}])
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog", name="Really?").get_by_role("button", name="Leave it").click()
    page.get_by_role("button", name="Greet").click()
    assert parrot.pressed.get(timeout=TIMEOUT)["action_id"] == "greet"
    page.get_by_role("button", name="Delete").click()
    page.keyboard.press("Enter")
    assert parrot.pressed.get(timeout=TIMEOUT)["action_id"] == "delete"


def test_overflow_menu_with_keyboard__sends_action(page: Page, parrot: SampleApp) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": options("First", "Second")}
    parrot.post("Menu", [{"type": "actions", "elements": [menu]}])
    page.get_by_role("button", name="More", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Second")).to_be_focused()
    page.keyboard.press("Enter")
    assert parrot.pressed.get(timeout=TIMEOUT)["selected_option"]["value"] == "second"


def test_feedback_button__sends_its_value(page: Page, parrot: SampleApp) -> None:
    element = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "value": "yes"},
        "negative_button": {"text": plain("Bad"), "value": "no"},
    }
    parrot.post("Was it?", [{"type": "context_actions", "elements": [element]}])
    page.get_by_role("button", name="Bad").click()
    assert parrot.pressed.get(timeout=TIMEOUT)["value"] == "no"
