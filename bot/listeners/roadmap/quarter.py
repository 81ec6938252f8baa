"""`/roadmap plan`, `retro`, `export` and `post`: a quarter's plan, retrospective and roadmap."""

from datetime import datetime

from bot.exceptions import Refusal
from bot.listeners.lookup import require_stewarded_board
from bot.listeners.parsing import closest, quote
from bot.listeners.slash_command import Invocation
from bot.presenters import quarter_posts
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.export import export_lines
from bot.views.blocks.block_kit import Message, message, statement
from bot.views.data.quarter import CommittedRoadmap
from bot.views.posts import committed_roadmap, retrospective
from bot.views.replies import current_plan, export
from domain.calendar.quarter import Quarter, YearOutOfRange
from domain.calendar.years import YEAR_RANGE
from storage.boards.boards import Board
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.tables import PostKind, PostState


def parse_quarter(board: Board, text: str, now: datetime, *, looks_back: bool = False) -> Quarter:
    """Return the current quarter, `next`, `last`, or a quarter by name such as `Q1 2027`.

    Raise Refusal if the text names none. It suggests the last quarter to a command that looks back,
    and else the next one.
    """
    current = board.cadence.quarter(now)
    text = " ".join(text.split())
    match text.lower():
        case "":
            return current
        case "next":
            return current.next()
        case "last":
            return current.previous()
    try:
        return Quarter.parse(text, current.fiscal_start)
    except YearOutOfRange as error:
        raise Refusal(f"{quote(text)} is out of range. Use a year from {YEAR_RANGE}.") from error
    except ValueError as error:
        word, neighbor = ("last", current.previous()) if looks_back else ("next", current.next())
        names = {name.lower(): name for name in (word, str(current), str(neighbor))}
        meant = closest(text, names)
        hint = (
            f"Did you mean `{names[meant]}`?"
            if meant
            else f"For example: `{word}` or `{neighbor.label}`."
        )
        raise Refusal(f"{quote(text)} isn't a quarter. {hint}") from error


def show_plan(invocation: Invocation) -> Message:
    """Return the plan as of now, or a committed quarter's roadmap."""
    quarter = parse_quarter(invocation.board, invocation.text, invocation.now)
    with invocation.request.snapshot() as session:
        snapshot = BoardSnapshot(session, invocation.board)
        roadmap = quarter_posts.roadmap(snapshot, quarter, invocation.now)
    if isinstance(roadmap, CommittedRoadmap):
        weeks_left = quarter.weeks_left(invocation.board.cadence.today(invocation.now))
        return committed_roadmap.roadmap(roadmap, weeks_left).without_new_blocks()
    return current_plan.current_plan(roadmap).without_new_blocks()


def show_retrospective(invocation: Invocation) -> Message:
    board = invocation.board
    quarter = parse_quarter(board, invocation.text, invocation.now, looks_back=True)
    today = board.cadence.today(invocation.now)
    with invocation.request.snapshot() as session:
        review = quarter_posts.retrospective(BoardSnapshot(session, board), quarter, today)
    return retrospective.retrospective(review)


def export_ranking(invocation: Invocation) -> Message:
    """Return the ranking to copy, in a format of `export.FORMATS`."""
    board = invocation.board
    export_format = invocation.text.lower() or "md"
    if export_format not in export.FORMATS:
        raise Refusal(f"*Which format: {_formats()}?* For example: `/roadmap export csv`.")
    with invocation.request.snapshot() as session:
        lines = export_lines(BoardSnapshot(session, board), board.cadence.quarter(invocation.now))
    if not lines:
        raise Refusal(
            "No project is open, so there is nothing to export. Propose one with `/propose`."
        )
    return export.message(
        export.table_text(lines, board.charter, export_format), board.name or board.channel_id
    )


def post_roadmap(invocation: Invocation) -> Message:
    """Queue this quarter's roadmap. If it was posted before, queue it again as it is now."""
    with invocation.request.transaction(invocation.actor.board_lock()) as session:
        board = require_stewarded_board(session, invocation.actor)
        quarter = board.cadence.quarter(invocation.now)
        subject = QuarterSubject(quarter.key)
        last = outbox.latest(session, board.id, PostKind.ROADMAP, subject)
        is_posted = last is not None and last.state is PostState.POSTED
        if last is None or not last.is_pending:
            edition = last.edition + 1 if last else 1
            outbox.enqueue(session, board.id, PostKind.ROADMAP, subject, edition=edition)
    if is_posted:
        return _reply(f"I'll post the {quarter.label} roadmap again, as it is now.")
    return _reply(f"I'll post the {quarter.label} roadmap in a moment.")


def _reply(text: str) -> Message:
    return message([statement(text)])


def _formats() -> str:
    *others, last = export.FORMATS
    return f"{', '.join(others)} or {last}"
