"""A board's settings: their form, and what a steward submits."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.listeners.guards import require_board, require_steward
from bot.slack.background import run_in_background
from bot.views.blocks import modal
from bot.views.modals import settings
from domain.calendar.cadence import Cadence
from storage.boards import boards, charter_drafts
from storage.boards.boards import Board
from storage.database import Session
from storage.idempotency import Request
from storage.people import people
from storage.planning import roadmaps


def register(app: App) -> None:
    app.view(settings.CALLBACK)(save)


def open_form(client: WebClient, trigger_id: str, board: Board) -> None:
    """Whoever calls has checked who asks; it is checked again when they submit."""
    client.views_open(trigger_id=trigger_id, view=settings.form(_current(board)))


def save(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    with slack_request.transaction() as session:
        board = require_board(session, team_id, settings.channel_of(view))
        require_steward(board, person)
        chosen, cadence = settings.parse(view)
        _require_members(session, team_id, chosen.stewards)
        _require_same_quarters(session, board, cadence)
        boards.change_settings(
            session,
            board,
            cadence=cadence,
            people=chosen.people,
            weeks_away=chosen.weeks_away,
            stewards=chosen.stewards,
            quorum=_quorum(session, board, chosen.quorum, settings.displayed_quorum(view)),
            by=person,
            now=now,
        )
        boards.change_hours(session, board.id, chosen.work_starts, chosen.work_ends)
        changed = boards.get(session, board.id)
    ack()
    _confirm(client, person, changed)


def _require_members(session: Session, team_id: str, stewards: Sequence[str]) -> None:
    """As far as Slack has said who they are: who turns out to be none later does not count."""
    if any(team == team_id for team, _ in people.known_non_members(session, stewards)):
        raise modal.InvalidInput({"stewards": settings.STEWARDS_NOT_MEMBERS})


def _require_same_quarters(session: Session, board: Board, cadence: Cadence) -> None:
    """What was committed to is looked back on when its quarter ends."""
    moved = cadence.fiscal_start != board.cadence.fiscal_start
    if moved and roadmaps.has_commitment(session, board.id):
        raise modal.InvalidInput({"fiscal_start": settings.FISCAL_START_LOCKED})


def _quorum(session: Session, board: Board, entered: int, shown: Any) -> int:
    """The charter's, which the team agrees on, unless they changed what the form showed them."""
    now = board.charter.quorum
    if entered in (shown, now):
        return now
    if shown != now:
        raise modal.InvalidInput({"quorum": settings.quorum_changed(now)})
    draft = charter_drafts.find_open(session, board.id)
    if draft is not None and draft.posted_at is not None:
        raise modal.InvalidInput({"quorum": settings.DRAFT_PENDING})
    return entered


def _current(board: Board) -> settings.CurrentSettings:
    return settings.CurrentSettings(
        channel_id=board.channel_id,
        cadence=board.cadence,
        hours=board.hours,
        people=board.people,
        weeks_away=board.weeks_away,
        quorum=board.charter.quorum,
        stewards=board.stewards,
    )


def _confirm(client: WebClient, person: str, board: Board) -> None:
    """Say what was saved, to them alone. It is saved whether or not Slack takes this."""
    told = settings.saved(_current(board))
    tell = partial(
        client.chat_postEphemeral,
        channel=board.channel_id,
        user=person,
        text=told.text,
        blocks=told.blocks,
    )
    run_in_background(f"what {person} saved", tell)
