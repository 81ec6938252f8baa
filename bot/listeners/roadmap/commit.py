"""Stewards' forms that commit to a quarter and change a committed quarter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_stewarded_board
from bot.listeners.parsing import closest, split_value
from bot.listeners.permissions import members_only
from bot.listeners.roadmap.quarter import parse_quarter
from bot.listeners.roadmap.ranked_write import compute_and_write
from bot.listeners.slash_command import Invocation
from bot.presenters import quarters
from bot.presenters.board_overview import overview_with_closed
from bot.presenters.board_snapshot import BoardSnapshot
from bot.slack.background import run_in_background
from bot.slack.views import replace_view
from bot.views.blocks import modal
from bot.views.blocks.formatting import quantity, weeks
from bot.views.data.board_overview import Overview
from bot.views.data.people import someone
from bot.views.modals import commit
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Budget
from domain.planning.commitment import Commitment, CommittedProject, commit_project
from domain.planning.plan import Plan
from domain.ranking.ranking import RankedProject
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject, RoadmapChangeSubject
from storage.tables import PostKind

NOTHING_RANKED = (
    "There is nothing to commit to: no project is ranked yet. `/roadmap` shows what to do next."
)
NO_ESTIMATES = (
    "There is nothing to commit to: no ranked project has an effort estimate. Add estimates with"
    " ⋯ → *Edit* on the cards."
)
ALREADY_COMMITTED = (
    "{by} already committed the {quarter} roadmap. To add or remove projects:"
    " `/roadmap change {key}`."
)
NOT_COMMITTED = (
    "The {quarter} roadmap isn't committed. `/roadmap commit` commits the roadmap of this quarter"
    " or the next."
)
QUARTER_MOVED = (
    "Someone changed the start of the fiscal year after you opened this form. Open the form again."
)
REDRAWN_SOON = "I'll update the roadmap in the channel in a moment."
REDRAWN_AND_TOLD = (
    "I'll update the roadmap in the channel in a moment, and list the changes in its thread."
)
NOT_POSTED = "The roadmap isn't posted in the channel yet."
POSTED_SOON = "I'll post the {quarter} roadmap in a moment."
ANNOUNCED_SOON = "I'll tell the channel in a moment."
UNDONE = "You undid the {quarter} commit. If the roadmap is posted, I'll update it to say so."
CANT_UNDO = (
    "I can't undo the {quarter} commit: someone has changed or undone it since. To add or remove"
    " projects: `/roadmap change {key}`."
)

NOTHING_TO_CHANGE = (
    "No project is open, so there is nothing to change. Propose one with `/propose`."
)
CANT_UNDO_LATER = (
    "{quarter} is over, so you can't undo its commit. To add or remove projects:"
    " `/roadmap change {key}`."
)


def register(app: App) -> None:
    app.view(commit.COMMIT, middleware=[members_only])(submit)
    app.view(commit.CHANGE, middleware=[members_only])(submit_change)
    for action_id in (*commit.CHOICES, *commit.CHANGES):
        app.action(action_id, middleware=[members_only])(redraw)
    for action_id in BUTTONS:
        app.action(action_id, middleware=[members_only])(press_button)


def open_form(invocation: Invocation) -> None:
    """Open the commit form. `submit` checks the permission again."""
    board, now = invocation.board, invocation.now
    quarter = parse_quarter(board, invocation.text, now)
    with invocation.request.snapshot() as session:
        _require_open(session, board, quarter, now)
        snapshot = BoardSnapshot(session, board)
        current = overview_with_closed(snapshot)
        plan = quarters.planned(snapshot, current.ranking, quarter, now)
    if not plan.planned and not plan.left_out and not plan.carried_over:
        raise Refusal(NO_ESTIMATES if current.in_rank_order else NOTHING_RANKED)
    view = commit.form(current, _about(board, quarter), plan)
    invocation.client.views_open(trigger_id=invocation.actor.trigger_id, view=view)


@dataclass(frozen=True)
class _PlannedCommit:
    """A commit that a form asks for, with the plan that it follows from."""

    board: Board
    quarter: Quarter
    plan: Plan
    items: tuple[CommittedProject, ...]


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    """Commit to the chosen projects, ranked as of now, whatever the form showed."""

    def store(session: Session, planned: _PlannedCommit) -> tuple[_PlannedCommit, bool]:
        board, quarter = planned.board, planned.quarter
        commitment = Commitment(
            capacity=planned.plan.capacity,
            charter_version=board.charter_version,
            committed_by=actor.user_id,
            committed_at=now,
            projects=planned.items,
        )
        if not roadmaps.commit(session, board, quarter, commitment):
            raise Refusal(_already_committed(quarter, actor.user_id))
        return planned, quarters.is_posted(session, board, quarter)

    plan = partial(_planned_commit, view=view, actor=actor, now=now)
    planned, is_posted = compute_and_write(
        slack_request, actor, modal.channel_of(view), now, plan, store
    )
    board, quarter, items = planned.board, planned.quarter, planned.items
    about = _about(board, quarter)
    confirmation = [
        f"The {quarter.label} roadmap is committed: {quantity(len(items), 'project', 'projects')},"
        f" {weeks(_committed_weeks(planned.plan, items))}.",
        REDRAWN_SOON if is_posted else NOT_POSTED,
    ]
    next_step = (
        commit.announce_button(about)
        if is_posted
        else commit.post_button(about, board.name or board.channel_id)
    )
    buttons = [next_step, commit.undo_button(about)]
    ack(response_action="update", view=commit.result("Committed", about, confirmation, buttons))


def _planned_commit(
    session: Session, *, view: dict[str, Any], actor: Actor, now: datetime
) -> _PlannedCommit:
    board, quarter = _require_form_quarter(session, view, actor)
    _require_open(session, board, quarter, now)
    snapshot = BoardSnapshot(session, board)
    current = overview_with_closed(snapshot)
    plan = quarters.planned(snapshot, current.ranking, quarter, now)
    return _PlannedCommit(
        board, quarter, plan, tuple(_items(current, plan, commit.parse_commit(view)))
    )


def _committed_weeks(plan: Plan, items: Sequence[CommittedProject]) -> float:
    return Budget.of(plan.capacity, [item.effort_weeks for item in items], []).committed


def redraw(
    ack: Ack,
    actor: Actor,
    current_view: dict[str, Any],
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    """Redraw a form with the capacity that the projects chosen so far leave."""
    redrawn_form = REDRAWN_FORMS[current_view["callback_id"]]
    with database.snapshot() as session:
        board, quarter = _require_form_quarter(session, current_view, actor)
        view = redrawn_form(session, board, quarter, now, current_view)
    replace_view(client, current_view, view)
    ack()


def _redrawn_commit_form(
    session: Session, board: Board, quarter: Quarter, now: datetime, view: dict[str, Any]
) -> dict[str, Any]:
    snapshot = BoardSnapshot(session, board)
    current = overview_with_closed(snapshot)
    plan = quarters.planned(snapshot, current.ranking, quarter, now)
    numbers = current.numbers_of(commit.parse_commit(view))
    chosen = {number for number in numbers if number is not None}
    return commit.form(current, _about(board, quarter), plan, chosen)


def _redrawn_change_form(
    session: Session, board: Board, quarter: Quarter, now: datetime, view: dict[str, Any]
) -> dict[str, Any]:
    return _change_form(session, board, quarter, now, commit.entered_change(view))


# The forms that are redrawn while they are filled in, by callback id.
REDRAWN_FORMS: Mapping[
    str, Callable[[Session, Board, Quarter, datetime, dict[str, Any]], dict[str, Any]]
] = {commit.COMMIT: _redrawn_commit_form, commit.CHANGE: _redrawn_change_form}


def press_button(
    ack: Ack,
    actor: Actor,
    action: dict[str, Any],
    current_view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """Do what a button of the confirmation says, and show the result in its place."""
    with slack_request.transaction(actor.board_lock(split_value(action)[0])) as session:
        board, quarter = _require_button_quarter(session, action, actor)
        title, text = BUTTONS[action["action_id"]](session, board, quarter, actor, now)
        can_undo = _can_undo(session, board, quarter, now)
    _show_result(client, current_view, _about(board, quarter), title, text, can_undo=can_undo)
    ack()


def _post_roadmap(
    session: Session, board: Board, quarter: Quarter, _actor: Actor, _now: datetime
) -> tuple[str, str]:
    """Queue the committed roadmap, unless it waits already."""
    _enqueue_again(session, board, PostKind.ROADMAP, quarter)
    return "Committed", POSTED_SOON


def _announce(
    session: Session, board: Board, quarter: Quarter, _actor: Actor, _now: datetime
) -> tuple[str, str]:
    """Queue a reply in the roadmap's thread that the channel sees too, if the roadmap is posted."""
    if not quarters.is_posted(session, board, quarter):
        return "Committed", NOT_POSTED
    _enqueue_again(session, board, PostKind.ROADMAP_ANNOUNCEMENT, quarter)
    return "Committed", ANNOUNCED_SOON


