"""Help texts of the commands."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import join_lines
from domain.ranking.charter import Charter

# Rows of `/roadmap help` and the Home tab after the subcommands of `/roadmap`.
OTHER_ROWS = (
    (
        "/propose a title",
        "proposes a project: its steps, toil it removes, software it adds or removes",
    ),
    ("Score on a card", "scores the project, or changes your score"),
    (
        "⋯ on a card",
        "edits it, ticks off steps, starts, ships, merges or drops it, shows its history;"
        " stewards also decline it or hand it off",
    ),
    ("/fire", "lists fires; /fire help shows how to declare and clear them"),
    ("/toil", "logs a page, a bug or an interrupt; /toil help shows examples"),
)


def roadmap(rows: Sequence[tuple[str, str]]) -> block_kit.Message:
    """Return the help: the `/roadmap` subcommands in `rows`, then other commands and buttons."""
    return _usage([*rows, *OTHER_ROWS])


def fire(charter: Charter) -> block_kit.Message:
    """Return how to declare and clear a fire. One word names a value: its name or its key."""
    values = [value.slug for value in charter.values]
    return _usage(
        [
            ("/fire", "lists the fires that are burning"),
            (f"/fire {values[0]} what is burning", f"declares a fire in {values[0]}"),
            (f"/fire out {values[0]}", "clears that fire"),
        ],
        f"The values: {', '.join(values)}.",
    )


def toil() -> block_kit.Message:
    return _usage(
        [
            ("/toil page db-primary 45m", "logs a page that took 45 minutes"),
            ("/toil bug billing 1h30m wrong totals", "logs a bug, with a note"),
            ("/toil interrupt access requests 15m", "logs an interrupt, from any source"),
            ("/toil page db-primary 45m at 03:10", "gives the start time, by the board's clock"),
            ("/toil page db-primary 1h yesterday 23:40", "gives a start time yesterday"),
            ("/toil", "opens a form"),
            ("/toil list", "shows the toil ledger, as /roadmap toil does"),
        ],
        "You can also choose Log as toil in the menu of an alert. The start time decides whether"
        " toil counts as out of hours.",
    )


def _usage(rows: Sequence[tuple[str, str]], footer: str = "") -> block_kit.Message:
    usage = [f"`{command}`  {description}" for command, description in rows]
    blocks = [
        block_kit.section("\n".join(usage)),
        *([block_kit.note(footer)] if footer else []),
    ]
    return block_kit.Message(text=join_lines([*usage, footer]), blocks=blocks)
