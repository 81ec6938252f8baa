"""External selects: the app returns the options for a search."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support.sample_app import FORM, TIMEOUT, Json, SampleApp, field, send_message

pytestmark = pytest.mark.long


def opens_form(page: Page, parrot: SampleApp, element: Json, **more: object) -> Locator:
    """Open a form with this element. Return the control that opens its list."""
    parrot.form = {**FORM, "blocks": [field("bird", "Bird", element, **more)]}
    send_message(page, "/form")
    page.get_by_role("dialog", name="A form").wait_for()
    return page.get_by_role("button", name="Bird")


def searches(page: Page, query: str) -> None:
    page.get_by_role("combobox", name="Search").fill(query)


def test_external_search_with_keyboard__selects_option(page: Page, parrot: SampleApp) -> None:
    select = opens_form(page, parrot, {"type": "external_select"})
    expect(select).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Type 3 more characters")).to_be_visible()
    page.keyboard.type("coc")
    expect(page.get_by_role("option")).to_have_text(["Cockatoo"])
    expect(page.get_by_role("listbox").get_by_role("group", name="Birds")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(select).to_be_focused()
    expect(select).to_have_text("Cockatoo")
    page.get_by_role("button", name="Send it").click()
    selected = parrot.submitted.get(timeout=TIMEOUT)["bird"]["bird"]["selected_option"]
    assert selected["value"] == "cockatoo"


def test_several_searches__select_up_to_maximum(page: Page, parrot: SampleApp) -> None:
    element = {
        "type": "multi_external_select",
        "min_query_length": 0,
        "max_selected_items": 2,
    }
    select = opens_form(page, parrot, element)
    select.click()
    expect(page.get_by_role("option")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    searches(page, "gre")
    expect(page.get_by_role("option")).to_have_text(["African grey"])
    page.keyboard.press("Enter")
    searches(page, "bud")
    expect(page.get_by_role("option")).to_have_text(["Budgerigar"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    expect(select).to_have_text("AmazonAfrican grey")
    page.get_by_role("button", name="Send it").click()
    selected = parrot.submitted.get(timeout=TIMEOUT)["bird"]["bird"]["selected_options"]
    assert [option["value"] for option in selected] == ["amazon", "african grey"]


def test_search_without_results__says_so(page: Page, parrot: SampleApp) -> None:
    opens_form(page, parrot, {"type": "external_select"}).click()
    searches(page, "eagle")
    expect(page.get_by_text("No results")).to_be_visible()


def test_form_update_and_reload__keep_selection(page: Page, parrot: SampleApp) -> None:
    select = opens_form(page, parrot, {"type": "external_select"}, dispatch_action=True)
    select.click()
    searches(page, "ama")
    page.get_by_role("option", name="Amazon").click()
    assert parrot.pressed.get(timeout=TIMEOUT)["selected_option"]["value"] == "amazon"
    parrot.rewrite()
    page.get_by_role("dialog", name="Another name").wait_for()
    expect(select).to_have_text("Amazon")
    page.reload()
    expect(select).to_have_text("Amazon")


def test_search_in_message__asks_app(page: Page, parrot: SampleApp) -> None:
    menu = {"type": "external_select", "action_id": "bird", "min_query_length": 1}
    parrot.post("Which?", [{"type": "actions", "elements": [menu]}])
    page.get_by_role("button", name=re.compile("external select")).click()
    searches(page, "a")
    expect(page.get_by_role("option")).to_have_count(5)
    page.get_by_role("option", name="Ara").click()
    assert parrot.pressed.get(timeout=TIMEOUT)["selected_option"]["value"] == "ara"
