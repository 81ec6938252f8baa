"""Shipped projects, with thanks to the people who backed or scored them."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.board_overview import MAX_TITLE_LENGTH
from bot.views.data.people import someone
from bot.views.data.project_state import ShippedProject
from domain.formatting import shorten

MAX_THANKED = 20


def shipped(projects: Sequence[ShippedProject]) -> list[block_kit.Part]:
    if not projects:
        return []
    title = "Shipped this week"
    bullets = block_kit.bullets([_bullet(project) for project in projects])
    block = block_kit.section(f":rocket: *{title}*")
    return [block_kit.Part([block, bullets], [f"{title}:", *map(_text_line, projects)])]


def _bullet(project: ShippedProject) -> list[block_kit.Inline]:
    name = block_kit.link(project.project.link, _name(project))
    if not project.thanked:
        return [name]
    parts = [name, block_kit.text(". Thanks ")]
    for index, person in enumerate(project.thanked[:MAX_THANKED]):
        parts += [block_kit.text(", ")] if index else []
        parts.append(block_kit.mention(person))
    return [*parts, block_kit.text(_thanks_end(project))]


def _text_line(project: ShippedProject) -> str:
    if not project.thanked:
        return escape(_name(project))
    thanked = [someone(person) for person in project.thanked[:MAX_THANKED]]
    return f"{escape(_name(project))}. Thanks {', '.join(thanked)}{_thanks_end(project)}"


def _thanks_end(project: ShippedProject) -> str:
    more = len(project.thanked) - MAX_THANKED
    return f" and {more} more!" if more > 0 else "!"


def _name(project: ShippedProject) -> str:
    return shorten(project.project.name, MAX_TITLE_LENGTH)
