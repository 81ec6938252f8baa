"""What `/roadmap` says of a quarter: its plan or what it was committed to, and how it went."""

from datetime import datetime

from bot.exceptions import Refusal
from bot.presenters import quarter_posts
from bot.presenters.export import export_lines
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape
from bot.views.data.quarter import CommittedRoadmap
from bot.views.parts import help_text
from bot.views.posts import committed_roadmap, retrospective
from bot.views.replies import current_plan, export
from domain.calendar.quarter import Quarter
from storage.boards.boards import Board
from storage.database import Database
from storage.idempotency import Request
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.tables import PostKind, PostState


def parse_quarter(board: Board, text: str, now: datetime) -> Quarter:
    """The current quarter, the `next` or the `last` one, or one by its name."""
    current = board.cadence.quarter(now)
    match text.strip().lower():
        case "":
            return current
        case "next":
            return current.next()
        case "last":
            return current.previous()
    try:
        return Quarter.parse(text, current.fiscal_start)
    except ValueError as error:
        raise Refusal(escape(f"{error}. Or say next, or last.")) from error


def plan_reply(database: Database, board: Board, rest: str, now: datetime) -> Message:
    """The plan as it stands; of a quarter that is committed, what it holds."""
    quarter = parse_quarter(board, rest, now)
    with database.snapshot() as session:
        found = quarter_posts.roadmap(session, board, quarter, now)
    if isinstance(found, CommittedRoadmap):
        return committed_roadmap.roadmap(found)
    return current_plan.current_plan(found)


def retrospective_reply(database: Database, board: Board, rest: str, now: datetime) -> Message:
    quarter = parse_quarter(board, rest, now)
    with database.snapshot() as session:
        review = quarter_posts.retrospective(session, board, quarter, board.cadence.today(now))
    return retrospective.retrospective(review)


def export_reply(database: Database, board: Board, rest: str, now: datetime) -> Message:
    """The ranking to copy, as `md`, `csv` or `json`."""
    kind = rest.strip().lower() or "md"
    if kind not in export.FORMATS:
        return help_text.roadmap(f"Say as what: /roadmap export {', '.join(export.FORMATS)}.")
    with database.snapshot() as session:
        lines = export_lines(session, board, board.cadence.quarter(now))
    if not lines:
        return help_text.roadmap("There is nothing to export: no project is open.")
    return export.message(
        export.table_text(lines, board.charter, kind), board.name or board.channel_id
    )


def enqueue_roadmap(slack_request: Request, board: Board, now: datetime) -> str:
    """The quarter's roadmap, posted again as it now is if it was posted before."""
    quarter = board.cadence.quarter(now)
    with slack_request.transaction() as session:
        subject = QuarterSubject(quarter.key)
        last = outbox.latest(session, board.id, PostKind.ROADMAP, subject)
        again = last is not None and last.state is PostState.POSTED
        if last is None or not last.is_pending:
            edition = last.edition + 1 if last else 1
            outbox.enqueue(session, board.id, PostKind.ROADMAP, subject, edition=edition)
    if again:
        return f"The roadmap for {quarter.label} is posted again, as it is now."
    return f"The roadmap for {quarter.label} is on its way into the channel."
