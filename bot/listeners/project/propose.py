"""`/propose` and its form."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import selectable_boards
from bot.listeners.home_publisher import refresh
from bot.listeners.project import edit
from bot.presenters.project_state import open_places
from bot.views.blocks import modal
from bot.views.data.project_state import ProjectReference
from bot.views.modals import propose
from domain.projects.proposal import Proposal
from domain.projects.similarity import find_similar
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import projects

NO_BOARD = (
    "No channel that you are in ranks work yet. In your team's channel, type `/invite @Needle`,"
    " then `/propose` again."
)


def register(app: App) -> None:
    app.command("/propose")(open_form)
    app.view(propose.CALLBACK)(submit)


def open_form(ack: Ack, command: dict[str, Any], client: WebClient, database: Database) -> None:
    team_id, user_id = command["team_id"], command["user_id"]
    require_member(database, client, team_id, user_id)
    channel_id = command["channel_id"]
    choices = selectable_boards(database, client, team_id, channel_id, user_id)
    if not choices:
        raise Refusal(NO_BOARD)
    elsewhere = channel_id not in dict(choices)
    view = propose.form(command.get("text", ""), choices, elsewhere=elsewhere)
    client.views_open(trigger_id=command["trigger_id"], view=view)
    ack()


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, user_id = body["team"]["id"], body["user"]["id"]
    submission = propose.parse(view)
    require_member(slack_request.database, client, team_id, user_id)
    origin = view["id"]
    with slack_request.snapshot() as session:
        board = boards.find(session, team_id, submission.channel_id)
        if board is None:
            raise Refusal(NO_BOARD)
        similar = _similar(session, board, submission, origin)
    if similar:
        ack(response_action="update", view=_asking_again(board, submission, similar))
        return
    with slack_request.transaction() as session:
        number = _put(session, board, submission.proposal, origin, user_id, now)
    if not submission.elsewhere:
        ack()
        return
    title = submission.proposal.title
    shown = propose.confirmation(number, title, board.name or board.channel_id)
    ack(response_action="update", view=shown)
    refresh(client, slack_request.database, team_id, user_id)


def _put(
    session: Session, board: Board, proposal: Proposal, origin: str, person: str, now: datetime
) -> int:
    """Its number. A form can be sent again if its answer came too late: it has one project, of
    which it says the newest.
    """
    _require_nowhere_else(session, board, origin)
    number = projects.find_number_by_origin(session, board.id, origin)
    if number is not None:
        edit.correct(session, board, number, proposal, person, now)
        return number
    return projects.propose(
        session, board.id, origin=origin, proposer=person, proposal=proposal, now=now
    )


def _require_nowhere_else(session: Session, board: Board, origin: str) -> None:
    for other in boards.list_all(session):
        number = projects.find_number_by_origin(session, other.id, origin)
        if number is not None and other.id != board.id:
            name = other.name or other.channel_id
            raise modal.InvalidInput({propose.BOARD: f"It is #{number} in #{name} already."})


def _asking_again(
    board: Board, submission: propose.Submission, similar: list[ProjectReference]
) -> dict[str, Any]:
    """The form with all that was typed, and what is much the same."""
    return propose.form(
        submission.proposal.title,
        [(board.channel_id, board.name or board.channel_id)],
        elsewhere=submission.elsewhere,
        initial=propose.initial_values(submission.proposal),
        similar=similar,
    )


def _similar(
    session: Session, board: Board, submission: propose.Submission, origin: str
) -> list[ProjectReference]:
    """Open projects that say much the same, but its own, unless the form showed them already."""
    own = projects.find_number_by_origin(session, board.id, origin)
    places = {each.number: each for each in open_places(session, board, besides=own)}
    titles = [(number, each.title) for number, each in places.items()]
    found = find_similar(submission.proposal.title, titles)[: propose.MAX_SIMILAR]
    return [] if set(found) <= set(submission.similar) else [places[number] for number in found]
