"""The content of a person's App Home."""

from collections.abc import Collection

from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.home import Home, HomeBoard
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Session
from storage.people import people
from storage.projects import scores


def home(session: Session, team_id: str, person: str, channel_ids: Collection[str]) -> Home:
    """Return the person's App Home. It shows only the boards in `channel_ids`."""
    of_team = [board for board in boards.list_all(session) if board.team_id == team_id]
    return Home(
        boards=[
            _board(session, board, person) for board in of_team if board.channel_id in channel_ids
        ],
        workspace_has_boards=bool(of_team),
        wants_nudges=people.wants_reminders(session, team_id, person),
    )


def _board(session: Session, board: Board, person: str) -> HomeBoard:
    snapshot = BoardSnapshot(session, board)
    seen = overview(snapshot)
    own = {each.number for each in snapshot.projects if each.proposer == person}
    return HomeBoard(
        channel_id=board.channel_id,
        overview=seen,
        unscored_count=len(scores.projects_to_score(session, board, person)),
        own_projects=[each for each in seen.ranking.projects if each.candidate.id in own],
        is_steward=board.is_steward(person),
    )
