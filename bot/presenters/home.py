"""The content of a person's App Home."""

from collections.abc import Collection

from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.home import Home, HomeBoard
from storage.boards import boards
from storage.database import Session
from storage.people import people
from storage.projects import scores


def home(session: Session, team_id: str, person: str, channel_ids: Collection[str]) -> Home:
    """Return the person's App Home. It shows only the boards in `channel_ids`."""
    team_boards = [board for board in boards.list_all(session) if board.team_id == team_id]
    return Home(
        boards=[
            _board(BoardSnapshot(session, board), person)
            for board in team_boards
            if board.channel_id in channel_ids
        ],
        workspace_has_boards=bool(team_boards),
        wants_nudges=people.wants_reminders(session, team_id, person),
    )


def _board(snapshot: BoardSnapshot, person: str) -> HomeBoard:
    session, board = snapshot.session, snapshot.board
    board_overview = overview(snapshot)
    own_numbers = {
        project.number
        for project in snapshot.projects
        if person in (project.owner, project.proposer)
    }
    return HomeBoard(
        channel_id=board.channel_id,
        overview=board_overview,
        unscored_count=len(scores.projects_to_score(session, board, person)),
        own_projects=[
            ranked
            for ranked in board_overview.ranking.projects
            if ranked.candidate.id in own_numbers
        ],
        is_steward=board.is_steward(person),
    )
