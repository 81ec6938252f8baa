"""A board's toil, with the projects that are to remove it."""

from dataclasses import dataclass

from domain.toil.ledger import FREQUENT, Source, Summary, Week


@dataclass(frozen=True)
class Origin:
    """A source, and the open project that is to remove it: its name and where its card is."""

    source: Source
    project: str | None = None
    link: str | None = None

    @property
    def asks_for_project(self) -> bool:
        return self.project is None and self.source.entries >= FREQUENT


@dataclass(frozen=True)
class Ledger:
    """A board's ledger: of the last seven days, of four weeks, and week by week."""

    week: Summary
    month: Summary
    trend: tuple[Week, ...]
    origins: tuple[Origin, ...]  # of the four weeks, the most frequent first
