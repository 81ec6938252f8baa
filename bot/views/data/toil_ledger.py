"""Data of a board's toil ledger."""

from dataclasses import dataclass

from domain.toil.ledger import FREQUENT_SOURCE_ENTRIES, SourceTotals, ToilSummary, WeekTotals


@dataclass(frozen=True)
class ToilSource:
    """A source of toil, with the name and card link of the open project that will remove it, if
    any.
    """

    source: SourceTotals
    project: str | None = None
    link: str | None = None

    @property
    def needs_project(self) -> bool:
        return self.project is None and self.source.entries >= FREQUENT_SOURCE_ENTRIES


@dataclass(frozen=True)
class ToilLedger:
    """A board's toil ledger: the last seven days, four weeks, and the weekly trend."""

    week: ToilSummary
    month: ToilSummary
    trend: tuple[WeekTotals, ...]
    sources: tuple[ToilSource, ...]  # in the four weeks, most frequent first
