"""`/propose` and its form."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.home_publisher import refresh
from bot.listeners.actor import Actor
from bot.listeners.lookup import name_of, require_board, require_selectable_boards
from bot.listeners.permissions import anyone_in_channel, members_only
from bot.listeners.project.ownership import OwnerCheck
from bot.listeners.slash_command import is_help
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.blocks import modal
from bot.views.data.project_state import ProjectReference
from bot.views.modals import edit, propose
from domain.projects.similarity import find_similar
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Conflict, Created, Elsewhere, Updated

HELP = "`/propose` opens a form. For example: `/propose Retire the last NAT box`."
CHANGED_SINCE_PROPOSED = (
    "You already proposed this as #{number}, and it has changed since. Edit it on its card."
)


def register(app: App) -> None:
    app.command("/propose", middleware=[anyone_in_channel])(open_form)
    app.view(propose.CALLBACK, middleware=[members_only])(submit)


def open_form(
    ack: Ack,
    actor: Actor,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    database: Database,
) -> None:
    """Open the form for full members. Answer `help` to everyone."""
    typed = command.get("text") or ""
    if is_help(typed):
        respond(HELP)
        ack()
        return
    require_member(database, client, actor.team_id, actor.user_id)
    choices = require_selectable_boards(database, client, actor, actor.channel_id)
    elsewhere = actor.channel_id not in dict(choices)
    view = propose.form(typed, choices, elsewhere=elsewhere, initial=propose.long_title(typed))
    client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def submit(
    ack: Ack,
    actor: Actor,
    view: dict[str, Any],
    client: WebClient,
    owner_check: OwnerCheck,
    slack_request: Request,
    now: datetime,
) -> None:
    """Propose a project, unless the form must first show similar ones."""
    submission = propose.parse(view)
    owner_check.require(submission.channel_id, submission.owner)
    origin = view["id"]
    with slack_request.snapshot() as session:
        board = require_board(session, actor, submission.channel_id)
        similar = _unseen_similar(session, board, submission, origin)
    if similar:
        ack(response_action="update", view=_form_with_similar(board, submission, similar))
        return
    with slack_request.transaction(actor.board_lock(submission.channel_id, form=origin)) as session:
        number = _save(session, board, submission, origin, actor.user_id, now)
    if not submission.elsewhere:
        ack()
        return
    title = submission.proposal.title
    confirmation = propose.confirmation(number, title, board.name or board.channel_id)
    ack(response_action="update", view=confirmation)
    refresh(client, slack_request.database, actor.team_id, actor.user_id, now)


def _save(
    session: Session,
    board: Board,
    submission: propose.Submission,
    origin: str,
    person: str,
    now: datetime,
) -> int:
    """Propose or update the form's project, and return its number.

    Raise InvalidInput if the form proposed it on another board, or others have changed it since.
    """
    result = projects.propose_or_update(
        session,
        board.id,
        origin=origin,
        proposer=person,
        proposal=submission.proposal,
        owner=submission.owner,
        describe_changes=edit.changes,
        now=now,
    )
    match result:
        case Created(number) | Updated(number):
            return number
        case Elsewhere(number, board_id):
            other = boards.get(session, board_id)
            name = other.name or other.channel_id
            problem = (
                f"You already proposed this as #{number} in #{name}. To update it, choose that"
                " board."
            )
            raise modal.InvalidInput({propose.BOARD: problem})
        case Conflict(number):
            problem = CHANGED_SINCE_PROPOSED.format(number=number)
            raise modal.InvalidInput({"title": problem})


def _form_with_similar(
    board: Board, submission: propose.Submission, similar: list[ProjectReference]
) -> dict[str, Any]:
    """Return the form with everything that was entered, and the similar projects."""
    return propose.form(
        submission.proposal.title,
        [name_of(board)],
        elsewhere=submission.elsewhere,
        initial=propose.initial_values(submission.proposal, submission.owner),
        similar=similar,
    )


def _unseen_similar(
    session: Session, board: Board, submission: propose.Submission, origin: str
) -> list[ProjectReference]:
    """Return similar open projects, or none if the form has shown all of them.

    Leave out the project that the same form proposed before.
    """
    snapshot = BoardSnapshot(session, board)
    others = [project for project in snapshot.open_projects if project.origin != origin]
    titles = [(project.number, project.proposal.title) for project in others]
    similar = find_similar(submission.proposal.title, titles)[: propose.MAX_SIMILAR]
    if set(similar) <= set(submission.similar):
        return []
    by_number = {project.number: project for project in others}
    return [snapshot.reference(by_number[number]) for number in similar]
