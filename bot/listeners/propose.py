"""`/propose` and its form."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

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
    choices = _boards_for(database, client, team_id, channel_id, user_id)
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


def _boards_for(
    database: Database, client: WebClient, team_id: str, channel_id: str, user_id: str
) -> list[tuple[str, str]]:
    """The board of the channel where they type; elsewhere, all boards of which they are members."""
    with database.snapshot() as session:
        here = boards.find(session, team_id, channel_id)
        everywhere = [board for board in boards.every(session) if board.team_id == team_id]
    if here is not None:
        return [(here.channel_id, here.name or here.channel_id)]
    if not everywhere:
        return []
    pages = client.users_conversations(
        user=user_id, types="public_channel,private_channel", exclude_archived=True, limit=999
    )
    theirs = {channel["id"] for page in pages for channel in page["channels"]}
    return [
        (board.channel_id, board.name or board.channel_id)
        for board in everywhere
        if board.channel_id in theirs
    ]
