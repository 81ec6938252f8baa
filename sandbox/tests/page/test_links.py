"""Permalinks: a linked message is shown from its first line and stays there."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.parrot import OPS, Json, Parrot, message, plain

pytestmark = pytest.mark.long

PICTURE = "https://pictures.example/late.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"></svg>'
TALL = 40  # sections: taller than the screen


def sections(title: str, count: int) -> list[Json]:
    return [
        {"type": "section", "text": plain(f"{title}, part {number}")} for number in range(count)
    ]


def picture() -> Json:
    return {"type": "image", "image_url": PICTURE, "alt_text": "Late"}


def link_to(parrot: Parrot, ts: str) -> str:
    found = parrot.client.chat_getPermalink(channel=OPS, message_ts=ts)["permalink"]
    return f"{found}?as=mia"


def expect_from_the_top(shown: Locator) -> None:
    """The message fits on the screen, or begins where its scroller begins."""
    expect(shown).to_be_focused()
    shown.evaluate(
        """node => new Promise((resolve, reject) => {
          const scroller = node.closest("#timeline, .thread-scroll");
          const isWhole = () => {
            const [inner, outer] = [node, scroller].map((each) => each.getBoundingClientRect());
            const isTaller = inner.height > outer.height;
            return isTaller ? inner.top >= outer.top && inner.top <= outer.top + 40
              : inner.top >= outer.top && inner.bottom <= outer.bottom;
          };
          // Two frames: a layout, and what follows it.
          requestAnimationFrame(() => requestAnimationFrame(() =>
            isWhole() ? resolve() : reject(new Error("the message is not shown from its top"))));
        })"""
    )


class LatePicture:
    """A picture whose server answers only once the test lets it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._waiting: list[Route] = []
        page.route(PICTURE, lambda route: self._waiting.append(route))

    def opens(self, address: str) -> None:
        """Open an address, until the page has asked for the picture."""
        with self._page.expect_request(PICTURE):
            self._page.goto(address, wait_until="commit")

    def arrives(self) -> None:
        for route in self._waiting:
            route.fulfill(body=SVG, content_type="image/svg+xml")
        self._page.wait_for_function("[...document.images].some((each) => each.naturalWidth > 0)")


@pytest.mark.parametrize("after", [0, 1, 30])
@pytest.mark.parametrize("parts", [3, TALL])
def test_a_linked_message_is_shown_from_its_top(
    page: Page, sandbox: Sandbox, parrot: Parrot, parts: int, after: int
) -> None:
    ana = SandboxClient(sandbox.url).person("ana")
    for number in range(20):
        ana.types(f"Before {number}")
    linked = parrot.posts("Digest", sections("Digest", parts))
    for number in range(after):
        ana.types(f"After {number}")
    page.goto(link_to(parrot, linked))
    expect_from_the_top(message(page, "Digest, part 0"))


@pytest.mark.parametrize("parts", [3, TALL])
def test_a_linked_reply_is_shown_from_its_top(page: Page, parrot: Parrot, parts: int) -> None:
    first = parrot.posts("A card")
    replies = [
        parrot.client.chat_postMessage(
            channel=OPS, thread_ts=first, text=name, blocks=sections(name, count)
        )["ts"]
        for name, count in (("Before", TALL), ("Linked", parts), ("After", 1))
    ]
    page.goto(link_to(parrot, str(replies[1])))
    expect_from_the_top(message(page, "Linked, part 0"))


@pytest.mark.parametrize("parts", [1, 16, TALL])
def test_a_linked_message_stays_when_pictures_load_later(
    page: Page, parrot: Parrot, parts: int
) -> None:
    parrot.posts("Above", [*sections("Above", TALL), picture()])
    linked = parrot.posts("Linked", [*sections("Linked", parts), picture()])
    late = LatePicture(page)
    late.opens(link_to(parrot, linked))
    expect_from_the_top(message(page, "Linked, part 0"))
    late.arrives()
    expect_from_the_top(message(page, "Linked, part 0"))


def test_a_linked_reply_stays_when_pictures_load_later(page: Page, parrot: Parrot) -> None:
    first = parrot.posts("A card")
    replies = [
        parrot.client.chat_postMessage(
            channel=OPS, thread_ts=first, text=name, blocks=[*sections(name, 16), picture()]
        )["ts"]
        for name in ("Above", "Linked")
    ]
    late = LatePicture(page)
    late.opens(link_to(parrot, str(replies[1])))
    expect_from_the_top(message(page, "Linked, part 0"))
    late.arrives()
    expect_from_the_top(message(page, "Linked, part 0"))


def test_a_linked_message_stays_when_news_comes(page: Page, parrot: Parrot) -> None:
    linked = parrot.posts("Linked", sections("Linked", TALL))
    page.goto(link_to(parrot, linked))
    expect_from_the_top(message(page, "Linked, part 0"))
    parrot.posts("News")
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    expect_from_the_top(message(page, "Linked, part 0"))


def test_a_reader_who_scrolls_is_not_taken_back_to_a_linked_message(
    page: Page, parrot: Parrot
) -> None:
    linked = parrot.posts("Linked", sections("Linked", TALL))
    page.goto(link_to(parrot, linked))
    expect_from_the_top(message(page, "Linked, part 0"))
    page.keyboard.press("End")
    expect(page.get_by_text(f"Linked, part {TALL - 1}")).to_be_in_viewport()
    parrot.posts("News")
    expect(message(page, "News")).to_be_in_viewport()
