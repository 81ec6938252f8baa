"""A board's current ranking, with what posts and replies show beside it."""

from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from domain.projects.lifecycle import Status
from domain.projects.progress import Progress
from domain.ranking.ranking import rank
from storage.boards import fires
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.projects import candidates, projects


def overview(session: Session, board: Board) -> Overview:
    """Rank the board's projects. Return the ranking and what is shown beside it."""
    # The charter may have dropped the value of a fire. Such a fire doesn't affect the ranking.
    burning = {
        each.value: each.what
        for each in fires.burning(session, board.id)
        if each.value in board.charter.keys
    }
    proposed = projects.list_for_board(session, board.id)
    links = outbox.card_permalinks(session, board.id)
    return Overview(
        channel=board.name or board.channel_id,
        ranking=rank(candidates.candidates(session, board), board.charter, burning, name=someone),
        charter_version=board.charter_version,
        proposals={each.number: each.proposal for each in proposed},
        links={each.number: links[each.id] for each in proposed if each.id in links},
        fires=burning,
        progress={
            each.number: Progress.of(each.proposal.steps, each.steps_done)
            for each in proposed
            if each.status is Status.STARTED and each.proposal.steps
        },
    )
