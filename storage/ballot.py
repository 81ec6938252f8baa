"""A board's projects with every score and vote that counts: what ranking needs, in one read."""

from collections import defaultdict

from sqlmodel import Session, col, select

from storage.boards import Board
from storage.tables import Kind, PersonRow, PostRow, ProjectRow, ReactionRow, ScoreRow
from values.board import Project
from values.voting import votes


def candidates(session: Session, board: Board, only: int | None = None) -> list[Project]:
    """The board's projects as ranking sees them, by number; or just the one with that number."""
    wanted = select(ProjectRow).where(ProjectRow.board_id == board.id)
    if only is not None:
        wanted = wanted.where(ProjectRow.number == only)
    rows = session.exec(wanted.order_by(col(ProjectRow.number))).all()
    ids = [row.id for row in rows if row.id is not None]
    scores = _scores(session, board, ids)
    reactions = _reactions(session, board, ids)
    return [_candidate(row, board, scores, reactions) for row in rows if row.id is not None]


def _candidate(
    row: ProjectRow,
    board: Board,
    scores: dict[int, dict[str, dict[str, int]]],
    reactions: dict[int, list[tuple[str, str]]],
) -> Project:
    given = votes(reactions[row.id or 0], board.charter)
    return Project(
        id=row.number,
        title=row.proposal["title"],
        effort_weeks=row.proposal["effort_weeks"],
        backers=given.backers,
        scores=scores[row.id or 0],
        quick_scores=given.quick_scores,
    )


def _scores(
    session: Session, board: Board, project_ids: list[int]
) -> dict[int, dict[str, dict[str, int]]]:
    """Impacts by project, person and value, of the values that the charter still has."""
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = session.exec(
        select(ScoreRow)
        .join(PersonRow, col(PersonRow.user_id) == col(ScoreRow.person))
        .where(
            PersonRow.team_id == board.team_id,
            PersonRow.kind == Kind.MEMBER,
            col(ScoreRow.project_id).in_(project_ids),
            col(ScoreRow.value).in_([value.key for value in board.charter.values]),
        )
    ).all()
    for row in rows:
        found[row.project_id][row.person][row.value] = row.impact
    return found


def _reactions(
    session: Session, board: Board, project_ids: list[int]
) -> dict[int, list[tuple[str, str]]]:
    """(person, emoji) pairs that stand, by project.

    A project that was posted again has had several cards: what someone last did on any of them
    counts, so a vote outlives its card and can still be taken back.
    """
    rows = session.exec(
        select(PostRow.project_id, ReactionRow.person, ReactionRow.emoji, ReactionRow.present)
        .join(
            ReactionRow,
            (col(ReactionRow.board_id) == col(PostRow.board_id))
            & (col(ReactionRow.message_ts) == col(PostRow.ts)),
        )
        .join(PersonRow, col(PersonRow.user_id) == col(ReactionRow.person))
        .where(
            PersonRow.team_id == board.team_id,
            PersonRow.kind == Kind.MEMBER,
            col(PostRow.project_id).in_(project_ids),
        )
        .order_by(col(ReactionRow.event_ts))
    ).all()
    last = {(project, person, emoji): present for project, person, emoji, present in rows}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for (project_id, person, emoji), present in last.items():
        if present and project_id is not None:
            found[project_id].append((person, emoji))
    return found
