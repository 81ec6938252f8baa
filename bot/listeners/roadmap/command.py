"""`/roadmap`: the ranking and what follows from it, for whoever asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.listeners import toil
from bot.listeners.board.settings import open_form
from bot.listeners.charter import draft
from bot.listeners.guards import parse_number, require_board, require_steward
from bot.listeners.project import outcome
from bot.listeners.roadmap import commit, quarter
from bot.listeners.roadmap.whatif import answer as what_if
from bot.presenters.board_overview import overview
from bot.presenters.project_state import place_of, status_details
from bot.views.blocks.block_kit import Message
from bot.views.parts import help_text, project_state
from bot.views.replies import current_ranking
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Project

STEWARDS_ONLY = ("post", "settings", "commit", "change")


def register(app: App) -> None:
    app.command("/roadmap")(answer)


def answer(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    word, _, rest = " ".join(command.get("text", "").split()).partition(" ")
    with slack_request.snapshot() as session:
        board = require_board(session, command["team_id"], command["channel_id"])
    word = word.lower()
    if word in STEWARDS_ONLY:
        require_member(slack_request.database, client, board.team_id, command["user_id"])
        require_steward(board, command["user_id"])
    trigger_id = command["trigger_id"]
    match word:
        case "settings":
            open_form(client, trigger_id, board)
        case "post":
            respond(quarter.enqueue_roadmap(slack_request, board, now))
        case "commit":
            asked = quarter.parse_quarter(board, rest, now)
            commit.open_form(client, trigger_id, slack_request.database, board, asked, now)
        case "change":
            asked = quarter.parse_quarter(board, rest, now)
            commit.open_change_form(client, trigger_id, slack_request.database, board, asked)
        case "charter":
            message = draft.show(slack_request.database, board, rest, command["user_id"])
            respond(text=message.text, blocks=message.blocks)
        case "mine":
            message = outcome.mine(slack_request.database, board, command["user_id"])
            respond(text=message.text, blocks=message.blocks)
        case reading:
            message = READINGS.get(reading, _unknown)(slack_request.database, board, rest, now)
            respond(text=message.text, blocks=message.blocks)
    ack()


def _ranking(database: Database, board: Board, _rest: str, _now: datetime) -> Message:
    with database.snapshot() as session:
        return current_ranking.ranking(overview(session, board))


def _from(database: Database, board: Board, rest: str, _now: datetime) -> Message:
    """The ranking further down than one message can show."""
    first = parse_number(rest)
    if not first:
        return help_text.roadmap("Say from which rank on: /roadmap from 26.")
    with database.snapshot() as session:
        seen = overview(session, board)
    last = len(seen.in_rank_order)
    if first > last:
        ends = f"The ranking ends at rank {last}." if last else "Nothing is ranked yet."
        return help_text.roadmap(ends)
    return current_ranking.ranking(seen, first)


def _why(database: Database, board: Board, rest: str, _now: datetime) -> Message:
    number = parse_number(rest.removeprefix("#"))
    if number is None:
        return help_text.roadmap("Say which project: /roadmap why 12.")
    with database.snapshot() as session:
        project = projects.find(session, board.id, number)
        if project is None:
            return help_text.roadmap(f"There is no project #{number} on this board.")
        return why(session, board, project)


def why(session: Session, board: Board, project: Project) -> Message:
    """Why it stands where it does, or that it no longer stands anywhere."""
    seen = overview(session, board)
    ranked = seen.ranking.find(project.number)
    if ranked is None:
        return project_state.no_longer_ranked(
            place_of(session, project), status_details(session, board, project)
        )
    return current_ranking.why(seen, ranked)


def _help(_database: Database, _board: Board, _rest: str, _now: datetime) -> Message:
    return help_text.roadmap()


def _unknown(_database: Database, _board: Board, _rest: str, _now: datetime) -> Message:
    return help_text.roadmap("I don't know that word.")


READINGS: dict[str, Callable[[Database, Board, str, datetime], Message]] = {
    "": _ranking,
    "from": _from,
    "why": _why,
    "plan": quarter.plan_reply,
    "retro": quarter.retrospective_reply,
    "export": quarter.export_reply,
    "whatif": what_if,
    "toil": toil.reading,
    "help": _help,
}
