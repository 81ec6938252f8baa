"""The content of a person's App Home."""

from collections.abc import Collection
from datetime import datetime

from bot.board_failures import isolated
from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.home import Home, HomeBoard
from storage.boards import boards, charter_drafts
from storage.database import Session
from storage.people import people
from storage.projects import scores

HOME = "home"


def home(
    session: Session, team_id: str, person: str, channel_ids: Collection[str], now: datetime
) -> Home:
    """Return the person's App Home. It shows only the boards in `channel_ids`.

    A board that can't be drawn is left out.
    """
    team_boards = [board for board in boards.list_all(session) if board.team_id == team_id]
    home_boards = []
    for board in team_boards:
        if board.channel_id in channel_ids:
            with isolated(HOME, board):
                home_boards.append(_board(BoardSnapshot(session, board), person, now))
    return Home(
        boards=home_boards,
        workspace_has_boards=bool(team_boards),
        wants_nudges=people.wants_reminders(session, team_id, person),
    )


def _board(snapshot: BoardSnapshot, person: str, now: datetime) -> HomeBoard:
    session, board = snapshot.session, snapshot.board
    board_overview = overview(snapshot)
    projects = board_overview.ranking.projects
    owned = {project.number for project in snapshot.open_projects if project.owner == person}
    proposed = {project.number for project in snapshot.open_projects if project.proposer == person}
    return HomeBoard(
        channel_id=board.channel_id,
        overview=board_overview,
        unscored_count=len(scores.projects_to_score(session, board, person)),
        owned=[ranked for ranked in projects if ranked.candidate.id in owned],
        proposed=[ranked for ranked in projects if ranked.candidate.id in proposed - owned],
        is_steward=board.is_steward(person),
        quarter=board.cadence.quarter(now).label,
        progress=quarters.quarter_progress(snapshot, now),
        draft_to_answer=_has_draft_to_answer(snapshot, person),
        paused_until=board.digests_paused_until if board.is_paused(now) else None,
    )


def _has_draft_to_answer(snapshot: BoardSnapshot, person: str) -> bool:
    """Return whether a charter draft is posted that the person hasn't answered."""
    draft = charter_drafts.find_open(snapshot.session, snapshot.board.id)
    if draft is None or draft.posted_at is None:
        return False
    return person not in charter_drafts.answers(snapshot.session, draft.id)
