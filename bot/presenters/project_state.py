"""References to projects, and their statuses, as views show them."""

from collections.abc import Collection

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.history import NOT_STARTED, HistoryEntry
from bot.views.data.project_state import ProjectReference, ProjectState
from domain.projects.lifecycle import Status
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.projects import history, projects
from storage.projects.projects import Project


def project_reference(session: Session, project: Project) -> ProjectReference:
    """Return a reference to one project. For many of a board, use `BoardSnapshot.reference`."""
    link = outbox.card_permalink(session, project.id)
    return ProjectReference(project.number, project.proposal.title, link, project.permanent_id)


def status_details(session: Session, board: Board, project: Project) -> ProjectState:
    """Return a project's status. It reads no other projects: each redraw of a card needs it."""
    target_id = project.merged_into
    target = projects.get(session, target_id) if target_id else None
    return ProjectState(
        status=project.status,
        changed_by=project.status_by or "",
        changed_on=board.cadence.today(project.status_at) if project.status_at else None,
        reason=project.status_reason,
        handed_to=project.handed_to,
        merged_into=project_reference(session, target) if target else None,
        steps_done=project.steps_done,
        owner=project.owner,
    )


def history_entries(
    session: Session, board: Board, project: Project, event_ids: Collection[int] | None = None
) -> list[HistoryEntry]:
    """Return a project's history, oldest first, with times in the board's time zone.

    With `event_ids`, return only these events.
    """
    entries = []
    status: str = Status.OPEN
    for event in history.list_for_project(session, project.id):
        was_started = status == Status.STARTED
        if event.what in Status.__members__.values():
            status = event.what
        if event_ids is None or event.id in event_ids:
            action = NOT_STARTED if was_started and event.what == Status.OPEN else event.what
            at = board.cadence.to_local(event.at)
            entries.append(HistoryEntry(at, event.person, action, event.detail))
    return entries


def other_open_projects(snapshot: BoardSnapshot, project: Project) -> list[ProjectReference]:
    """Return references to the open projects except `project`, by number."""
    return [snapshot.reference(other) for other in snapshot.open_projects if other.id != project.id]
