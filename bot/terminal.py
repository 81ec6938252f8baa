"""A ranking, as a terminal shows it and as other programs read it."""

from typing import Any

from rich.table import Table
from rich.text import Text

from values.ranking import Ranked, Ranking
from values.wording import signed

DECIMALS = 6
HEADING = 6  # letters of a value: six values leave room for titles on 80 columns


def table(ranking: Ranking) -> Table:
    """What people typed is shown as it is: rich reads no markup in a `Text`."""
    shown = Table(header_style="bold", box=None, pad_edge=False, expand=True)
    shown.add_column("Rank", no_wrap=True)
    shown.add_column("Project", no_wrap=True, overflow="ellipsis", ratio=1)
    shown.add_column("Needle", justify="right", no_wrap=True)
    for value in ranking.charter.values:
        shown.add_column(value.label[:HEADING], justify="right", no_wrap=True)
    shown.add_column("👍", justify="right", no_wrap=True)
    section = None
    for ranked in ranking.ranked:
        if ranked.section is not section:
            section = ranked.section
            shown.add_section()
            shown.add_row(Text(""), Text(section.replace("_", " ").capitalize(), style="bold cyan"))
        shown.add_row(*_cells(ranked))
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


def _cells(ranked: Ranked) -> list[Text]:
    close = " ≈" if ranked.too_close_to else ""
    return [
        Text(f"{ranked.rank or ''}{close}"),
        Text(f"#{ranked.project.id} {' '.join(ranked.project.title.split())}"),
        Text(f"{ranked.needle:.1f}".replace("-", "−")),
        *[
            Text(signed(x), style="bold" if key in ranked.moved else "dim")
            for key, x in ranked.impact.items()
        ],
        Text(str(len(ranked.project.backers))),
    ]
