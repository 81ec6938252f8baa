"""A project's name and card, and its status with who set it and why."""

from dataclasses import dataclass
from datetime import date

from domain.formatting import one_line
from domain.projects.lifecycle import RANKED, Status


@dataclass(frozen=True)
class Place:
    """A project by number and title, and where its card is."""

    number: int
    title: str
    link: str | None

    @property
    def name(self) -> str:
        return f"#{self.number} {one_line(self.title)}"


@dataclass(frozen=True)
class Life:
    """Where a project is in its life: who said so, on which of the board's days, and why."""

    status: Status = Status.OPEN
    by: str = ""
    on: date | None = None
    reason: str = ""
    handed_to: str = ""
    into: Place | None = None
    steps_done: tuple[str, ...] = ()

    @property
    def is_ranked(self) -> bool:
        return self.status in RANKED


@dataclass(frozen=True)
class Shipped:
    """A project that shipped, and who backed or scored it."""

    place: Place
    thanks: tuple[str, ...]
