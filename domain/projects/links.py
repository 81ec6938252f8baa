"""Web addresses in what people type: which texts are links, and how a link is labeled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.graphemes import cut

# An address ends before a space, a control character, or a character that quotes or brackets text.
ADDRESS = re.compile(r"""https?://[^\s<>"“”„«»`\x00-\x1f\x7f-\x9f]+""", re.IGNORECASE)
# What follows the host starts with one of / ? #. Someone may have put a name before the host.
PARTS = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#@:\[\]]+)(?::\d{1,5})?"
    r"(?P<path>/[^?#]*)?(?:[?#].*)?",
    re.IGNORECASE,
)
# Punctuation at the end belongs to the sentence.
TRAILING = ".,:;!?'’*_~"
CUT = "…"  # how a shortened text ends
BRACKETS = {")": "(", "]": "[", "}": "{"}
ISSUE_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+", re.IGNORECASE)
MAX_LABEL_LENGTH = 40


@dataclass(frozen=True)
class TextPart:
    """A part of a typed text. A web address is a link."""

    text: str
    is_link: bool = False


def split_links(text: str) -> Iterator[TextPart]:
    """Yield the parts of a text in order, with each http(s) address as a part of its own.

    An address that was cut isn't a link: it would lead somewhere else.
    """
    end = 0
    for match in ADDRESS.finditer(text):
        address = _without_trailing(match[0])
        if match[0].endswith(CUT) or not is_web_address(address):
            continue
        if match.start() > end:
            yield TextPart(text[end : match.start()])
        end = match.start() + len(address)
        yield TextPart(address, is_link=True)
    if end < len(text):
        yield TextPart(text[end:])


def is_web_address(text: str) -> bool:
    """Return whether the whole text is an http(s) address with a host."""
    return bool(ADDRESS.fullmatch(text) and PARTS.fullmatch(text))


def check_link(link: str) -> str:
    """Return an optional link. Raise ValueError if it isn't a web address."""
    if link and not is_web_address(link):
        raise ValueError(f"{link} is not an http or https address")
    return link


def link_label(link: str) -> str:
    """Return a short name for a link: the issue that it ends with, or else its host.

    An issue is a key such as `PLAT-412`, or a number after what it counts, such as `pull/87`.
    """
    parts = PARTS.fullmatch(link)
    if parts is None:
        return cut(link, MAX_LABEL_LENGTH)
    path = [part for part in (parts["path"] or "").split("/") if part]
    if path and ISSUE_KEY.fullmatch(path[-1]):
        return cut(path[-1], MAX_LABEL_LENGTH)
    if len(path) > 1 and path[-1].isascii() and path[-1].isdigit():
        return cut("/".join(path[-2:]), MAX_LABEL_LENGTH)
    return cut(parts["host"].lower().removeprefix("www."), MAX_LABEL_LENGTH)


def _without_trailing(address: str) -> str:
    """Cut punctuation off the end, and a closing bracket that the address doesn't open."""
    while address:
        last = address[-1]
        opened = BRACKETS.get(last)
        if last not in TRAILING and (
            opened is None or address.count(opened) >= address.count(last)
        ):
            break
        address = address[:-1]
    return address
