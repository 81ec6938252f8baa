"""Committing to a quarter, and changing what it holds afterwards: stewards do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board, require_steward
from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.views.blocks.formatting import quantity, weeks
from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from bot.views.modals import commit
from domain.calendar.quarter import Quarter
from domain.planning.commitment import Commitment, CommittedProject
from domain.planning.plan import Plan
from domain.ranking.ranking import RankedProject
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.planning import roadmaps

ALREADY = (
    "{quarter} is committed already, by {by}. What comes in or goes out now is a change:"
    " `/roadmap change {key}`."
)
NOT_YET = "{quarter} is not committed to yet: `/roadmap commit {key}`."
NO_QUARTER = "The fiscal year has been moved since: open this form once more."
SHOWN_SOON = "The roadmap in the channel shows it in a moment."
SHOWN_LATER = "The channel has no roadmap of that quarter yet: `/roadmap post` posts it now."


def register(app: App) -> None:
    app.view(commit.COMMIT)(submit)
    app.view(commit.CHANGE)(submit_change)


def open_form(
    client: WebClient,
    trigger_id: str,
    database: Database,
    board: Board,
    quarter: Quarter,
    now: datetime,
) -> None:
    """Whoever calls has checked who asks; it is checked again when they submit."""
    with database.snapshot() as session:
        _require_open(session, board, quarter, now)
        seen = overview(session, board)
        plan = quarters.planned(session, board, seen, quarter, now)
    if not plan.planned and not plan.left_out and not plan.carried_over:
        raise Refusal("There is nothing to commit to: no project with an effort is ranked yet.")
    view = commit.form(seen, _about(board, quarter), plan)
    client.views_open(trigger_id=trigger_id, view=view)


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """Ranked anew: the snapshot says how things stand now, whatever the form showed."""
    team_id, person = body["team"]["id"], body["user"]["id"]
    require_member(slack_request.database, client, team_id, person)
    with slack_request.transaction() as session:
        board, quarter = _meant(session, view, team_id, person)
        _require_open(session, board, quarter, now)
        seen = overview(session, board)
        plan = quarters.planned(session, board, seen, quarter, now)
        items = _items(seen, plan, commit.parse_commit(view))
        commitment = Commitment(
            capacity=quarters.with_carried(plan.capacity, items),
            charter_version=board.charter_version,
            committed_by=person,
            committed_at=now,
            projects=tuple(items),
        )
        if not roadmaps.commit(session, board, quarter, commitment):
            raise Refusal(_already(quarter, person))
        posted = quarters.is_posted(session, board, quarter)
    told = [
        f"{quarter.label} is committed: {quantity(len(items), 'project', 'projects')},"
        f" {weeks(round(sum(item.effort_weeks for item in items), 1))}.",
        SHOWN_SOON if posted else SHOWN_LATER,
    ]
    ack(response_action="update", view=commit.result("Committed", told))


def open_change_form(
    client: WebClient, trigger_id: str, database: Database, board: Board, quarter: Quarter
) -> None:
    with database.snapshot() as session:
        held, others = _held_and_others(session, board, quarter)
        seen = overview(session, board)
    if not held and not others:
        raise Refusal("There is no open project that could come in or go out.")
    view = commit.change_form(seen, _about(board, quarter), held, others)
    client.views_open(trigger_id=trigger_id, view=view)


def submit_change(
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
        board, quarter = _meant(session, view, team_id, person)
        asked = commit.parse_change(view)
        held, others = _held_and_others(session, board, quarter)
        roadmaps.change(
            session,
            board,
            quarter,
            taken_in=_known(asked.added, others, "can't come in: it is there, or closed"),
            taken_out=_known(asked.removed, held, "can't go out: it is not there any more"),
            reason=asked.reason,
            by=person,
            now=now,
        )
        posted = quarters.is_posted(session, board, quarter)
    told = [f"{quarter.label} is changed.", SHOWN_SOON if posted else SHOWN_LATER]
    ack(response_action="update", view=commit.result("Changed", told))


def _meant(
    session: Session, view: dict[str, Any], team_id: str, person: str
) -> tuple[Board, Quarter]:
    """The board and the quarter of a form, for a steward."""
    known = commit.metadata_of(view)
    board = require_board(session, team_id, known.get("channel", ""))
    require_steward(board, person)
    key = known.get("quarter", "")
    try:
        quarter = Quarter.from_key(key, board.cadence.fiscal_start)
    except ValueError as error:
        raise Refusal(NO_QUARTER) from error
    if quarter.key != key:
        raise Refusal(NO_QUARTER)
    return board, quarter


def _require_open(session: Session, board: Board, quarter: Quarter, now: datetime) -> None:
    """Not yet committed to, and not over."""
    before = roadmaps.find(session, board.id, quarter)
    if before is not None:
        raise Refusal(_already(quarter, before.committed_by))
    if quarter.end < board.cadence.today(now):
        raise Refusal(f"{quarter.label} is over. `/roadmap commit next` is for the one to come.")


def _already(quarter: Quarter, by: str) -> str:
    return ALREADY.format(quarter=quarter.label, by=someone(by), key=quarter)


def _items(seen: Overview, plan: Plan, wanted: Sequence[str]) -> list[CommittedProject]:
    """The chosen projects in rank order, those that are carried over first."""
    open_ones = {f"{each.candidate.id}": each for each in seen.ranking.projects}
    items = []
    for number in wanted:
        ranked = open_ones.get(number)
        if ranked is None:
            raise Refusal("A project that was chosen is no longer open: begin anew.")
        items.append(_item(ranked, plan))
    return sorted(items, key=lambda item: (not item.carried_over, item.rank or 0, item.number))


def _item(ranked: RankedProject, plan: Plan) -> CommittedProject:
    number = ranked.candidate.id
    left = plan.carried_over.get(number)
    effort = ranked.candidate.effort_weeks if left is None else left
    if effort is None or (ranked.rank is None and left is None):
        why = "has no effort" if effort is None else "has no rank"
        raise Refusal(f"#{number} {why} now, so it can't be committed to: `/roadmap why {number}`.")
    return CommittedProject(
        number=number,
        rank=ranked.rank,
        needle=ranked.needle,
        effort_weeks=effort,
        impact=ranked.impact,
        carried_over=left is not None,
    )


def _held_and_others(
    session: Session, board: Board, quarter: Quarter
) -> tuple[list[int], list[int]]:
    """The open projects that the quarter holds, and those that it does not, in list order."""
    commitment = roadmaps.find(session, board.id, quarter)
    if commitment is None:
        raise Refusal(NOT_YET.format(quarter=quarter.label, key=quarter))
    ranking = overview(session, board).ranking
    open_ones = [each.candidate.id for each in ranking.projects]
    held = set(commitment.current_numbers)
    return (
        [number for number in open_ones if number in held],
        [number for number in open_ones if number not in held],
    )


def _known(numbers: Sequence[str], offered: Sequence[int], why: str) -> list[int]:
    by_text = {f"{number}": number for number in offered}
    for number in numbers:
        if number not in by_text:
            shown = f"#{number}" if number.isdecimal() and len(number) < 10 else "That project"
            raise Refusal(f"{shown} {why}.")
    return [by_text[number] for number in numbers]


def _about(board: Board, quarter: Quarter) -> commit.BoardQuarter:
    return commit.BoardQuarter(board.channel_id, quarter.key, quarter.label)
