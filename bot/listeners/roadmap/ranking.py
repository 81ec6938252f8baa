"""`/roadmap`, `/roadmap from` and `/roadmap why`: the current ranking and its explanation."""

from bot.exceptions import Refusal
from bot.listeners.parsing import parse_number
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
from storage.boards.boards import Board
from storage.database import Session
from storage.projects import projects
from storage.projects.projects import Project


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
        raise Refusal("Nothing is ranked yet. `/propose` the first project.")
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
    number = parse_number(invocation.text.removeprefix("#"))
    if number is None:
        raise Refusal("*Which project should I explain?* For example: `/roadmap why 12`.")
    board = invocation.board
    with invocation.request.snapshot() as session:
        project = projects.find(session, board.id, number)
        if project is None:
            raise Refusal(f"This board has no #{number}. `/roadmap list` shows its projects.")
        return explain(session, board, project, invocation.actor.user_id)


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
    return current_ranking.why(current, ranked, names_for(viewer, ranked, current.ranking))
