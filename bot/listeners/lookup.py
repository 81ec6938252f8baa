"""Lookups of the boards and projects that a request names."""

from typing import Any

from slack_sdk import WebClient

from bot.exceptions import NoBoard, Refusal
from bot.listeners.actor import Actor
from bot.listeners.parsing import parse_number
from bot.listeners.permissions import require_steward
from bot.slack.answers.channels import channels_of
from bot.slack.conversations import is_direct_message
from bot.views.parts.project_state import STATUS_PHRASES
from domain.formatting import join_with_or
from storage.boards import boards, channel_members
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.projects import projects
from storage.projects.projects import Project

PROJECT_GONE = "I can't find that project. `/roadmap list` shows this board's projects."
NO_BOARD_HERE = "This channel doesn't use Needle yet. Type `/invite @Needle` to start."
NOT_IN_DIRECT_MESSAGES = "That doesn't work in a direct message."
OTHER_WORKSPACE = (
    "I rank the projects of another workspace. Use this command in a channel of that workspace."
)
MAX_CHANNELS = 3  # named in an answer
NO_BOARD_ANYWHERE = (
    "None of your channels uses Needle yet. Type `/invite @Needle` in your team's channel, then try"
    " again."
)


def require_board(session: Session, actor: Actor, channel_id: Any = None) -> Board:
    """Return the board of a channel, by default of the channel where the person is.

    Raise Refusal if the channel has no board, or if the board is paused.
    """
    channel_id = actor.channel_id if channel_id is None else str(channel_id)
    board = boards.find(session, actor.team_id, channel_id)
    if board is None:
        raise Refusal(NO_BOARD_HERE)
    require_active(board)
    return board


def require_active(board: Board) -> None:
    """Raise Refusal if the board is paused because another store posted in its channel."""
    if board.has_conflict:
        raise Refusal(pause_notice(board))


def pause_notice(board: Board) -> str:
    """Return the answer to any command or button on a paused board."""
    return (
        "I paused this board, because another Needle database posted in this channel. To end the"
        f" pause, whoever runs Needle must run `needle adopt {board.channel_id}` or `needle remove"
        f" board {board.channel_id}`."
    )


def require_stewarded_board(session: Session, actor: Actor, channel_id: Any = None) -> Board:
    """Return the board of a channel for one of its stewards. Raise Refusal for others."""
    board = require_board(session, actor, channel_id)
    require_steward(board, actor)
    return board


def find_project(session: Session, board: Board, reference: Any) -> Project | None:
    """Return a board's project by its permanent id or its number, or None if there is none.

    People type numbers. Buttons and forms have permanent ids, or numbers if an earlier version
    posted them: `known_posts` has checked that their message is one of this store's posts.
    """
    number = parse_number(reference)
    if number is not None:
        return projects.find(session, board.id, number)
    return projects.find_by_permanent_id(session, board.id, str(reference))


def require_project(session: Session, board: Board, reference: Any) -> Project:
    """Return a board's project by its permanent id or its number. Raise Refusal if none has it."""
    project = find_project(session, board, reference)
    if project is None:
        raise Refusal(PROJECT_GONE)
    return project


def no_board(session: Session, actor: Actor, command: dict[str, Any]) -> NoBoard:
    """Return the refusal of a command outside a board's channel, with the person's own boards.

    The boards come from the database, not from Slack, so that this works in an outage too.
    """
    if command.get("team_id") not in (None, actor.team_id):
        return NoBoard(OTHER_WORKSPACE)
    channel_ids = channel_members.boards_of(session, actor.team_id, actor.user_id)
    channels = [f"<#{channel_id}>" for channel_id in channel_ids[:MAX_CHANNELS]]
    own_boards = f" You can use this command in {join_with_or(channels)}." if channels else ""
    if is_direct_message(actor.channel_id, command.get("channel_name") or ""):
        return NoBoard(f"{NOT_IN_DIRECT_MESSAGES}{own_boards}" if channels else NO_BOARD_ANYWHERE)
    return NoBoard(f"{NO_BOARD_HERE}{own_boards}")


def require_selectable_boards(
    database: Database, client: WebClient, actor: Actor, channel_id: str
) -> list[tuple[str, str]]:
    """Return the boards that a form offers, as pairs of channel id and name.

    This is the channel's own board, or else every board whose channel the person is in. Raise
    Refusal if there is none, or if the channel's own board is paused.
    """
    with database.snapshot() as session:
        board = boards.find(session, actor.team_id, channel_id)
        in_team = [
            item
            for item in boards.list_all(session)
            if item.team_id == actor.team_id and not item.has_conflict
        ]
    if board is not None:
        require_active(board)
        return [name_of(board)]
    joined = channels_of(client, actor.user_id) if in_team else set()
    selectable = [name_of(item) for item in in_team if item.channel_id in joined]
    if not selectable:
        raise Refusal(NO_BOARD_ANYWHERE)
    return selectable


def name_of(board: Board) -> tuple[str, str]:
    """Return a board's channel id and name. Until Slack returns the name, it is the id."""
    return board.channel_id, board.name or board.channel_id


def number_and_status(project: Project) -> str:
    """Return a phrase such as "#12 has shipped", which starts a refusal."""
    return f"#{project.number} {STATUS_PHRASES[project.status]}"
