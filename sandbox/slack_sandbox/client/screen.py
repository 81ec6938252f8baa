"""What a person sees of a message or a modal, and how a test finds its way in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.block_kit.readable_text import readable_text
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks

Json = dict[str, Any]


class NotSeen(AssertionError):
    """Something did not appear in time; says what was there instead."""


@dataclass(frozen=True)
class Message:
    channel: str
    ts: str
    user: str
    visible_text: str
    ephemeral: bool
    raw: Json = field(repr=False)

    @property
    def parent_ts(self) -> str | None:
        """The `ts` of the message that it replies to."""
        first = self.raw.get("thread_ts")
        return first if first != self.ts else None

    @property
    def in_channel(self) -> bool:
        return self.parent_ts is None or self.raw.get("subtype") == "thread_broadcast"


@dataclass(frozen=True)
class View:
    """A modal that is open, or the Home tab, whose title is empty; `errors` are by block id."""

    id: str
    title: str
    visible_text: str
    errors: dict[str, str]
    raw: Json = field(repr=False)


def message_seen(channel: str, shown: Json, names: Mapping[str, str]) -> Message:
    return Message(
        channel, shown["ts"], shown["user"], readable_text(shown, names), shown["ephemeral"], shown
    )


def view_seen(shown: Json, names: Mapping[str, str]) -> View:
    title = (shown.get("title") or {}).get("text", "")
    return View(shown["id"], title, readable_text(shown, names), shown["errors"], shown)


def element_of(on: Message, fits: Callable[[Json], bool]) -> tuple[str, Json]:
    """The element of a message that fits, with its block's id."""
    return element_in(on.raw.get("blocks") or [], fits)


def element_in(blocks: list[Json], fits: Callable[[Json], bool]) -> tuple[str, Json]:
    there = [
        (block["block_id"], each)
        for block in iter_blocks(blocks)
        for each in interactive_elements(block)
    ]
    for block_id, element in there:
        if fits(element):
            return block_id, element
    raise NotSeen(f"no such element among {[each['action_id'] for _, each in there]}")


def label_of(element: Json) -> str | None:
    text = element.get("text")
    return str(text["text"]) if text else None


def labels_of(element: Json) -> dict[str, str]:
    """The values of an element's options, by label."""
    return {each["text"]["text"]: each["value"] for each in element.get("options") or []}


def offered_labels(answer: Json) -> dict[str, str]:
    """The values of what an app offers to a search, by label."""
    return {each["text"]["text"]: each["value"] for each in all_options(answer)}
