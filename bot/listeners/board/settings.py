"""Board settings: opening the form, and saving what a steward submits."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.channel_membership import ChannelMembership
from bot.exceptions import NotNow, Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_stewarded_board
from bot.listeners.permissions import members_only
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
    app.view(settings.CALLBACK, middleware=[members_only])(save)


def open_form(client: WebClient, trigger_id: str, board: Board, now: datetime) -> None:
    """Open the settings form. The caller checks the permission, and `save` checks it again."""
    client.views_open(trigger_id=trigger_id, view=settings.form(_current(board, now)))


def save(
    ack: Ack,
    actor: Actor,
    view: dict[str, Any],
    client: WebClient,
    membership: ChannelMembership,
    slack_request: Request,
    now: datetime,
) -> None:
    with slack_request.snapshot() as session:
        board = require_stewarded_board(session, actor, modal.channel_of(view))
    chosen, _cadence = settings.parse(view, _current(board, now))
    new_stewards = [each for each in chosen.stewards if each not in board.stewards]
    _require_in_channel(membership, new_stewards, board.channel_id)
    with slack_request.transaction(actor.board_lock(board.channel_id)) as session:
        board = require_stewarded_board(session, actor, board.channel_id)
        submission, cadence = settings.parse(view, _current(board, now))
        _require_members(session, actor.team_id, submission.stewards)
        _require_same_quarters(session, board, cadence)
        boards.change_settings(
            session,
            board,
            cadence=cadence,
            people=submission.people,
            weeks_away=submission.weeks_away,
            stewards=submission.stewards,
            quorum=_quorum(session, board, submission.quorum, settings.displayed_quorum(view)),
            by=actor.user_id,
            now=now,
        )
        boards.change_hours(session, board.id, submission.work_starts, submission.work_ends)
        if settings.has_pause(view):
            _require_future(board, submission.paused_until, now)
            boards.pause_digests(session, board, submission.paused_until, now)
        saved_board = boards.get(session, board.id)
    ack()
    _confirm(client, actor.user_id, saved_board, now)


def _require_members(session: Session, team_id: str, stewards: Sequence[str]) -> None:
    """Raise InvalidInput if a chosen steward is known not to be a full member.

    Someone whose account type isn't known yet passes. They don't count as a steward if they
    turn out not to be a member.
    """
    if any(team == team_id for team, _ in people.known_non_members(session, stewards)):
        raise modal.InvalidInput({"stewards": settings.STEWARDS_NOT_MEMBERS})


def _require_in_channel(
    membership: ChannelMembership, stewards: Sequence[str], channel_id: str
) -> None:
    """Raise InvalidInput if a chosen steward isn't in the board's channel.

    Slack's menu also offers people outside the channel, who couldn't act as stewards.
    """
    for steward in stewards:
        try:
            membership.require(steward, channel_id)
        except NotNow:
            raise
        except Refusal as refusal:
            raise modal.InvalidInput({"stewards": settings.STEWARDS_NOT_MEMBERS}) from refusal


def _require_future(board: Board, paused_until: date | None, now: datetime) -> None:
    """Raise InvalidInput if a pause would end before it begins."""
    if paused_until is not None and paused_until <= board.cadence.today(now):
        raise modal.InvalidInput({"paused_until": settings.ERRORS["paused_until"]})


def _require_same_quarters(session: Session, board: Board, cadence: Cadence) -> None:
    """Raise InvalidInput if the fiscal year moves although a quarter is committed.

    The retrospective of a committed quarter needs its start and end.
    """
    is_moved = cadence.fiscal_start != board.cadence.fiscal_start
    if is_moved and roadmaps.has_commitment(session, board.id):
        raise modal.InvalidInput(
            {"fiscal_start": settings.fiscal_start_locked(board.cadence.fiscal_start)}
        )


def _quorum(session: Session, board: Board, entered: int, displayed: Any) -> int:
    """Return the quorum to save: the charter's, unless the steward changed the form's value.

    Raise InvalidInput if the charter changed while the form was open, or a charter draft is posted.
    """
    current = board.charter.quorum
    if entered in (displayed, current):
        return current
    if displayed != current:
        raise modal.InvalidInput({"quorum": settings.quorum_changed(current)})
    draft = charter_drafts.find_open(session, board.id)
    if draft is not None and draft.posted_at is not None:
        raise modal.InvalidInput({"quorum": settings.DRAFT_PENDING})
    return entered


def _current(board: Board, now: datetime) -> settings.CurrentSettings:
    return settings.CurrentSettings(
        channel_id=board.channel_id,
        cadence=board.cadence,
        hours=board.hours,
        people=board.people,
        weeks_away=board.weeks_away,
        quorum=board.charter.quorum,
        stewards=board.stewards,
        reveal_after_days=board.charter.reveal_after_days,
        paused_until=board.digests_paused_until if board.is_paused(now) else None,
    )


def _confirm(client: WebClient, person: str, board: Board, now: datetime) -> None:
    """Show the steward what was saved. The settings stay saved if Slack rejects this message."""
    message = settings.saved(_current(board, now))
    send = partial(
        client.chat_postEphemeral,
        channel=board.channel_id,
        user=person,
        text=message.text,
        blocks=message.blocks,
    )
    run_in_background(f"settings confirmation for {person}", send)
