"""The status of projects, read from the database for the views."""

from bot.views.data.project_state import ProjectReference, ProjectState
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.projects import projects
from storage.projects.projects import Project


def place_of(session: Session, project: Project) -> ProjectReference:
    link = outbox.card_permalinks(session, project.board_id).get(project.id)
    return ProjectReference(project.number, project.proposal.title, link)


def status_details(session: Session, board: Board, project: Project) -> ProjectState:
    into = project.merged_into
    return ProjectState(
        status=project.status,
        changed_by=project.status_by or "",
        changed_on=board.cadence.today(project.status_at) if project.status_at else None,
        reason=project.status_reason,
        handed_to=project.handed_to,
        merged_into=place_of(session, projects.get(session, into)) if into else None,
        steps_done=project.steps_done,
    )


def open_places(
    session: Session, board: Board, besides: int | None = None
) -> list[ProjectReference]:
    """Return the open projects, by number, except the project `besides`."""
    links = outbox.card_permalinks(session, board.id)
    return [
        ProjectReference(each.number, each.proposal.title, links.get(each.id))
        for each in projects.list_for_board(session, board.id)
        if each.is_ranked and each.number != besides
    ]
