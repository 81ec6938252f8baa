"""A board's facts, read once for everything that a post or reply shows of them."""

from collections.abc import Collection, Sequence
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
    def open_projects(self) -> list[Project]:
        """The projects that are ranked, by number."""
        return projects.list_open(self.session, self.board.id)

    @cached_property
    def projects(self) -> list[Project]:
        """All projects, by number. A board may have thousands that closed years ago."""
        return projects.list_for_board(self.session, self.board.id)

    @cached_property
    def projects_by_number(self) -> dict[int, Project]:
        return {project.number: project for project in self.projects}

    @cached_property
    def candidates(self) -> list[Candidate]:
        return candidates.of_projects(self.session, self.board, self.open_projects)

    @cached_property
    def open_permalinks(self) -> dict[int, str]:
        """The permalinks of open projects' cards by project id."""
        return outbox.open_card_permalinks(self.session, self.board.id)

    @cached_property
    def permalinks(self) -> dict[int, str]:
        """The permalinks of all cards by project id."""
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

    def resolve_merges(self, numbers: Collection[int]) -> dict[int, Project]:
        """Return the project for which each number counts now, as `resolve_merge` does.

        Read only these projects.
        """
        found = projects.by_numbers(self.session, self.board.id, numbers)
        targets = projects.by_ids(
            self.session, {each.merged_into for each in found.values() if each.merged_into}
        )
        return {
            number: targets.get(project.merged_into or 0, project)
            for number, project in found.items()
        }

    def reference(self, project: Project) -> ProjectReference:
        """Return the project's number, title, and permalink."""
        [reference] = self.references([project])
        return reference

    def references(self, wanted: Sequence[Project]) -> list[ProjectReference]:
        """Return references to projects, in the same order."""
        closed = [project.id for project in wanted if not project.is_ranked]
        links = outbox.permalinks_of_cards(self.session, closed) if closed else {}
        if len(closed) < len(wanted):
            links = {**self.open_permalinks, **links}
        return [
            ProjectReference(
                project.number, project.proposal.title, links.get(project.id), project.permanent_id
            )
            for project in wanted
        ]
