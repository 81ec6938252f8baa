"""`/propose` and its form."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.home import refresh
from bot.listeners.access import boards_for
from bot.lives import open_places
from bot.people import require_member
from bot.refusal import Refusal
from bot.views import propose
from bot.views.state import Place
from storage import boards, projects
from storage.boards import Board
from storage.database import Database, Session
from values.similarity import alike

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
    choices = boards_for(database, client, team_id, channel_id, user_id)
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
    database: Database,
    now: datetime,
) -> None:
    team_id, user_id = body["team"]["id"], body["user"]["id"]
    submission = propose.parse(view)
    require_member(database, client, team_id, user_id)
    with database.snapshot() as session:
        board = boards.find(session, team_id, submission.channel_id)
        if board is None:
            raise Refusal(NO_BOARD)
        similar = _similar(session, board, submission, origin=view["id"])
    if similar:
        ack(response_action="update", view=_asking_again(board, submission, similar))
        return
    with database.transaction() as session:
        number = projects.propose(
            session,
            board.id,
            origin=view["id"],
            proposer=user_id,
            proposal=submission.proposal,
            now=now,
        )
    if submission.elsewhere:
        title = submission.proposal.title
        view = propose.proposed(number, title, board.name or board.channel_id)
        refresh(client, database, team_id, user_id)
        ack(response_action="update", view=view)
    else:
        ack()


def _asking_again(
    board: Board, submission: propose.Submission, similar: list[Place]
) -> dict[str, Any]:
    """The form with all that was typed, and what is much the same."""
    return propose.form(
        submission.proposal.title,
        [(board.channel_id, board.name or board.channel_id)],
        elsewhere=submission.elsewhere,
        filled=propose.filled_from(submission.proposal),
        alike=similar,
    )


def _similar(
    session: Session, board: Board, submission: propose.Submission, *, origin: str
) -> list[Place]:
    """Open projects that say much the same, unless the form showed them already."""
    if projects.proposed_as(session, board.id, origin) is not None:
        return []
    places = {each.number: each for each in open_places(session, board)}
    titles = [(number, each.title) for number, each in places.items()]
    found = alike(submission.proposal.title, titles)[: propose.ALIKE_SHOWN]
    return [] if set(found) <= set(submission.alike) else [places[number] for number in found]
