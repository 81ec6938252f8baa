"""`/toil`, its form, and the message shortcut that logs an alert."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import NO_BOARD, parse_number, require_board, selectable_boards
from bot.presenters.toil_ledger import ledger
from bot.slack.background import run_in_background
from bot.views.blocks.block_kit import Message
from bot.views.modals import propose
from bot.views.modals import toil as toil_form
from bot.views.parts import help_text, toil_ledger
from domain.toil.ledger import ToilEntry
from domain.toil.quick_entry import InvalidQuickEntry, parse_quick_entry
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database
from storage.idempotency import Request
from storage.planning import toil

NOT_ON_A_BOARD = "No channel that you are in ranks work yet, so there is no ledger to log it in."


def register(app: App) -> None:
    app.command("/toil")(answer)
    app.shortcut("log_toil")(log_alert)
    app.view(toil_form.CALLBACK)(submit)
    app.action(toil_form.UNDO)(take_back)
    app.action(toil_ledger.PROPOSE)(propose_for)


def answer(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    with slack_request.snapshot() as session:
        board = require_board(session, command["team_id"], command["channel_id"])
    text = command.get("text", "").strip()
    if text.lower() == "help":
        message = help_text.toil()
    elif text.lower() == "list":
        message = reading(slack_request.database, board, "", now)
    else:
        person = command["user_id"]
        require_member(slack_request.database, client, board.team_id, person)
        if not text:
            here = [(board.channel_id, board.name or board.channel_id)]
            client.views_open(trigger_id=command["trigger_id"], view=toil_form.form(here, now))
            ack()
            return
        message = _typed(slack_request, board, text, command["trigger_id"], person, now)
    respond(text=message.text, blocks=message.blocks)
    ack()


def log_alert(
    ack: Ack, shortcut: dict[str, Any], client: WebClient, database: Database, now: datetime
) -> None:
    """Alerts often come into a channel of their own: the board is then chosen in the form."""
    team_id, person = shortcut["team"]["id"], shortcut["user"]["id"]
    require_member(database, client, team_id, person)
    channel_id = shortcut["channel"]["id"]
    choices = selectable_boards(database, client, team_id, channel_id, person)
    if not choices:
        raise Refusal(NOT_ON_A_BOARD)
    alert = toil_form.alert(channel_id, shortcut["message"])
    client.views_open(trigger_id=shortcut["trigger_id"], view=toil_form.form(choices, now, alert))
    ack()


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    submission = toil_form.parse(view, now)
    require_member(slack_request.database, client, team_id, person)
    with slack_request.snapshot() as session:
        board = boards.find(session, team_id, submission.channel_id)
    if board is None:
        raise Refusal(NO_BOARD)
    origin = submission.message_key or f"form:{view['id']}"
    message = _log(slack_request, board, submission.entry, origin, person)
    ack(response_action="update", view=toil_form.result_modal(message, board.channel_id))


def take_back(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
) -> None:
    """Whoever wrote a line may strike it out, from the answer that they got to it."""
    person, view = body["user"]["id"], body.get("view")
    require_member(slack_request.database, client, body["team"]["id"], person)
    channel_id = toil_form.channel_of(view) if view else body["channel"]["id"]
    with slack_request.transaction() as session:
        board = require_board(session, body["team"]["id"], channel_id)
        line = parse_number(action["value"])
        struck = line is not None and toil.delete_entry(session, board.id, line, person)
    message = toil_form.removed(struck=struck)
    if view:
        ack()
        told = toil_form.result_modal(message, channel_id)
        run_in_background(
            f"what {person} took back", partial(client.views_update, view_id=view["id"], view=told)
        )
    else:
        respond(text=message.text, blocks=message.blocks, replace_original=True)
        ack()


def propose_for(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """The form to propose what would remove a source, filled in with how often it comes."""
    require_member(database, client, body["team"]["id"], body["user"]["id"])
    source = action["value"]
    with database.snapshot() as session:
        board = require_board(session, body["team"]["id"], body["channel"]["id"])
        times = toil.count_last_month(session, board.id, source, now)
    view = propose.form(
        f"No more toil from {source}",
        [(board.channel_id, board.name or board.channel_id)],
        initial={"toil_source": source, "toil_per_month": str(max(1, times))},
    )
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def reading(database: Database, board: Board, _rest: str, now: datetime) -> Message:
    """`/roadmap toil`, for whoever asks."""
    tomorrow = board.hours.to_local(now).date() + timedelta(days=1)
    with database.snapshot() as session:
        return toil_ledger.reply(ledger(session, board, tomorrow), board.name or board.channel_id)


def _typed(
    slack_request: Request, board: Board, text: str, trigger_id: str, person: str, now: datetime
) -> Message:
    try:
        entry = parse_quick_entry(text, board.hours, now)
    except InvalidQuickEntry as error:
        return help_text.toil(str(error))
    return _log(slack_request, board, entry, f"command:{trigger_id}", person)


def _log(
    slack_request: Request, board: Board, entry: ToilEntry, origin: str, person: str
) -> Message:
    with slack_request.transaction() as session:
        written = toil.log(session, board, entry, origin=origin, by=person)
        if written is None:
            written = toil.correct(session, board, entry, origin=origin, by=person)
    if written is None:
        return toil_form.already_logged()
    started = board.hours.to_local(entry.started_at)
    return toil_form.logged(
        entry, started, written, out_of_hours=board.hours.is_out_of_hours(entry.started_at)
    )
