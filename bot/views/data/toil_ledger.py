"""A board's toil ledger, with the projects that will remove toil."""

from dataclasses import dataclass

from domain.toil.ledger import FREQUENT, Source, Summary, Week


@dataclass(frozen=True)
class Origin:
    """A source of toil, with the name and card link of the open project that will remove it."""

    source: Source
    project: str | None = None
    link: str | None = None

    @property
    def asks_for_project(self) -> bool:
        return self.project is None and self.source.entries >= FREQUENT


@dataclass(frozen=True)
class Ledger:
    """A board's toil ledger: the last seven days, four weeks, and the trend by week."""

    week: Summary
    month: Summary
    trend: tuple[Week, ...]
    origins: tuple[Origin, ...]  # in the four weeks, most frequent first
