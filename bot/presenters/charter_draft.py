"""The content of charter drafts and their previews."""

from collections.abc import Collection
from datetime import datetime

from bot.views.data.charter_draft import (
    CharterChange,
    CharterDraft,
    DraftDecision,
    DraftPreview,
    Objection,
)
from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranking, rank
from storage.boards import charter_drafts, charters, fires
from storage.boards.boards import Board
from storage.database import Session
from storage.projects import candidates, reveals


def amendment(session: Session, board_id: int, version: int, after: Charter) -> CharterChange:
    """Return the changes that a charter would make to a version."""
    versions = [
        existing for existing in charters.versions(session, board_id) if existing.version <= version
    ]
    return CharterChange(
        version=version,
        before=versions[0].charter,
        after=after,
        known_keys=frozenset(key for existing in versions for key in existing.charter.keys),
    )


def posted(session: Session, board: Board, draft: charter_drafts.Draft) -> CharterDraft:
    """Return a draft as its post in the channel shows it."""
    closed = None
    if draft.closed_by and draft.closed_at:
        closed = DraftDecision(
            draft.closed_by, board.cadence.today(draft.closed_at), draft.adopted_version
        )
    agreeing, objecting = answered(session, draft)
    return CharterDraft(
        id=draft.id,
        change=amendment(session, board.id, draft.base_version, draft.content),
        proposer=draft.proposed_by,
        reason=draft.reason,
        agreeing=agreeing,
        objecting=objecting,
        decision=closed,
    )


def answered(session: Session, draft: charter_drafts.Draft) -> tuple[list[str], list[Objection]]:
    """Return the people who agree, and those who object, with their reasons."""
    answers = charter_drafts.answers(session, draft.id)
    reasons = charter_drafts.reasons(session, draft.id)
    agreeing = [person for person, agrees in answers.items() if agrees]
    objecting = [
        Objection(person, reasons.get(person, ""))
        for person, agrees in answers.items()
        if not agrees
    ]
    return agreeing, objecting


def unanswered(board: Board, answer_count: int) -> int | None:
    """Return how many of the channel's full members haven't answered, or None if not known."""
    return None if board.full_members is None else max(0, board.full_members - answer_count)


def compared(
    session: Session,
    board: Board,
    draft: charter_drafts.Draft,
    now: datetime,
    obstacle: str = "",
) -> DraftPreview:
    """Return the rankings by the current charter and by the draft.

    They contain only projects whose results are visible now. Otherwise a draft with a smaller
    quorum would reveal results before it's adopted.
    """
    burning = [fire.value for fire in fires.burning(session, board.id)]
    before = rank(candidates.candidates(session, board), board.charter, burning)
    after = rank(_candidates_by(session, board, draft.content, now), draft.content, burning)
    visible = {ranked.candidate.id for ranked in before.projects if ranked.results_visible}
    agreeing, objecting = answered(session, draft)
    return DraftPreview(
        channel_id=board.channel_id,
        draft_id=draft.id,
        before=_only(before, visible),
        after=_only(after, visible),
        newly_visible=len(
            [
                ranked
                for ranked in after.projects
                if ranked.results_visible and ranked.candidate.id not in visible
            ]
        ),
        agreeing=agreeing,
        objecting=objecting,
        unanswered=unanswered(board, len(agreeing) + len(objecting)),
        obstacle=obstacle,
    )


def _candidates_by(
    session: Session, board: Board, charter: Charter, now: datetime
) -> list[Candidate]:
    """Return the candidates as they would be if the board had this charter.

    The database has only those that the current charter reveals early.
    """
    changed = board.model_copy(update={"charter": charter})
    revealed = reveals.revealed_by(session, board.id, charter, now)
    return [
        candidate.model_copy(update={"revealed": candidate.id in revealed})
        for candidate in candidates.candidates(session, changed)
    ]


def _only(ranking: Ranking, numbers: Collection[int]) -> Ranking:
    """Rank again without the other projects."""
    kept = [ranked.candidate for ranked in ranking.projects if ranked.candidate.id in numbers]
    return rank(kept, ranking.charter, ranking.fires)
