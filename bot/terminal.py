"""A ranking, as a terminal shows it and as other programs read it."""

from typing import Any

from rich.table import Table
from rich.text import Text

from bot.views.text import one_line, tame
from values.charter import Charter
from values.ranking import Ranked, Ranking
from values.wording import MINUS, decimal, spoken

DECIMALS = 6


def table(ranking: Ranking) -> Table:
    """What people typed is shown as it is: rich reads no markup in a `Text`."""
    shown = Table(header_style="bold", box=None, pad_edge=False, expand=True)
    shown.add_column("Rank", no_wrap=True)
    shown.add_column("Project", no_wrap=True, overflow="ellipsis", ratio=3)
    shown.add_column("Needle", justify="right", no_wrap=True)
    shown.add_column("Moves", ratio=2)
    shown.add_column("Backers", justify="right", no_wrap=True)
    shown.add_column("Weeks", justify="right", no_wrap=True)
    section = None
    for ranked in ranking.ranked:
        if ranked.section is not section:
            section = ranked.section
            heading = section.replace("_", " ").capitalize()
            shown.add_row(Text(""), Text(heading, style="bold cyan"))
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


def _cells(ranked: Ranked, charter: Charter) -> list[Text]:
    """A rank that is too close to call is marked; a value that is hurt has a minus."""
    effort = ranked.project.effort_weeks
    moved = [spoken(key) for key in ranked.moved]
    hurt = [MINUS + spoken(key) for key, x in ranked.impact.items() if x <= -charter.moves_at]
    return [
        Text(f"{ranked.rank or ''}{' ≈' if ranked.too_close_to else ''}"),
        Text(f"#{ranked.project.id} {tame(one_line(ranked.project.title))}"),
        Text(decimal(ranked.needle)),
        Text(", ".join([*moved, *hurt])),
        Text(str(len(ranked.project.backers))),
        Text("?" if effort is None else f"{effort:g}"),
    ]
