"""A ranking as a table for the terminal, and as JSON for other programs."""

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from bot.views.blocks.escape import strip_controls
from domain.formatting import (
    MINUS_SIGN,
    collapse_whitespace,
    format_decimal,
    format_scored_by,
    format_scorers,
    join_with_and,
)
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Ranking, Section

DECIMALS = 6
UNLIMITED_WIDTH = 10_000


def print_ranking(ranking: Ranking) -> None:
    """Print the ranking: as wide as the terminal, or with whole titles if a program reads it."""
    console = Console()
    if console.is_terminal:
        console.print(table(ranking))
        return
    whole = table(ranking, whole=True)
    unlimited = console.options.update(width=UNLIMITED_WIDTH)
    Console(width=Measurement.get(console, unlimited, whole).maximum).print(whole)


def table(ranking: Ranking, *, whole: bool = False) -> Table:
    """Return the ranking as a table. Unless `whole` is set, cut it to the console's width.

    Hide the numbers that Slack hides, because people paste what a terminal shows. Show what people
    typed as it is: rich interprets no markup in a `Text`.
    """
    shown = Table(header_style="bold", box=None, pad_edge=False, expand=not whole)
    if ranking.fires:
        shown.title, shown.title_justify, shown.title_style = _fires(ranking), "left", "bold red"
    if any(ranked.too_close_to for ranked in ranking.projects):
        shown.caption, shown.caption_justify = "≈ too close to call with a neighbor", "left"
    shown.add_column("Rank", no_wrap=True)
    shown.add_column("Project", no_wrap=True, overflow="ellipsis", ratio=None if whole else 3)
    shown.add_column("Needle", justify="right", no_wrap=True)
    shown.add_column("Helps", ratio=None if whole else 2, no_wrap=whole)
    shown.add_column("Backers", justify="right", no_wrap=True)
    shown.add_column("Weeks", justify="right", no_wrap=True)
    for section, rows in groupby(ranking.projects, key=lambda ranked: ranked.section):
        if shown.row_count:
            shown.add_row()
        shown.add_row(Text(""), Text(_heading(section, ranking), style="bold cyan"))
        for ranked in rows:
            shown.add_row(*_cells(ranked, ranking.charter))
    return shown


def as_json(ranking: Ranking) -> dict[str, Any]:
    """Return the object that `needle rank --json` prints. Round numbers to six decimals."""
    return {
        "ranked": [
            {
                "id": ranked.candidate.id,
                "section": str(ranked.section),
                "rank": ranked.rank,
                "needle": round(ranked.needle, DECIMALS),
                "impact": {key: round(x, DECIMALS) for key, x in ranked.impact.items()},
                "moved": list(ranked.moved),
                "too_close_to": list(ranked.too_close_to),
                "disputed": list(ranked.disputed),
                "why": ranked.explain(),
            }
            for ranked in ranking.projects
        ]
    }


def _fires(ranking: Ranking) -> Text:
    burning = [value.inline_name for value in ranking.charter.values if value.key in ranking.fires]
    are, them = ("is", "it") if len(burning) == 1 else ("are", "them")
    first = (
        f"projects that help {them} come first"
        if _comes_first(ranking)
        else (f"no ranked project helps {them}")
    )
    return Text(f"{join_with_and(burning).capitalize()} {are} burning: {first}.")


def _heading(section: Section, ranking: Ranking) -> str:
    """Return a section's name and, if not obvious, its meaning. Both must fit in 80 columns."""
    headings = {
        Section.BURNING: "Burning: comes first",
        Section.RANKED: "Ranked: waits for the fire" if _comes_first(ranking) else "Ranked",
        Section.HELD: "On hold: hurts a number one",
        Section.UNSCORED: "Needs scores: results hidden",
        Section.OUT_OF_SCOPE: "Out of scope: helps no value",
    }
    return headings[section]


def _comes_first(ranking: Ranking) -> bool:
    return bool(ranking.in_section(Section.BURNING))


def _cells(ranked: RankedProject, charter: Charter) -> list[Text]:
    """Return a project's row. Mark a rank that is too close to call with ≈."""
    effort = ranked.candidate.effort_weeks
    return [
        Text(f"{ranked.rank or ''}{' ≈' if ranked.too_close_to else ''}"),
        Text(
            f"#{ranked.candidate.id} {strip_controls(collapse_whitespace(ranked.candidate.title))}"
        ),
        *(_hidden(ranked) if ranked.section is Section.UNSCORED else _numbers(ranked, charter)),
        Text(str(len(ranked.candidate.backers))),
        Text("?" if effort is None else f"{effort:g}"),
    ]


def _numbers(ranked: RankedProject, charter: Charter) -> list[Text]:
    """Return the needle, and the values that the project helps, or with a minus hurts.

    Say how many have scored if the results show before the quorum.
    """
    moved = [charter.inline_name(key) for key in ranked.moved]
    hurt = [
        MINUS_SIGN + value.inline_name
        for value in charter.values
        if ranked.impact[value.key] <= -charter.moves_at
    ]
    effects = ", ".join([*moved, *hurt])
    if ranked.revealed_early:
        scored = format_scored_by(ranked.scorer_count, ranked.quorum)
        effects = f"{effects} ({scored})" if effects else scored
    return [Text(format_decimal(ranked.needle)), Text(effects)]


def _hidden(ranked: RankedProject) -> list[Text]:
    return [Text("–"), Text(format_scorers(ranked.scorer_count, ranked.quorum))]
