"""A project's name, card link and status."""

from dataclasses import dataclass
from datetime import date

from domain.formatting import one_line
from domain.projects.lifecycle import RANKED, Status


@dataclass(frozen=True)
class Place:
    """A project's number and title, and the link to its card."""

    number: int
    title: str
    link: str | None

    @property
    def name(self) -> str:
        return f"#{self.number} {one_line(self.title)}"


@dataclass(frozen=True)
class Life:
    """A project's status: who set it, why, and on which day in the board's time zone."""

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
    """A shipped project, and who backed or scored it."""

    place: Place
    thanks: tuple[str, ...]
