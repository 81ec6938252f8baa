"""A board's current ranking, with what posts and replies show beside it."""

from collections.abc import Mapping, Sequence

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.board_overview import Overview
from domain.projects.lifecycle import Status
from domain.projects.progress import Progress
from domain.ranking.ranking import rank
from storage.projects.projects import Project


def overview(snapshot: BoardSnapshot) -> Overview:
    """Rank the board's projects. Return the ranking and what is shown beside it."""
    return _overview(snapshot, snapshot.open_projects, snapshot.open_permalinks)


def overview_with_closed(snapshot: BoardSnapshot) -> Overview:
    """Return the overview that names closed projects too, as a quarter's posts and forms do."""
    return _overview(snapshot, snapshot.projects, snapshot.permalinks)


def _overview(
    snapshot: BoardSnapshot, named: Sequence[Project], links: Mapping[int, str]
) -> Overview:
    board = snapshot.board
    # The charter may have dropped the value of a fire. Such a fire doesn't affect the ranking.
    burning = {fire.value: fire.what for fire in snapshot.fires if fire.value in board.charter.keys}
    return Overview(
        channel=board.name or board.channel_id,
        ranking=rank(snapshot.candidates, board.charter, burning),
        charter_version=board.charter_version,
        proposals={project.number: project.proposal for project in named},
        links={project.number: links[project.id] for project in named if project.id in links},
        fires=burning,
        permanent_ids={project.number: project.permanent_id for project in named},
        progress={
            project.number: Progress.of(project.proposal.steps, project.steps_done)
            for project in named
            if project.status is Status.STARTED and project.proposal.steps
        },
        owners={project.number: project.owner for project in named if project.owner},
    )
