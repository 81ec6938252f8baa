"""Three people in a real browser: propose, vote, score, read the roadmap and the digest."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.tables import PostKind
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import INTRODUCTION

pytestmark = pytest.mark.long

TITLE = "Retire the last NAT box"


@pytest.fixture
def pages(
    chromium: Browser, sandbox: Sandbox, board: Database
) -> Iterator[tuple[Page, Page, Page]]:
    """#ops with Needle in it, as mia, ana and ben see it."""
    del board  # it is there
    contexts = [chromium.new_context(viewport={"width": 1280, "height": 800}) for _ in range(3)]
    opened = [context.new_page() for context in contexts]
    for page, name in zip(opened, ("mia", "ana", "ben"), strict=True):
        page.set_default_timeout(15_000)
        page.goto(f"{sandbox.url}/?as={name}&channel=ops")
        expect(page.get_by_role("log")).to_contain_text(INTRODUCTION)
    mia, ana, ben = opened
    yield mia, ana, ben
    for context in contexts:
        context.close()


def test_three_people_in_browsers__share_one_board(
    pages: tuple[Page, Page, Page], board: Database, slack: SandboxClient, team: SandboxPeople
) -> None:
    mia, ana, ben = pages

    say(ana, f"/propose {TITLE}")
    form = ana.get_by_role("dialog", name="Propose a project")
    form.get_by_label("What gets better, and for whom?").fill("Nobody is paged for it again.")
    form.get_by_label(re.compile("Effort in engineer-weeks")).fill("3")
    form.get_by_role("button", name="Propose").click()
    expect(form).to_be_hidden()
    for page in pages:
        expect(card(page)).to_contain_text("0 of 3 have scored. Results show after 3.")

    react(ben, "+1")
    react(mia, "green_heart")
    for page in pages:
        expect(card(page)).to_contain_text("👍 1")
    card(ben).get_by_role(
        "button", name=re.compile(r"you.* reacted with :\+1:", re.IGNORECASE)
    ).click()
    expect(card(ana)).to_contain_text("👍 0")

    score(mia, "+3 moves the needle")
    score(ana, "+3 moves the needle")
    for page in pages:
        expect(card(page)).to_contain_text("2 of 3 have scored. Results show after 3.")
        expect(card(page)).not_to_contain_text("+1.5")
    score(ben, "+2 helps a lot")
    for page in pages:
        expect(card(page)).to_contain_text("Scored by 3")
        expect(card(page)).to_contain_text("+1.6")

    say(ben, "/roadmap")
    ranking = ben.get_by_role("article").filter(has_text="Ranking for #ops")
    expect(ranking).to_contain_text("Only visible to you")
    expect(ranking.get_by_role("row").nth(1)).to_contain_text(f"#1 {TITLE}")
    expect(mia.get_by_role("log")).not_to_contain_text("Ranking for #ops")

    with board.transaction(STORE) as session:
        [ops] = boards.list_all(session)
        outbox.enqueue(session, ops.id, PostKind.DIGEST, WeekSubject("2026-W48"))
    for page in pages:
        digest = page.get_by_role("article").filter(has_text="Digest for #ops · 2026-W48")
        expect(digest.get_by_role("row").nth(1)).to_contain_text(f"#1 {TITLE}")

    refused = [entry for entry in slack.traffic() if not entry["ok"]]
    assert refused == [], "Slack refused something"
    assert team.mia.sees("Digest for #ops").user == slack.app_user_id


def say(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message #ops")
    box.fill(text)
    box.press("Enter")


def card(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text="backs this project").filter(has_text=TITLE)


def react(page: Page, emoji: str) -> None:
    card(page).hover()
    card(page).get_by_role("button", name="Add a reaction").first.click()
    picker = page.get_by_role("dialog", name="Choose an emoji")
    picker.get_by_role("searchbox").fill(emoji)
    picker.get_by_role("searchbox").press("Enter")


def score(page: Page, availability: str) -> None:
    card(page).get_by_role("button", name="Score").click()
    form = page.get_by_role("dialog", name="Score #1")
    form.get_by_label(re.compile("Availability")).select_option(availability)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form).to_be_hidden()
