"""Permalinks: a linked message shows from its first line, and stays in place."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.sample_app import OPS, Json, SampleApp, message, plain

pytestmark = pytest.mark.long

IMAGE_URL = "https://pictures.example/late.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"></svg>'
MANY_SECTIONS = 40  # sections: taller than the screen


def sections(title: str, count: int) -> list[Json]:
    return [
        {"type": "section", "text": plain(f"{title}, part {number}")} for number in range(count)
    ]


def image() -> Json:
    return {"type": "image", "image_url": IMAGE_URL, "alt_text": "Late"}


def link_to(parrot: SampleApp, ts: str) -> str:
    url = parrot.client.chat_getPermalink(channel=OPS, message_ts=ts)["permalink"]
    return f"{url}?as=mia"


def expect_shown_from_top(row: Locator) -> None:
    """Check that the message fits on the screen, or starts at the top of its scroller."""
    expect(row).to_be_focused()
    row.evaluate(
        """node => new Promise((resolve, reject) => {
          const scroller = node.closest("#timeline, .thread-scroll");
          const isWhole = () => {
            const inner = node.getBoundingClientRect();
            const outer = scroller.getBoundingClientRect();
            const isTaller = inner.height > outer.height;
            return isTaller ? inner.top >= outer.top && inner.top <= outer.top + 40
              : inner.top >= outer.top && inner.bottom <= outer.bottom;
          };
          // Two frames: a layout, and what follows it.
          requestAnimationFrame(() => requestAnimationFrame(() =>
            isWhole() ? resolve() : reject(new Error("the message doesn't show from its top"))));
        })"""
    )


class LateImage:
    """An image that loads only when the test lets it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._waiting: list[Route] = []
        page.route(IMAGE_URL, lambda route: self._waiting.append(route))

    def opens(self, address: str) -> None:
        """Open an address, and wait until the page requests the image."""
        with self._page.expect_request(IMAGE_URL):
            self._page.goto(address, wait_until="commit")

    def arrives(self) -> None:
        for route in self._waiting:
            route.fulfill(body=SVG, content_type="image/svg+xml")
        # A function: the page's Content Security Policy forbids evaluating an expression again.
        self._page.wait_for_function(
            "() => [...document.images].some((element) => element.naturalWidth > 0)"
        )


@pytest.mark.parametrize("after", [0, 1, 30])
@pytest.mark.parametrize("parts", [3, MANY_SECTIONS])
def test_linked_message__shows_from_top(
    page: Page, sandbox: Sandbox, parrot: SampleApp, parts: int, after: int
) -> None:
    ana = SandboxClient(sandbox.url).person("ana")
    for number in range(20):
        ana.types(f"Before {number}")
    linked = parrot.post("Digest", sections("Digest", parts))
    for number in range(after):
        ana.types(f"After {number}")
    page.goto(link_to(parrot, linked))
    expect_shown_from_top(message(page, "Digest, part 0"))


@pytest.mark.parametrize("parts", [3, MANY_SECTIONS])
def test_linked_reply__shows_from_top(page: Page, parrot: SampleApp, parts: int) -> None:
    first = parrot.post("A card")
    replies = [
        parrot.client.chat_postMessage(
            channel=OPS, thread_ts=first, text=name, blocks=sections(name, count)
        )["ts"]
        for name, count in (("Before", MANY_SECTIONS), ("Linked", parts), ("After", 1))
    ]
    page.goto(link_to(parrot, str(replies[1])))
    expect_shown_from_top(message(page, "Linked, part 0"))


@pytest.mark.parametrize("parts", [1, 16, MANY_SECTIONS])
def test_images_load_later__linked_message_stays(page: Page, parrot: SampleApp, parts: int) -> None:
    parrot.post("Above", [*sections("Above", MANY_SECTIONS), image()])
    linked = parrot.post("Linked", [*sections("Linked", parts), image()])
    late = LateImage(page)
    late.opens(link_to(parrot, linked))
    expect_shown_from_top(message(page, "Linked, part 0"))
    late.arrives()
    expect_shown_from_top(message(page, "Linked, part 0"))


def test_images_load_later__linked_reply_stays(page: Page, parrot: SampleApp) -> None:
    first = parrot.post("A card")
    replies = [
        parrot.client.chat_postMessage(
            channel=OPS, thread_ts=first, text=name, blocks=[*sections(name, 16), image()]
        )["ts"]
        for name in ("Above", "Linked")
    ]
    late = LateImage(page)
    late.opens(link_to(parrot, str(replies[1])))
    expect_shown_from_top(message(page, "Linked, part 0"))
    late.arrives()
    expect_shown_from_top(message(page, "Linked, part 0"))


def test_message_arrives__linked_message_stays(page: Page, parrot: SampleApp) -> None:
    linked = parrot.post("Linked", sections("Linked", MANY_SECTIONS))
    page.goto(link_to(parrot, linked))
    expect_shown_from_top(message(page, "Linked, part 0"))
    parrot.post("News")
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    expect_shown_from_top(message(page, "Linked, part 0"))


def test_reader_scrolls__releases_linked_message(page: Page, parrot: SampleApp) -> None:
    linked = parrot.post("Linked", sections("Linked", MANY_SECTIONS))
    page.goto(link_to(parrot, linked))
    expect_shown_from_top(message(page, "Linked, part 0"))
    page.keyboard.press("End")
    expect(page.get_by_text(f"Linked, part {MANY_SECTIONS - 1}")).to_be_in_viewport()
    parrot.post("News")
    expect(message(page, "News")).to_be_in_viewport()
