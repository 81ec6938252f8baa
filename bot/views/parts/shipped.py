"""Shipped projects and steps, with thanks to the people who proposed and own them."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.board_overview import MAX_TITLE_LENGTH
from bot.views.data.project_state import ShippedWork
from domain.formatting import collapse_whitespace, join_with_and, shorten

MAX_SHIPPED = 10
MAX_STEPS_LENGTH = 150  # characters
TITLE = "Shipped this week"


def shipped(work: Sequence[ShippedWork]) -> list[block_kit.Part]:
    """List shipped projects and steps, or return nothing if there are none.

    The thanked people appear by name, without a mention, so nobody is notified.
    """
    if not work:
        return []
    bullets = block_kit.bullets([_bullet(item) for item in work[:MAX_SHIPPED]])
    part = block_kit.Part(
        [block_kit.section(f":rocket: *{TITLE}*"), bullets],
        [f"{TITLE}:", *[escape(_name(item) + _rest(item)) for item in work[:MAX_SHIPPED]]],
        "/roadmap list",
    )
    hidden = len(work) - MAX_SHIPPED
    more = f"and {hidden} more: `/roadmap list`"
    return [part, block_kit.remark(more)] if hidden > 0 else [part]


def _bullet(item: ShippedWork) -> list[block_kit.Inline]:
    rest = _rest(item)
    name = block_kit.link(item.project.link, _name(item))
    return [name, block_kit.text(rest)] if rest else [name]


def _rest(item: ShippedWork) -> str:
    """Return the steps and the thanks: ` · step done: Move staging. Thanks, Ana and Ben!`"""
    steps = "; ".join(map(collapse_whitespace, item.steps))
    label = "step done" if len(item.steps) == 1 else "steps done"
    done = f" · {label}: {shorten(steps, MAX_STEPS_LENGTH)}" if steps else ""
    thanks = f". Thanks, {join_with_and(item.thanked)}!" if item.thanked else ""
    return f"{done}{thanks}"


def _name(item: ShippedWork) -> str:
    return shorten(item.project.name, MAX_TITLE_LENGTH)
