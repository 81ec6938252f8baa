"""A row of the benchmark's table: a value, its unit, and the value that it should reach."""

from dataclasses import dataclass
from typing import Any

from rich.table import Table

RATIO = "×"  # the unit of a ratio


@dataclass(frozen=True)
class Reach:
    """A limit for a value: at most or at least `limit`."""

    sign: str
    limit: float

    def is_met_by(self, value: float) -> bool:
        """Return whether a value keeps the limit."""
        return value <= self.limit if self.sign == "≤" else value >= self.limit

    def __str__(self) -> str:
        return f"{self.sign} {self.limit:g}"


def at_most(limit: float) -> Reach:
    return Reach("≤", limit)


def at_least(limit: float) -> Reach:
    return Reach("≥", limit)


@dataclass(frozen=True)
class Row:
    """A measured value. `against` says what was measured side by side, or how it was counted."""

    name: str
    value: float
    reach: Reach
    against: str
    unit: str = RATIO

    @property
    def is_met(self) -> bool:
        """Whether the value reaches its limit."""
        return self.reach.is_met_by(self.value)

    def as_json(self) -> dict[str, Any]:
        """Return the row for a program."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "reach": str(self.reach),
            "against": self.against,
        }


def table_of(rows: list[Row]) -> Table:
    """Return the rows as a table for a terminal."""
    table = Table("Row", "Value", "Reach", "", "Measured against")
    for row in rows:
        table.add_row(
            row.name,
            f"{row.value:.3g} {row.unit}",
            str(row.reach),
            "met" if row.is_met else "missed",
            row.against,
        )
    return table
