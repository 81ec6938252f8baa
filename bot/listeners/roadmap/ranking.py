"""`/roadmap`, `/roadmap from` and `/roadmap why`: the current ranking and its explanation."""

from bot.exceptions import Refusal
from bot.listeners.parsing import parse_number, quote
from bot.listeners.slash_command import Invocation
from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.project_state import status_details
from bot.presenters.visibility import names_for
from bot.views.blocks.block_kit import Message
from bot.views.data.board_overview import Overview
from bot.views.parts import project_state
from bot.views.replies import current_ranking
from domain.formatting import collapse_whitespace
from domain.typed_text import parse_ordinal
from storage.boards.boards import Board
from storage.database import Session
from storage.projects import projects
from storage.projects.projects import Project

EXAMPLE = "For example: `/roadmap why 12`."
WHICH_PROJECT = f"*Which project should I explain?* {EXAMPLE}"


def show(invocation: Invocation) -> Message:
    current, committed = _current(invocation)
    quarter = invocation.board.cadence.quarter(invocation.now)
    return current_ranking.ranking(current, committed=committed, quarter=quarter.label)


def show_from(invocation: Invocation) -> Message:
    """Return the ranking from a rank on. A long ranking doesn't fit into one message."""
    first = parse_number(invocation.text)
    if not first:
        raise Refusal("*Which rank should I start from?* For example: `/roadmap from 26`.")
    current, committed = _current(invocation)
    last = len(current.in_rank_order)
    if not last:
        raise Refusal("Nothing is ranked yet. `/roadmap` shows what to do next.")
    if first > last:
        raise Refusal(f"The ranking ends at rank {last}. For example: `/roadmap from {last}`.")
    return current_ranking.ranking(current, first, committed)


def _current(invocation: Invocation) -> tuple[Overview, frozenset[int] | None]:
    """Return the ranking, and the numbers of the current quarter's projects if it's committed."""
    board = invocation.board
    with invocation.request.snapshot() as session:
        snapshot = BoardSnapshot(session, board)
        committed = quarters.committed_numbers(snapshot, board.cadence.quarter(invocation.now))
        return overview(snapshot), committed


def explain_by_number(invocation: Invocation) -> Message:
    if not invocation.text:
        raise Refusal(WHICH_PROJECT)
    number = parse_number(invocation.text.removeprefix("#"))
    board = invocation.board
    with invocation.request.snapshot() as session:
        project = None if number is None else projects.find(session, board.id, number)
        if project is None:
            raise Refusal(_no_project(session, board, invocation.text, number))
        return explain(session, board, project, invocation.actor.user_id)


def _no_project(session: Session, board: Board, typed: str, number: int | None) -> str:
    """Return the refusal of what names no project by its number.

    It may be a rank, as in `second`, or words of a title.
    """
    problem = (
        f"{quote(typed)} isn't a project's number."
        if number is None
        else f"This board has no #{number}."
    )
    ranking = overview(BoardSnapshot(session, board)).ranking
    rank = parse_ordinal(typed) if number is None else number
    at_rank = [ranked for ranked in ranking.projects if rank and ranked.rank == rank]
    if at_rank:
        meant = at_rank[0].candidate.id
        return f"{problem} Rank {rank} is #{meant}: `/roadmap why {meant}`."
    words = collapse_whitespace(typed).lower()
    titled = [
        ranked.candidate.id
        for ranked in ranking.projects
        if words in collapse_whitespace(ranked.candidate.title).lower()
    ]
    if number is None and len(titled) == 1:
        return f"{problem} Did you mean `/roadmap why {titled[0]}`?"
    return f"{problem} {EXAMPLE if number is None else '`/roadmap list` shows its projects.'}"


def explain(session: Session, board: Board, project: Project, viewer: str) -> Message:
    """Return the explanation of a project's rank, or a note that it isn't ranked anymore.

    It names people only if the viewer may see individual scores.
    """
    snapshot = BoardSnapshot(session, board)
    current = overview(snapshot)
    ranked = current.ranking.find(project.number)
    if ranked is None:
        return project_state.no_longer_ranked(
            snapshot.reference(project), status_details(session, board, project)
        )
    return current_ranking.why(
        current,
        ranked,
        names_for(viewer, ranked, current.ranking),
        has_scored=viewer in ranked.candidate.scores,
    )
