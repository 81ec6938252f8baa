"""Data of the list of a board's projects."""

from dataclasses import dataclass
from datetime import date

from bot.views.data.project_state import ProjectReference
from domain.projects.lifecycle import Status
from domain.projects.listing import ProjectFilter


@dataclass(frozen=True)
class ListedProject:
    """A project, its owner if it has one, and the day on which it got its status."""

    project: ProjectReference
    status: Status
    owner: str | None
    since: date


@dataclass(frozen=True)
class ProjectList:
    """The projects that match a filter and words of titles: open ones first, then the newest."""

    channel: str
    filter: ProjectFilter
    words: str
    projects: tuple[ListedProject, ...]
    today: date
