"""The content of a week's digest."""

from bot.presenters.board_overview import overview
from bot.presenters.outcomes import in_week
from bot.presenters.project_state import place_of
from bot.presenters.toil_ledger import ledger
from bot.views.data.digest import Digest
from bot.views.data.project_state import ShippedProject
from storage.boards.boards import Board
from storage.database import Session
from storage.posts import outbox
from storage.projects import candidates, projects

MOST_SHIPPED = 5  # More shipped projects wait for the next digest.


def digest(session: Session, board: Board, week: str, post_id: int | None) -> Digest:
    """Return the digest of an ISO week. `post_id` is None if the digest isn't queued."""
    day = board.cadence.digest_day(week)
    return Digest(
        board=overview(session, board),
        week=week,
        previous_ranks=outbox.last_ranks(session, board.id, post_id),
        toil=ledger(session, board, day),
        shipped=_shipped(session, board, post_id),
        paybacks=in_week(session, board, day),
    )


def _shipped(session: Session, board: Board, post_id: int | None) -> list[ShippedProject]:
    """Return shipped projects that no earlier digest named, with who backed or scored them."""
    found = []
    untold = projects.shipped_since_last_digest(session, board.id, post_id)
    for project in untold[:MOST_SHIPPED]:
        [said] = candidates.candidates(session, board, only=project.number)
        people = said.backers | said.scores.keys() | said.quick_scores.keys()
        found.append(ShippedProject(place_of(session, project), tuple(sorted(people))))
    return found
