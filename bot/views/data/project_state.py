"""Data of a project's name, card link, and status."""

from dataclasses import dataclass
from datetime import date

from domain.formatting import collapse_whitespace
from domain.projects.lifecycle import RANKED_STATUSES, Status


@dataclass(frozen=True)
class ProjectReference:
    """A project's number, title, and permanent id, and the link to its card."""

    number: int
    title: str
    link: str | None
    permanent_id: str

    @property
    def name(self) -> str:
        return f"#{self.number} {collapse_whitespace(self.title)}"


@dataclass(frozen=True)
class ProjectState:
    """A project's status, with who set it, why, and on which day in the board's time zone."""

    status: Status = Status.OPEN
    changed_by: str = ""
    changed_on: date | None = None
    reason: str = ""
    handed_to: str = ""
    merged_into: ProjectReference | None = None
    steps_done: tuple[str, ...] = ()
    owner: str | None = None

    @property
    def is_ranked(self) -> bool:
        return self.status in RANKED_STATUSES


@dataclass(frozen=True)
class ShippedWork:
    """A project that shipped or, if it has `steps`, steps of a project that are done.

    `thanked` are the display names of its owner and its proposer.
    """

    project: ProjectReference
    thanked: tuple[str, ...]
    steps: tuple[str, ...] = ()
