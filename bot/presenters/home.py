"""A person's App Home: read from the store, published to them alone."""

from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.authorization.members import channels_of
from bot.presenters.content import overview
from bot.slack.background import afterwards
from bot.views import home
from bot.views.data.home import BoardAtHome, Home
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.people import people
from storage.projects import projects, scores


def publish(client: WebClient, database: Database, team_id: str, person: str) -> None:
    """Only of the boards whose channels they are in: of others they see nothing."""
    theirs = channels_of(client, person)
    with database.snapshot() as session:
        view = _view(session, team_id, person, theirs)
    client.views_publish(user_id=person, view=view)


def refresh(client: WebClient, database: Database, team_id: str, person: str) -> None:
    """After an act of theirs, which is done whether or not Slack takes this."""
    afterwards(f"the Home of {person}", partial(publish, client, database, team_id, person))


def _view(session: Session, team_id: str, person: str, theirs: set[str]) -> dict[str, Any]:
    of_team = [board for board in boards.every(session) if board.team_id == team_id]
    shown = [_board(session, board, person) for board in of_team if board.channel_id in theirs]
    now = Home(
        boards=shown,
        any_board=bool(of_team),
        wants_nudges=people.wants_nudges(session, team_id, person),
    )
    return home.home(now)


def _board(session: Session, board: Board, person: str) -> BoardAtHome:
    seen = overview(session, board)
    own = {each.number for each in projects.on_board(session, board.id) if each.proposer == person}
    return BoardAtHome(
        channel_id=board.channel_id,
        seen=seen,
        waiting=len(scores.missing_from(session, board, person)),
        proposed=[each for each in seen.ranking.ranked if each.project.id in own],
        steward=board.is_steward(person),
    )
