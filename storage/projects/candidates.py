"""Ranking's input: a board's projects with every score and vote that counts, in one read.

A project that was merged into another is no candidate. Its scores and votes count for the other
one, once for each person.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic_core import from_json
from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    cast,
    distinct,
    exists,
    func,
    or_,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from domain.projects.lifecycle import RANKED_STATUSES
from domain.ranking.candidate import Candidate
from domain.ranking.voting import count_votes
from storage.boards.boards import Board
from storage.json_entries import json_entries
from storage.tables import (
    AccountType,
    PersonRow,
    PostKind,
    PostRow,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)
from storage.value_lists import is_listed, is_listed_in

Impacts = dict[str, int | None]  # By value. None: the person has no opinion.

# Scores and votes count for the project itself, or for the one that it was merged into.
COUNTS_FOR = union_all(
    select(col(ProjectRow.id).label("source"), col(ProjectRow.id).label("into")),
    select(ProjectRow.id, ProjectRow.merged_into).where(col(ProjectRow.merged_into).is_not(None)),
).subquery()

# The same as a join, which reads only these projects.
SOURCE = aliased(ProjectRow)
COUNTS_FOR_PROJECT = or_(
    col(SOURCE.id) == col(ProjectRow.id), col(SOURCE.merged_into) == col(ProjectRow.id)
)

# These run for each card and form. Building a statement takes as long as running it.
ON_BOARD = ProjectRow.board_id == bindparam("of_board")
# Without an order: SQLite would read all projects by number rather than sort the open ones.
SELECT_RANKED = select(ProjectRow).where(ON_BOARD, col(ProjectRow.status).in_(RANKED_STATUSES))
SELECT_BY_NUMBERS = select(ProjectRow).where(
    ON_BOARD, is_listed_in(col(ProjectRow.number), "numbers")
)
SELECT_BY_NUMBER = select(ProjectRow).where(ON_BOARD, ProjectRow.number == bindparam("number"))
SELECT_COUNTS_FOR = select(COUNTS_FOR.c.source, COUNTS_FOR.c.into).where(
    is_listed_in(COUNTS_FOR.c.into, "projects")
)
SELECT_MEMBERS = select(PersonRow.user_id).where(
    PersonRow.team_id == bindparam("of_team"), PersonRow.kind == AccountType.MEMBER
)
SELECT_REACTIONS = (
    select(PostRow.project_id, ReactionRow.person, ReactionRow.emoji, ReactionRow.present)
    .join(
        ReactionRow,
        (col(ReactionRow.board_id) == col(PostRow.board_id))
        & (col(ReactionRow.message_ts) == col(PostRow.ts)),
    )
    .join(PersonRow, col(PersonRow.user_id) == col(ReactionRow.person))
    .where(
        PersonRow.team_id == bindparam("of_team"),
        PersonRow.kind == AccountType.MEMBER,
        PostRow.kind == PostKind.CARD,
        is_listed_in(col(PostRow.project_id), "projects"),
    )
    .order_by(col(ReactionRow.event_ts))
)


# As text, because few texts differ: each is parsed once.
SELECT_SCORES = select(
    ScoreRow.project_id, ScoreRow.person, cast(col(ScoreRow.impacts), Text)
).where(is_listed_in(col(ScoreRow.project_id), "projects"))


class ParsedImpacts(dict[str, Impacts]):
    """Impacts on the charter's values, by the JSON text in which a score is stored.

    Without an opinion on any of the values there is no score, so the impacts are empty. Many people
    give the same scores, so the dictionaries are shared. Don't change them.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, text: str) -> Impacts:
        stored = from_json(text)
        impacts = {key: stored[key] for key in self._keys if key in stored}
        has_opinion = any(impact is not None for impact in impacts.values())
        self[text] = impacts if has_opinion else {}
        return self[text]


def candidates(session: Session, board: Board, only: int | None = None) -> list[Candidate]:
    """Return the open projects, by number.

    With `only`, return the project of that number, whatever its status.
    """
    of_board = {"of_board": board.id}
    if only is None:
        ranked = session.exec(SELECT_RANKED, params=of_board).all()
        rows: Sequence[ProjectRow] = sorted(ranked, key=lambda row: row.number)
    else:
        rows = session.exec(SELECT_BY_NUMBER, params={**of_board, "number": only}).all()
    return _candidates(session, board, rows)


def by_number(session: Session, board: Board, numbers: Collection[int]) -> dict[int, Candidate]:
    """Return candidates by number, for projects of any status."""
    params = {"of_board": board.id, "numbers": [*numbers]}
    rows = session.exec(SELECT_BY_NUMBERS, params=params).all()
    return {candidate.id: candidate for candidate in _candidates(session, board, rows)}


def _candidates(session: Session, board: Board, rows: Sequence[ProjectRow]) -> list[Candidate]:
    counts_for = _counts_for(session, rows)
    scores = _scores(session, board, counts_for)
    reactions = _reactions(session, board, counts_for)
    return [_candidate(row, board, scores, reactions) for row in rows if row.id is not None]


def _candidate(
    row: ProjectRow,
    board: Board,
    scores: dict[int, dict[str, Impacts]],
    reactions: dict[int, set[tuple[str, str]]],
) -> Candidate:
    votes = count_votes(sorted(reactions[row.id or 0]), board.charter)
    return Candidate.model_construct(  # Stored data was validated when it came in.
        id=row.number,
        title=row.proposal["title"],
        effort_weeks=row.proposal["effort_weeks"],
        backers=votes.backers,
        scores=scores[row.id or 0],
        quick_scores=votes.quick_scores,
        owner=row.owner,
        link=row.proposal.get("link") or None,
        quorum_needed=board.quorum_needed,
        revealed=row.revealed_at is not None,
    )


