"""The list of a board's projects."""

from datetime import date

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.project_list import ListedProject, ProjectList
from bot.views.data.project_state import ProjectReference
from domain.projects.listing import STATUSES, ProjectFilter, has_words
from storage.projects.projects import Project


def project_list(
    snapshot: BoardSnapshot, wanted: ProjectFilter, words: str, person: str, today: date
) -> ProjectList:
    """Return the projects that match a filter and words of titles. `person` asks for the list."""
    board = snapshot.board
    matching = [
        project
        for project in snapshot.projects
        if project.status in STATUSES[wanted]
        and (wanted is not ProjectFilter.MINE or person in (project.proposer, project.owner))
        and has_words(project.proposal.title, words)
    ]
    listed = [_listed(snapshot, project) for project in matching]
    is_open = {project.number: project.is_ranked for project in matching}
    return ProjectList(
        channel=board.name or board.channel_id,
        filter=wanted,
        words=words,
        projects=tuple(
            sorted(
                listed,
                key=lambda item: (is_open[item.project.number], item.since, item.project.number),
                reverse=True,
            )
        ),
        today=today,
    )


def _listed(snapshot: BoardSnapshot, project: Project) -> ListedProject:
    since = project.status_at or project.proposed_at
    return ListedProject(
        project=ProjectReference(
            project.number,
            project.proposal.title,
            snapshot.permalinks.get(project.id),
            project.permanent_id,
        ),
        status=project.status,
        owner=project.owner,
        since=snapshot.board.cadence.today(since),
    )
