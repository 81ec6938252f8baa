"""A ranking, as a terminal shows it and as other programs read it."""

from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.views.blocks.escape import tame
from domain.formatting import MINUS, decimal, listed, one_line
from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranked, Ranking, Section

DECIMALS = 6


def table(ranking: Ranking) -> Table:
    """What people typed is shown as it is: rich reads no markup in a `Text`.

    Numbers that are hidden in Slack are hidden here too: what a terminal shows is soon pasted.
    """
    shown = Table(header_style="bold", box=None, pad_edge=False, expand=True)
    if ranking.fires:
        shown.title, shown.title_justify, shown.title_style = _fires(ranking), "left", "bold red"
    if any(each.too_close_to for each in ranking.ranked):
        shown.caption, shown.caption_justify = "≈ too close to call with a neighbour", "left"
    shown.add_column("Rank", no_wrap=True)
    shown.add_column("Project", no_wrap=True, overflow="ellipsis", ratio=3)
    shown.add_column("Needle", justify="right", no_wrap=True)
    shown.add_column("Moves", ratio=2)
    shown.add_column("Backers", justify="right", no_wrap=True)
    shown.add_column("Weeks", justify="right", no_wrap=True)
    for section, rows in groupby(ranking.ranked, key=lambda ranked: ranked.section):
        if shown.row_count:
            shown.add_row()
        shown.add_row(Text(""), Text(_heading(section, ranking), style="bold cyan"))
        for ranked in rows:
            shown.add_row(*_cells(ranked, ranking.charter))
    return shown


def as_json(ranking: Ranking) -> dict[str, Any]:
    """The object of `needle rank --json`; numbers to six decimals."""
    return {
        "ranked": [
            {
                "id": ranked.project.id,
                "section": str(ranked.section),
                "rank": ranked.rank,
                "needle": round(ranked.needle, DECIMALS),
                "impact": {key: round(x, DECIMALS) for key, x in ranked.impact.items()},
                "moved": list(ranked.moved),
                "too_close_to": list(ranked.too_close_to),
                "disputed": list(ranked.disputed),
                "why": ranked.why,
            }
            for ranked in ranking.ranked
        ]
    }


def _fires(ranking: Ranking) -> Text:
    burning = [each.spoken for each in ranking.charter.values if each.key in ranking.fires]
    are, them = ("is", "it") if len(burning) == 1 else ("are", "them")
    first = (
        f"what moves {them} comes first, whatever the needle"
        if _comes_first(ranking)
        else (f"nothing that is ranked moves {them}")
    )
    return Text(f"{listed(burning).capitalize()} {are} burning: {first}.")


def _heading(section: Section, ranking: Ranking) -> str:
    """A section and, when it is not plain, what it means; it has to fit into 80 columns."""
    meanings = {
        Section.BURNING: ": comes first",
        Section.RANKED: ": waits for the fire" if _comes_first(ranking) else "",
        Section.HELD: ": hurts a number one",
        Section.UNSCORED: ": numbers are hidden",
        Section.OUT_OF_SCOPE: ": moves no value",
    }
    return section.replace("_", " ").capitalize() + meanings[section]


def _comes_first(ranking: Ranking) -> bool:
    return bool(ranking.section(Section.BURNING))


def _cells(ranked: Ranked, charter: Charter) -> list[Text]:
    """A rank that is too close to call is marked."""
    effort = ranked.project.effort_weeks
    return [
        Text(f"{ranked.rank or ''}{' ≈' if ranked.too_close_to else ''}"),
        Text(f"#{ranked.project.id} {tame(one_line(ranked.project.title))}"),
        *(
            _hidden(ranked, charter)
            if ranked.section is Section.UNSCORED
            else _numbers(ranked, charter)
        ),
        Text(str(len(ranked.project.backers))),
        Text("?" if effort is None else f"{effort:g}"),
    ]


def _numbers(ranked: Ranked, charter: Charter) -> list[Text]:
    """The needle and what it moves; a value that is hurt has a minus."""
    moved = [charter.spoken(key) for key in ranked.moved]
    hurt = [
        MINUS + value.spoken
        for value in charter.values
        if ranked.impact[value.key] <= -charter.moves_at
    ]
    return [Text(decimal(ranked.needle)), Text(", ".join([*moved, *hurt]))]


def _hidden(ranked: Ranked, charter: Charter) -> list[Text]:
    return [Text("–"), Text(f"{ranked.scored_by} of {charter.quorum} have scored")]