def _undo(
    session: Session, board: Board, quarter: Quarter, actor: Actor, now: datetime
) -> tuple[str, str]:
    """Undo a commit that nobody has changed since, until its quarter is over."""
    if _is_over(board, quarter, now):
        raise Refusal(CANT_UNDO_LATER.format(quarter=quarter.label, key=quarter))
    if not roadmaps.undo(session, board, quarter, by=actor.user_id, now=now):
        raise Refusal(CANT_UNDO.format(quarter=quarter.label, key=quarter))
    return "Undone", UNDONE


# What the buttons of a confirmation do. Each returns the title and the text of the next one.
BUTTONS: Mapping[str, Callable[[Session, Board, Quarter, Actor, datetime], tuple[str, str]]] = {
    commit.POST: _post_roadmap,
    commit.ANNOUNCE: _announce,
    commit.UNDO: _undo,
}


def _can_undo(session: Session, board: Board, quarter: Quarter, now: datetime) -> bool:
    """Return whether `_undo` would undo the commit."""
    commitment = roadmaps.find(session, board.id, quarter)
    is_unchanged = commitment is not None and not commitment.changes
    return is_unchanged and not _is_over(board, quarter, now)


def _is_over(board: Board, quarter: Quarter, now: datetime) -> bool:
    return quarter < board.cadence.quarter(now)


