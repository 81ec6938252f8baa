"""`/propose` and its form."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.access import boards_for
from bot.people import require_member
from bot.refusal import Refusal
from bot.views import propose
from storage import boards, projects
from storage.database import Database

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
    with database.transaction() as session:
        board = boards.find(session, team_id, submission.channel_id)
        if board is None:
            raise Refusal(NO_BOARD)
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
        ack(response_action="update", view=view)
    else:
        ack()
