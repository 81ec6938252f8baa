"""Three people in an empty workspace get to their first committed roadmap, guided by the screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from slack_sandbox.server import Sandbox
from storage.database import Database

pytestmark = pytest.mark.long

MAX_ACTIONS = 80
WAIT_MS = 15_000  # Slack's rate limits can hold the roadmap back behind the cards

# Title, effort in engineer-weeks, and what the three people choose for two of the values.
PROJECTS = (
    ("Retire the last NAT box", "3", {"Availability": "+3", "Scalability": "+1"}),
    ("Rotate every long-lived key", "2", {"Security": "+3"}),
    ("Move images to the CDN", "2", {"Performance": "+2", "Cost": "+2"}),
    ("Right-size the worker fleet", "1", {"Cost": "+3"}),
    ("Drain hosts before deploys", "1.5", {"Availability": "+1", "Efficiency": "+2"}),
)


@dataclass
class Hands:
    """A person's browser. It counts each click, each typed field, and each choice as one action."""

    page: Page
    actions: int = 0

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.actions += 1
        target.fill(text)

    def choose(self, target: Locator, option: str) -> None:
        self.actions += 1
        label = target.get_by_role("option").filter(has_text=option).first.inner_text()
        target.select_option(label=label)

    def type_line(self, text: str) -> None:
        """Type a line into the channel, and send it. Each press of Enter is an action, too."""
        box = self.page.get_by_role("textbox", name="Message #ops")
        self.fill(box, text)
        if self.page.get_by_role("listbox").count():
            self._press_enter(box)  # accepts the completion of the name
        self._press_enter(box)

    def _press_enter(self, box: Locator) -> None:
        self.actions += 1
        box.press("Enter")


@pytest.fixture
def team(
    chromium: Browser, sandbox: Sandbox, bot: Database
) -> Iterator[tuple[Hands, Hands, Hands]]:
    """Mia, ana and ben in #ops. Needle runs, but nobody has invited it."""
    del bot  # it runs
    contexts = [chromium.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
    people = tuple(Hands(context.new_page()) for context in contexts)
    for hands, name in zip(people, ("mia", "ana", "ben"), strict=True):
        hands.page.set_default_timeout(WAIT_MS)
        hands.page.goto(f"{sandbox.url}/?as={name}&channel=ops")
        hands.page.get_by_role("textbox", name="Message #ops").wait_for()
    mia, ana, ben = people
    yield mia, ana, ben
    for context in contexts:
        context.close()


def test_empty_workspace__leads_to_a_committed_roadmap(team: tuple[Hands, Hands, Hands]) -> None:
    mia, ana, ben = team

    mia.type_line("/invite @Needle")
    mia.click(mia.page.get_by_role("button", name="Propose the first project"))
    propose(mia, *PROJECTS[0][:2], is_titled=False)
    for hands, (title, effort, _) in zip((mia, ana, ana, ben), PROJECTS[1:], strict=True):
        hands.type_line(f"/propose {title}")
        propose(hands, title, effort, is_titled=True)

    for hands in team:
        score_everything(hands)

    mia.type_line("/roadmap")
    ranking = mia.page.get_by_role("article").filter(has_text="Ranking for #ops")
    expect(ranking.get_by_role("row")).to_have_count(len(PROJECTS) + 1)
    expect(ranking).to_contain_text("/roadmap commit")

    mia.type_line("/roadmap commit")
    form = mia.page.get_by_role("dialog", name=re.compile("Commit Q"))
    mia.click(form.get_by_role("button", name="Commit"))
    mia.click(mia.page.get_by_role("dialog").get_by_role("button", name="Post it to #ops"))
    roadmap = ben.page.get_by_role("article").filter(has_text="Roadmap for #ops")
    expect(roadmap).to_contain_text("Committed by", timeout=WAIT_MS)
    for title, _, _ in PROJECTS:
        expect(roadmap).to_contain_text(title)

    assert sum(hands.actions for hands in team) <= MAX_ACTIONS


def propose(hands: Hands, title: str, effort: str, *, is_titled: bool) -> None:
    form = hands.page.get_by_role("dialog", name="Propose a project")
    if not is_titled:
        hands.fill(form.get_by_label("Title"), title)
    expect(form.get_by_label("Title")).to_have_value(title)
    hands.fill(form.get_by_label("What gets better, and for whom?"), "Fewer pages for all of us.")
    hands.fill(form.get_by_label(re.compile("Effort in engineer-weeks")), effort)
    hands.click(form.get_by_role("button", name="Propose"))
    expect(form).to_be_hidden()


def score_everything(hands: Hands) -> None:
    """Open the first card's form, and go on from project to project in it."""
    score = hands.page.get_by_role("button", name="Score", exact=True)
    card = hands.page.get_by_role("article").filter(has_text=PROJECTS[0][0]).filter(has=score)
    hands.click(card.get_by_role("button", name="Score", exact=True))
    form = hands.page.get_by_role("dialog")
    for number, (title, _, impacts) in enumerate(PROJECTS, start=1):
        expect(form).to_contain_text(title)
        for value, impact in impacts.items():
            hands.choose(form.get_by_label(re.compile(value)), impact)
        save = "Save" if number == len(PROJECTS) else "Save and score next"
        hands.click(form.get_by_role("button", name=save, exact=True))
    expect(form).to_be_hidden()