def _enqueue_again(session: Session, board: Board, kind: PostKind, quarter: Quarter) -> None:
    """Queue a post about a quarter, also if an earlier one is posted."""
    subject = QuarterSubject(quarter.key)
    last = outbox.latest(session, board.id, kind, subject)
    if last is None or not last.is_pending:
        edition = last.edition + 1 if last else 1
        outbox.enqueue(session, board.id, kind, subject, edition=edition)


def _show_result(
    client: WebClient,
    current_view: dict[str, Any],
    about: commit.BoardQuarter,
    title: str,
    text: str,
    *,
    can_undo: bool,
) -> None:
    """Replace the modal whose button was pressed. What was stored stays if Slack rejects this."""
    buttons = [commit.undo_button(about)] if can_undo else []
    view = commit.result(title, about, [text.format(quarter=about.label)], buttons)
    show = partial(replace_view, client, current_view, view)
    run_in_background("a commit confirmation", show)


def open_change_form(invocation: Invocation) -> None:
    """Open the form that changes a committed quarter. `submit_change` checks permission again."""
    board = invocation.board
    quarter = parse_quarter(board, invocation.text, invocation.now)
    with invocation.request.snapshot() as session:
        nothing = commit.ChangeSubmission()
        view = _change_form(session, board, quarter, invocation.now, nothing)
    invocation.client.views_open(trigger_id=invocation.actor.trigger_id, view=view)


