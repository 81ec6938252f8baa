"""A board's current ranking, with what posts and replies show beside it."""

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from domain.projects.lifecycle import Status
from domain.projects.progress import Progress
from domain.ranking.ranking import rank


def overview(snapshot: BoardSnapshot) -> Overview:
    """Rank the board's projects. Return the ranking and what is shown beside it."""
    board = snapshot.board
    # The charter may have dropped the value of a fire. Such a fire doesn't affect the ranking.
    burning = {each.value: each.what for each in snapshot.fires if each.value in board.charter.keys}
    links = snapshot.permalinks
    return Overview(
        channel=board.name or board.channel_id,
        ranking=rank(snapshot.candidates, board.charter, burning, name=someone),
        charter_version=board.charter_version,
        proposals={each.number: each.proposal for each in snapshot.projects},
        links={each.number: links[each.id] for each in snapshot.projects if each.id in links},
        fires=burning,
        progress={
            each.number: Progress.of(each.proposal.steps, each.steps_done)
            for each in snapshot.projects
            if each.status is Status.STARTED and each.proposal.steps
        },
    )
