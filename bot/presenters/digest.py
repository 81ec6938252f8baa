"""The content of a week's digest."""

from datetime import date

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import in_week
from bot.presenters.toil_ledger import ledger
from bot.views.data.digest import Digest
from bot.views.data.project_state import ShippedProject
from domain.calendar.quarter import Quarter
from storage.boards.boards import Board
from storage.posts import outbox
from storage.projects import candidates, projects

MAX_SHIPPED = 5  # More shipped projects wait for the next digest.


def digest(snapshot: BoardSnapshot, week: str, post_id: int | None) -> Digest:
    """Return the digest of an ISO week. `post_id` is None if the digest isn't queued."""
    session, board = snapshot.session, snapshot.board
    day = board.cadence.digest_day(week)
    return Digest(
        board=overview(snapshot),
        week=week,
        previous_ranks=outbox.last_ranks(session, board.id, post_id),
        toil=ledger(snapshot, day),
        shipped=_shipped(snapshot, post_id),
        committed=quarters.committed_numbers(snapshot, _quarter(board, day)),
        paybacks=in_week(snapshot, day),
    )


def _quarter(board: Board, day: date) -> Quarter:
    return Quarter.containing(day, board.cadence.fiscal_start)


def _shipped(snapshot: BoardSnapshot, post_id: int | None) -> list[ShippedProject]:
    """Return shipped projects that no earlier digest named, with who backed or scored them."""
    session, board = snapshot.session, snapshot.board
    thanked = []
    unreported = projects.shipped_since_last_digest(session, board.id, post_id)
    shipped = unreported[:MAX_SHIPPED]
    numbers = [project.number for project in shipped]
    candidates_by_number = candidates.by_number(session, board, numbers)
    for project in shipped:
        candidate = candidates_by_number[project.number]
        people = candidate.backers | candidate.scores.keys() | candidate.quick_scores.keys()
        thanked.append(ShippedProject(snapshot.reference(project), tuple(sorted(people))))
    return thanked