def _change_form(
    session: Session,
    board: Board,
    quarter: Quarter,
    now: datetime,
    entered: commit.ChangeSubmission,
) -> dict[str, Any]:
    """Return the change form with what is entered. Raise Refusal if there is nothing to change."""
    commitment = _require_committed(session, board, quarter)
    snapshot = BoardSnapshot(session, board)
    current = overview_with_closed(snapshot)
    if not current.ranking.projects:
        raise Refusal(NOTHING_TO_CHANGE)
    return commit.change_form(
        current,
        _about(board, quarter),
        commitment,
        quarters.carried_over(snapshot, quarter),
        entered,
        weeks_left=quarter.weeks_left(board.cadence.today(now)),
        can_undo=_can_undo(session, board, quarter, now),
    )


@dataclass(frozen=True)
class _PlannedChange:
    """A change of a roadmap that a form asks for."""

    board: Board
    quarter: Quarter
    added: tuple[CommittedProject, ...]
    removed: tuple[int, ...]


def submit_change(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    change = commit.parse_change(view)

    def store(session: Session, planned: _PlannedChange) -> tuple[_PlannedChange, bool]:
        board, quarter = planned.board, planned.quarter
        change_id = roadmaps.change(
            session,
            board,
            quarter,
            added=planned.added,
            removed=planned.removed,
            reason=change.reason,
            by=actor.user_id,
            now=now,
        )
        is_posted = quarters.is_posted(session, board, quarter)
        if is_posted:
            subject = RoadmapChangeSubject(change_id)
            outbox.enqueue(session, board.id, PostKind.ROADMAP_CHANGE, subject)
        return planned, is_posted

    plan = partial(_planned_change, view=view, actor=actor, change=change)
    planned, is_posted = compute_and_write(
        slack_request, actor, modal.channel_of(view), now, plan, store
    )
    board, quarter = planned.board, planned.quarter
    about = _about(board, quarter)
    confirmation = [
        f"The {quarter.label} roadmap has changed.",
        REDRAWN_AND_TOLD if is_posted else NOT_POSTED,
    ]
    buttons = [] if is_posted else [commit.post_button(about, board.name or board.channel_id)]
    ack(response_action="update", view=commit.result("Changed", about, confirmation, buttons))


def _planned_change(
    session: Session, *, view: dict[str, Any], actor: Actor, change: commit.ChangeSubmission
) -> _PlannedChange:
    board, quarter = _require_form_quarter(session, view, actor)
    commitment = _require_committed(session, board, quarter)
    snapshot = BoardSnapshot(session, board)
    current = overview_with_closed(snapshot)
    committed, others = commitment.split(current.ranking)
    carried_over = quarters.carried_over(snapshot, quarter)
    added = _require_listed(
        current.numbers_of(change.added),
        others,
        "is already in the roadmap, or closed, so I can't add it",
    )
    removed = _require_listed(
        current.numbers_of(change.removed),
        committed,
        "isn't in the roadmap anymore, so I can't remove it",
    )
    return _PlannedChange(
        board,
        quarter,
        added=tuple(commitment.as_added(ranked, carried_over) for ranked in added),
        removed=tuple(ranked.candidate.id for ranked in removed),
    )


def _require_form_quarter(
    session: Session, view: dict[str, Any], actor: Actor
) -> tuple[Board, Quarter]:
    """Return a form's board and quarter for a steward.

    Raise Refusal if the board has no such quarter, because its fiscal year has moved.
    """
    board = require_stewarded_board(session, actor, modal.channel_of(view))
    return board, _quarter_of_key(board, commit.metadata_of(view).get("quarter", ""))


def _quarter_of_key(board: Board, key: str) -> Quarter:
    try:
        quarter = Quarter.from_key(key, board.cadence.fiscal_start)
    except ValueError as error:
        raise Refusal(QUARTER_MOVED) from error
    if quarter.key != key:
        raise Refusal(QUARTER_MOVED)
    return quarter


def _require_button_quarter(
    session: Session, action: dict[str, Any], actor: Actor
) -> tuple[Board, Quarter]:
    """Return the board and the committed quarter of a pressed button, for a steward.

    Raise Refusal if the quarter isn't committed, or the fiscal year has moved.
    """
    channel_id, key = split_value(action)
    board = require_stewarded_board(session, actor, channel_id)
    quarter = _quarter_of_key(board, key)
    _require_committed(session, board, quarter)
    return board, quarter


def _require_open(session: Session, board: Board, quarter: Quarter, now: datetime) -> None:
    """Raise Refusal if a quarter is committed already, or neither the current nor the next one."""
    commitment = roadmaps.find(session, board.id, quarter)
    if commitment is not None:
        raise Refusal(_already_committed(quarter, commitment.committed_by))
    current = board.cadence.quarter(now)
    offered = (current, current.next())
    if quarter in offered:
        return
    is_past = quarter < current
    problem = (
        f"{quarter.label} is over."
        if is_past
        else f"{quarter.label} is too far away: you can commit only the roadmaps for"
        f" {current.label} and {current.next().label}."
    )
    uncommitted = [item for item in offered if not roadmaps.find(session, board.id, item)]
    if not uncommitted:
        raise Refusal(f"{problem} To change a committed roadmap: `/roadmap change`.")
    latest = uncommitted[-1]
    if is_past:
        raise Refusal(
            f"{problem} To commit the {latest.label} roadmap: `/roadmap commit {latest}`."
        )
    meant = closest(str(quarter), map(str, uncommitted)) or latest
    raise Refusal(f"{problem} Did you mean `/roadmap commit {meant}`?")


def _already_committed(quarter: Quarter, by: str) -> str:
    return ALREADY_COMMITTED.format(quarter=quarter.label, by=someone(by), key=quarter)


def _items(current: Overview, plan: Plan, chosen: Sequence[str]) -> list[CommittedProject]:
    """Return the chosen projects in rank order, carried-over projects first."""
    open_projects: dict[int | None, RankedProject] = {
        ranked.candidate.id: ranked for ranked in current.ranking.projects
    }
    items = []
    for number in current.numbers_of(chosen):
        ranked = open_projects.get(number)
        if ranked is None:
            raise Refusal("A project that you chose is no longer open. Open this form again.")
        items.append(_item(ranked, plan))
    return sorted(items, key=lambda item: (not item.carried_over, item.rank or 0, item.number))


def _item(ranked: RankedProject, plan: Plan) -> CommittedProject:
    number = ranked.candidate.id
    remaining_weeks = plan.carried_over.get(number)
    effort = ranked.candidate.effort_weeks if remaining_weeks is None else remaining_weeks
    if effort is None or (ranked.rank is None and remaining_weeks is None):
        problem, advice = "has no rank", f"To see why: `/roadmap why {number}`."
        if effort is None:
            problem, advice = "has no effort estimate", "Add one with ⋯ → *Edit* on its card."
        raise Refusal(f"#{number} {problem}, so you can't commit to it. {advice}")
    return commit_project(ranked, effort, carried_over=remaining_weeks is not None)


def _require_committed(session: Session, board: Board, quarter: Quarter) -> Commitment:
    commitment = quarters.committed(BoardSnapshot(session, board), quarter)
    if commitment is None:
        raise Refusal(NOT_COMMITTED.format(quarter=quarter.label))
    return commitment


def _require_listed(
    numbers: Sequence[int | None], offered: Sequence[RankedProject], problem: str
) -> list[RankedProject]:
    """Return projects by number. Raise Refusal for one that the form can't offer now."""
    by_number: dict[int | None, RankedProject] = {ranked.candidate.id: ranked for ranked in offered}
    listed = []
    for number in numbers:
        ranked = by_number.get(number)
        if ranked is None:
            name = "That project" if number is None else f"#{number}"
            raise Refusal(f"{name} {problem}. Open this form again.")
        listed.append(ranked)
    return listed


def _about(board: Board, quarter: Quarter) -> commit.BoardQuarter:
    return commit.BoardQuarter(board.channel_id, quarter.key, quarter.label)
