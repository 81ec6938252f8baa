"""A quarter's plan, commitment and retrospective, with what their posts show beside them."""

from dataclasses import dataclass

from domain.planning.commitment import Item
from domain.ranking.charter import Charter


@dataclass(frozen=True)
class Row:
    """A project that the quarter holds: as it was committed, and what has become of it."""

    number: int
    item: Item | None  # None: it came in later
    effort_weeks: float | None
    status: str
    merged_into: int | None = None
    reason: str = ""
    steps: int = 0
    steps_done: int = 0

    def moved(self, charter: Charter) -> list[str]:
        """Return the current values that the project moved when it was committed."""
        impact = self.item.impact if self.item else {}
        return [key for key in charter.keys if impact.get(key, 0.0) >= charter.moves_at]
