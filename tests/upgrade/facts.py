"""Facts that a team stored, in a form that doesn't depend on the store's tables."""

from datetime import datetime
from typing import Any

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from storage.boards import boards, charter_drafts, charters, fires
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.planning import toil
from storage.projects import candidates, history, outcomes, projects, scores

Json = dict[str, Any]


def facts_of(database: Database, now: datetime) -> Json:
    """Return the facts that an upgrade must keep. The store must have exactly one board."""
    with database.snapshot() as session:
        [board] = boards.list_all(session)
        versions = charters.versions(session, board.id)
        return {
            # An upgrade may add a version by itself.
            "charter_version": len([each for each in versions if not each.by_upgrade]),
            "charter": board.charter.model_dump(mode="json"),
            "stewards": list(board.stewards),
            "time_zone": board.cadence.time_zone,
            # Earlier versions stored 4 until a steward set the number.
            "people": board.people or 4,
            "weeks_away": board.weeks_away,
            "fires": [[each.value, each.what] for each in fires.burning(session, board.id)],
            "projects": _projects(session, board),
            "ranking": _ranking(session, board),
            "committed": _committed(session, board, now),
            "draft": _draft(session, board),
            "toil": _toil(session, board, now),
        }


def _projects(session: Session, board: Board) -> Json:
    known = projects.list_for_board(session, board.id)
    numbers = {each.id: each.number for each in known}
    found = {}
    for project in known:
        [candidate] = candidates.of_projects(session, board, [project])
        found[str(project.number)] = {
            "proposal": project.proposal.model_dump(mode="json"),
            "proposer": project.proposer,
            "status": str(project.status),
            "reason": project.status_reason,
            "handed_to": project.handed_to,
            "merged_into": numbers.get(project.merged_into or 0),
            "steps_done": list(project.steps_done),
            "scores": {who: dict(given) for who, given in candidate.scores.items()},
            "comments": dict(scores.comments(session, project.id)),
            "outcomes": {
                who: seen
                for who in sorted(candidate.scores)
                if (seen := outcomes.impacts_from(session, project.id, who))
            },
            "backers": sorted(candidate.backers),
            "quick_scores": {who: sorted(v) for who, v in candidate.quick_scores.items()},
            "history": [str(each.what) for each in history.list_for_project(session, project.id)],
        }
    return found


def _ranking(session: Session, board: Board) -> list[Json]:
    return [
        {
            "number": ranked.candidate.id,
            "section": str(ranked.section),
            "rank": ranked.rank,
            "needle": round(ranked.needle, 3),
        }
        for ranked in overview(BoardSnapshot(session, board)).ranking.projects
    ]


def _committed(session: Session, board: Board, now: datetime) -> Json:
    quarter = board.cadence.quarter(now)
    commitments = {
        each: quarters.committed(BoardSnapshot(session, board), each)
        for each in (quarter.previous(), quarter)
    }
    return {
        each.label: {
            "numbers": list(commitment.current_numbers),
            "changes": [change.reason for change in commitment.changes],
        }
        for each, commitment in commitments.items()
        if commitment
    }


def _draft(session: Session, board: Board) -> Json | None:
    draft = charter_drafts.find_open(session, board.id)
    if draft is None:
        return None
    return {"reason": draft.reason, "answers": charter_drafts.answers(session, draft.id)}


def _toil(session: Session, board: Board, now: datetime) -> list[list[str | int]]:
    entries = toil.between(session, board.id, datetime.fromtimestamp(0, now.tzinfo), now)
    return [
        [str(each.toil_type), each.source, each.minutes, each.started_at.isoformat()]
        for each in entries
    ]
