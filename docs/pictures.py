"""`make pictures`: the pictures in README and docs, taken from the demo in Chromium."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from bot.demo.script import ZONE

FOLDER = Path(__file__).with_name("pictures")
WIDTH, HEIGHT = 1000, 1400
ROADMAP_HEIGHT = 2000  # all of it between the page's header and its message box
SCALE = 1.5  # sharp on screens with a high resolution, and still small files
UNSCORED_PROJECT = "Move the cron jobs into the scheduler"


@dataclass(frozen=True)
class Picture:
    """A picture of one element of the demo's page."""

    name: str
    conversation: str
    find: Callable[[Page], Locator]
    window_height: int = HEIGHT


def _digest(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text="Digest for #ops").last


def _roadmap(page: Page) -> Locator:
    title_and_author = re.compile(r"Roadmap for #ops.*Committed by", re.DOTALL)
    return page.get_by_role("article").filter(has_text=title_and_author).last


def _card(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text="Shard the sessions table").first


def _score_form(page: Page) -> Locator:
    score = page.get_by_role("button", name="Score", exact=True)
    card = page.get_by_role("article").filter(has_text=UNSCORED_PROJECT).filter(has=score)
    card.get_by_role("button", name="Score", exact=True).first.click()
    return page.get_by_role("dialog", name="Score #")


def _home(page: Page) -> Locator:
    page.get_by_role("navigation", name="Needle").get_by_role("link", name="Home").click()
    home = page.locator("#home")
    home.get_by_role("button", name="Help").wait_for()
    no_taller_than_its_content = (
        "home => { home.style.cssText = 'flex: none; height: fit-content' }"
    )
    home.evaluate(no_taller_than_its_content)
    return home


PICTURES = (
    Picture("digest", "ops", _digest),
    Picture("roadmap", "ops", _roadmap, ROADMAP_HEIGHT),
    Picture("card", "ops", _card),
    Picture("home", "needle", _home),
    Picture("score-form", "ops", _score_form),  # last, because its form stays open
)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no `chromium` on the PATH.")
    needle = Path(sys.executable).with_name("needle")
    demo = subprocess.Popen([needle, "demo"], stdout=subprocess.PIPE, text=True)  # noqa: S603 — ours
    try:
        take(_address(demo), chromium)
    finally:
        demo.terminate()
        demo.wait()


def take(address: str, chromium: str) -> None:
    """Take each picture as the steward sees it, in a light and a wide window."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": WIDTH, "height": picture.window_height},
                device_scale_factor=SCALE,
                timezone_id=ZONE,
            )
            page.goto(re.sub("channel=[^&]*", f"channel={picture.conversation}", address))
            picture.find(page).screenshot(path=FOLDER / f"{picture.name}.png")
            page.close()
        browser.close()


def _address(demo: subprocess.Popen[str]) -> str:
    """Return the page's address when the demo has played its story.

    Raise RuntimeError if the demo ends before.
    """
    address = ""
    for line in demo.stdout or ():
        found = re.search(r"The web page: (\S+)", line)
        address = found.group(1) if found else address
        if address and "Ctrl-C" in line:
            return address
    raise RuntimeError("the demo ended early")


if __name__ == "__main__":
    main()
