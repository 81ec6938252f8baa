"""Help texts of the commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.parts.fire_example import EXAMPLE, EXAMPLE_REASON, example_value
from domain.ranking.charter import Charter


@dataclass(frozen=True)
class HelpGroup:
    """Rows of help under a title: what to type, and what it does."""

    title: str
    rows: tuple[tuple[str, str], ...]


OTHER_COMMANDS = HelpGroup(
    "Other commands",
    (
        ("/propose Retire the NAT box", "proposes a project"),
        (EXAMPLE, "declares a fire; `/fire help` lists the rest"),
        ("/toil page db-primary 45m", "logs toil; `/toil help` lists the rest"),
    ),
)
FOOTER = (
    "Only you see the replies. On a card, *Score* scores a project, and ⋯ explains, edits, starts"
    " and ships it. Stewards change this board's settings. The first is whoever invited me."
)


def roadmap(groups: Sequence[HelpGroup]) -> block_kit.Message:
    """Return the help: the subcommands of `/roadmap`, then the other commands."""
    return block_kit.message(_roadmap_parts(groups))


def roadmap_modal(groups: Sequence[HelpGroup]) -> dict[str, Any]:
    """Return the same help as a modal."""
    blocks = [block for part in _roadmap_parts(groups) for block in part.blocks]
    return modal.modal("What you can type", blocks, close="Close")


def _roadmap_parts(groups: Sequence[HelpGroup]) -> list[block_kit.Part]:
    return [*map(_group, [*groups, OTHER_COMMANDS]), block_kit.remark(FOOTER)]


def fire(charter: Charter) -> block_kit.Message:
    """Return how to declare and clear a fire. One word names a value: its name or its key."""
    values = [value.slug for value in charter.values]
    example = example_value(charter)
    return _usage(
        (
            ("/fire", "lists the fires"),
            (
                f"/fire {example} {EXAMPLE_REASON}",
                f"declares a fire in {example}, because {EXAMPLE_REASON}",
            ),
            (f"/fire {example}", "opens a form for the fire and its reason"),
            (f"/fire out {example}", "clears the fire, if you declared it or are a steward"),
        ),
        f"Your values: {', '.join(values)}.",
    )


def toil() -> block_kit.Message:
    return _usage(
        (
            ("/toil page db-primary 45m", "logs a page from db-primary that took 45 minutes"),
            ("/toil bug billing 1h30 wrong totals", "logs a bug, with a note"),
            ("/toil interrupt access requests 15 min", "logs an interrupt"),
            ("/toil page db-primary 45m at 03:10", "logs a page that started at 03:10"),
            ("/toil page db-primary 1.5h yesterday 23:40", "logs a page from yesterday"),
            ("/toil", "opens a form"),
            ("/toil list", "shows the toil ledger"),
        ),
        "To log an alert, choose *Log as toil* in its message's menu. The start time decides"
        " whether toil counts as after hours.",
    )


def _usage(rows: tuple[tuple[str, str], ...], footer: str) -> block_kit.Message:
    return block_kit.message([_group(HelpGroup("", rows)), block_kit.remark(footer)])


def _group(group: HelpGroup) -> block_kit.Part:
    rows = [f"`{command}`  {description}" for command, description in group.rows]
    title = [f"*{group.title}*"] if group.title else []
    heading = [f"{group.title}:"] if group.title else []
    return block_kit.Part([block_kit.section("\n".join([*title, *rows]))], [*heading, *rows])
