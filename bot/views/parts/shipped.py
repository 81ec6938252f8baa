"""What has shipped, with thanks to whoever wanted it."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.board_overview import TITLE_SHOWN
from bot.views.data.people import someone
from bot.views.data.project_state import Shipped
from domain.formatting import shorten

THANKED = 20


def shipped(projects: Sequence[Shipped]) -> list[block_kit.Part]:
    if not projects:
        return []
    head = "Shipped this week"
    bullets = block_kit.bullets([_shown(each) for each in projects])
    block = block_kit.section(f":rocket: *{head}*")
    return [block_kit.Part([block, bullets], [f"{head}:", *map(_said, projects)])]


def _shown(project: Shipped) -> list[block_kit.Inline]:
    name = block_kit.link(project.place.link, _name(project))
    if not project.thanks:
        return [name]
    parts = [name, block_kit.words(". Thanks ")]
    for at, person in enumerate(project.thanks[:THANKED]):
        parts += [block_kit.words(", ")] if at else []
        parts.append(block_kit.mention(person))
    return [*parts, block_kit.words(_more(project))]


def _said(project: Shipped) -> str:
    if not project.thanks:
        return escape(_name(project))
    thanked = [someone(person) for person in project.thanks[:THANKED]]
    return f"{escape(_name(project))}. Thanks {', '.join(thanked)}{_more(project)}"


def _more(project: Shipped) -> str:
    more = len(project.thanks) - THANKED
    return f" and {more} more!" if more > 0 else "!"


def _name(project: Shipped) -> str:
    return shorten(project.place.name, TITLE_SHOWN)
