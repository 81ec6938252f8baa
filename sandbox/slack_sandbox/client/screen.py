"""Messages and views as a person sees them, and the elements in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.block_kit.readable_text import readable_text, without_entities
from slack_sandbox.block_kit.traversal import all_options, interactive_elements, iter_blocks

Json = dict[str, Any]
Matches = Callable[[Json], bool]


class NotSeen(AssertionError):
    """A timeout while waiting for something on a screen, which names what was there instead."""


@dataclass(frozen=True)
class Message:
    """A message on a person's screen.

    `visible_text` is what a person reads, including the blocks. `raw` is its JSON.
    """

    channel: str
    ts: str
    user: str
    visible_text: str
    ephemeral: bool
    raw: Json = field(repr=False)

    @property
    def parent_ts(self) -> str | None:
        """The `ts` of the message that this one replies to."""
        thread_ts = self.raw.get("thread_ts")
        return thread_ts if thread_ts != self.ts else None

    @property
    def in_channel(self) -> bool:
        """Whether the channel shows it: it isn't a reply, or was also sent to the channel."""
        return self.parent_ts is None or self.raw.get("subtype") == "thread_broadcast"


@dataclass(frozen=True)
class View:
    """An open modal, or the Home tab, which has an empty title. `errors` are by block ID."""

    id: str
    title: str
    visible_text: str
    errors: dict[str, str]
    raw: Json = field(repr=False)


def parse_message(channel: str, message: Json, names: Mapping[str, str]) -> Message:
    """Return a message from its JSON; `names` are handles and channel names by ID."""
    return Message(
        channel,
        message["ts"],
        message["user"],
        readable_text(message, names),
        message["ephemeral"],
        message,
    )


def parse_view(view: Json, names: Mapping[str, str]) -> View:
    """Return a view from its JSON; `names` are handles and channel names by ID."""
    title = without_entities((view.get("title") or {}).get("text", ""))
    return View(view["id"], title, readable_text(view, names), view["errors"], view)


def element_in_message(message: Message, matches: Matches) -> tuple[str, Json]:
    """Return the first element of a message that matches, after its block ID."""
    attachments = message.raw.get("attachments") or []
    attached = [block for each in attachments for block in each.get("blocks") or []]
    return element_in([*(message.raw.get("blocks") or []), *attached], matches)


def element_in(blocks: list[Json], matches: Matches) -> tuple[str, Json]:
    """Return the first element that matches, after its block ID. Raise `NotSeen` if none does."""
    elements = [
        (block["block_id"], element)
        for block in iter_blocks(blocks)
        for element in interactive_elements(block)
    ]
    for block_id, element in elements:
        if matches(element):
            return block_id, element
    action_ids = [element["action_id"] for _, element in elements]
    raise NotSeen(f"no matching element, only {action_ids}")


def label_of(element: Json) -> str | None:
    """Return the text of a button."""
    text = element.get("text")
    return without_entities(text["text"]) if text else None


def option_values(element: Json) -> dict[str, str]:
    """Map the labels of an element's options to their values, without those in groups."""
    return _values_by_label(element.get("options") or [])


def all_option_values(options: Json) -> dict[str, str]:
    """Map labels to values, for all options in an app's answer to a search."""
    return _values_by_label(all_options(options))


def _values_by_label(options: list[Json]) -> dict[str, str]:
    return {without_entities(option["text"]["text"]): option["value"] for option in options}