def impacts_by_project(
    session: Session, board: Board, numbers: Collection[int]
) -> dict[int, dict[str, Impacts]]:
    """Return each person's counting impacts by project number, whatever its status."""
    rows = session.exec(
        select(ProjectRow).where(
            ProjectRow.board_id == board.id, is_listed(col(ProjectRow.number), numbers)
        )
    ).all()
    scores = _scores(session, board, _counts_for(session, rows))
    return {row.number: scores[row.id or 0] for row in rows}


def ids_with_results(session: Session, board: Board, project_ids: Any) -> list[int]:
    """Return which of these projects, of any status, have visible results. Sort the ids.

    `project_ids` is a statement that selects them.
    """
    scored = (
        select(
            col(ProjectRow.id).label("into"),
            func.count(distinct(col(ScoreRow.person))).label("scorers"),
        )
        .join(SOURCE, COUNTS_FOR_PROJECT)
        .join(ScoreRow, col(ScoreRow.project_id) == col(SOURCE.id))
        .where(
            col(ProjectRow.id).in_(project_ids),
            has_opinion(board),
            col(ScoreRow.person).in_(_select_members(board)),
        )
        .group_by(col(ProjectRow.id))
        .subquery()
    )
    query = (
        select(col(ProjectRow.id))
        .join(scored, col(ProjectRow.id) == scored.c.into)
        .where(
            or_(
                scored.c.scorers >= board.quorum_needed,
                col(ProjectRow.revealed_at).is_not(None),
            )
        )
        .order_by(col(ProjectRow.id))
    )
    return [project_id for project_id in session.exec(query).all() if project_id is not None]


def select_scorers(board: Board) -> Select[int | None, str]:
    """Select open projects' ids with each person whose score counts."""
    return select_answers(board).where(has_opinion(board))


def select_answers(board: Board) -> Select[int | None, str]:
    """Select open projects' ids with each member who answered the form.

    Someone without an opinion on any value has answered, but has no score. Someone who scored two
    projects that were merged comes twice.
    """
    return (
        select(col(ProjectRow.id), col(ScoreRow.person))
        .join(SOURCE, COUNTS_FOR_PROJECT)
        .join(ScoreRow, col(ScoreRow.project_id) == col(SOURCE.id))
        .where(
            ProjectRow.board_id == board.id,
            col(ProjectRow.status).in_(RANKED_STATUSES),
            _has_answer(board),
            col(ScoreRow.person).in_(_select_members(board)),
        )
    )


def has_opinion(board: Board) -> ColumnElement[bool]:
    """Return the condition that a score has an impact on one of the charter's values."""
    answer = json_entries(col(ScoreRow.impacts))
    return exists().where(answer.c.key.in_(board.charter.keys), answer.c.value.is_not(None))


def _has_answer(board: Board) -> ColumnElement[bool]:
    """Return the condition that a person answered the form for one of the charter's values."""
    answer = json_entries(col(ScoreRow.impacts))
    return exists().where(answer.c.key.in_(board.charter.keys))


def _counts_for(session: Session, rows: Sequence[ProjectRow]) -> dict[int, int]:
    """Return the id of the candidate for which a project's votes count, by the project's id."""
    pairs = session.execute(SELECT_COUNTS_FOR, {"projects": [row.id for row in rows]})
    return {pair.source: pair.into for pair in pairs}


def _scores(
    session: Session, board: Board, counts_for: Mapping[int, int]
) -> dict[int, dict[str, Impacts]]:
    """Return each person's impacts by candidate, for the charter's values.

    If someone scored two projects that were merged, the later score counts.
    """
    impacts_in = ParsedImpacts(board.charter.keys)
    members = _members(session, board)
    query = SELECT_SCORES
    if any(source != into for source, into in counts_for.items()):
        query = query.order_by(col(ScoreRow.given_at), col(ScoreRow.project_id))
    by_candidate: dict[int, dict[str, Impacts]] = defaultdict(dict)
    for project, person, text in session.execute(query, {"projects": [*counts_for]}):
        impacts = impacts_in[text]
        if impacts and person in members:
            by_candidate[counts_for[project]][person] = impacts
    return by_candidate


def _members(session: Session, board: Board) -> set[str]:
    return set(session.exec(SELECT_MEMBERS, params={"of_team": board.team_id}).all())


def _select_members(board: Board) -> SelectOfScalar[str]:
    return select(PersonRow.user_id).where(
        PersonRow.team_id == board.team_id, PersonRow.kind == AccountType.MEMBER
    )


def _reactions(
    session: Session, board: Board, counts_for: Mapping[int, int]
) -> dict[int, set[tuple[str, str]]]:
    """Return the (user id, emoji) pairs that are present, by candidate.

    A project that was posted again has several cards. A person's last reaction on any of them
    counts, so a vote outlives its card and can still be removed.
    """
    rows = session.exec(
        SELECT_REACTIONS, params={"of_team": board.team_id, "projects": [*counts_for]}
    ).all()
    last = {(project, person, emoji): present for project, person, emoji, present in rows}
    by_candidate: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for (project_id, person, emoji), present in last.items():
        if present and project_id is not None:
            by_candidate[counts_for[project_id]].add((person, emoji))
    return by_candidate
