"""A board's facts, read once for everything that a post or reply shows of them."""

from dataclasses import dataclass
from functools import cached_property

from bot.views.data.project_state import ProjectReference
from domain.ranking.candidate import Candidate
from storage.boards import fires
from storage.boards.boards import Board
from storage.boards.fires import Fire
from storage.database import Session
from storage.posts import outbox
from storage.projects import candidates, projects
from storage.projects.projects import Project


@dataclass(frozen=True)
class BoardSnapshot:
    """A board in one database snapshot. Each attribute is read when it is first needed, and once.

    Use it only while its session is open.
    """

    session: Session
    board: Board

    @cached_property
    def projects(self) -> list[Project]:
        return projects.list_for_board(self.session, self.board.id)

    @cached_property
    def projects_by_number(self) -> dict[int, Project]:
        return {project.number: project for project in self.projects}

    @property
    def open_projects(self) -> list[Project]:
        """The projects that are ranked, by number."""
        return [project for project in self.projects if project.is_ranked]

    @cached_property
    def candidates(self) -> list[Candidate]:
        return candidates.candidates(self.session, self.board)

    @cached_property
    def permalinks(self) -> dict[int, str]:
        """The permalinks of cards by project id."""
        return outbox.card_permalinks(self.session, self.board.id)

    @cached_property
    def fires(self) -> list[Fire]:
        return fires.burning(self.session, self.board.id)

    def resolve_merge(self, number: int) -> Project:
        """Return the project that this one was merged into, or the project itself."""
        project = self.projects_by_number[number]
        return self.projects_by_id.get(project.merged_into or 0, project)

    @cached_property
    def projects_by_id(self) -> dict[int, Project]:
        return {project.id: project for project in self.projects}

    def reference(self, project: Project) -> ProjectReference:
        """Return the project's number, title, and permalink."""
        link = self.permalinks.get(project.id)
        return ProjectReference(project.number, project.proposal.title, link, project.permanent_id)
