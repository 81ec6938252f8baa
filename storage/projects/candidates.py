"""Ranking's input: a board's projects with every score and vote that counts, in one read.

A project that was merged into another is no candidate. Its scores and votes count for the other
one, once for each person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import from_json
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    DateTime,
    Text,
    bindparam,
    cast,
    distinct,
    exists,
    func,
    null,
    or_,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from domain.projects.lifecycle import RANKED_STATUSES
from domain.ranking.candidate import Candidate
from domain.ranking.voting import Votes, count_votes
from storage.boards.boards import Board
from storage.json_entries import json_entries
from storage.projects import projects
from storage.projects.projects import Project
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

# A join of a project with those whose scores and votes count for it: itself, and those that were
# merged into it.
SOURCE = aliased(ProjectRow)
COUNTS_FOR_PROJECT = or_(
    col(SOURCE.id) == col(ProjectRow.id), col(SOURCE.merged_into) == col(ProjectRow.id)
)

# These run for each card and form. Building a statement takes as long as running it.
SELECT_MERGED = select(ProjectRow.id, ProjectRow.merged_into).where(
    is_listed_in(col(ProjectRow.merged_into), "projects")
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


# All scores of a project are one text: a person, their impacts, the next person, and so on. So much
# fewer rows are read. JSON has no such character: https://www.rfc-editor.org/rfc/rfc7464
SEPARATOR = "\x1e"
SCORES = func.aggregate_strings(
    col(ScoreRow.person) + SEPARATOR + cast(col(ScoreRow.impacts), Text), SEPARATOR
)
# Scores of projects that count together are one text for each time, to be read in that order.
NO_TIME = cast(null(), DateTime(timezone=True))
SELECT_SCORES: CompoundSelect[Any] = union_all(
    select(col(ScoreRow.project_id).label("project_id"), NO_TIME.label("given_at"), SCORES)
    .where(is_listed_in(col(ScoreRow.project_id), "alone"))
    .group_by(col(ScoreRow.project_id)),
    select(ScoreRow.project_id, ScoreRow.given_at, SCORES)
    .where(is_listed_in(col(ScoreRow.project_id), "together"))
    .group_by(col(ScoreRow.project_id), col(ScoreRow.given_at)),
)
SELECT_SCORES_BY_TIME = SELECT_SCORES.order_by("given_at", "project_id")


def parse_impacts(texts: Collection[str], keys: tuple[str, ...]) -> Iterator[Impacts]:
    """Return the impacts on the charter's values, for JSON texts in which scores are stored.

    Without an opinion on any of the values there is no score, so the impacts are empty.
    """
    for stored in from_json(f"[{','.join(texts)}]"):
        impacts = (
            stored if tuple(stored) == keys else {key: stored[key] for key in keys if key in stored}
        )
        given = impacts.values()
        has_opinion = None not in given or any(impact is not None for impact in given)
        yield impacts if has_opinion else {}


def candidates(session: Session, board: Board) -> list[Candidate]:
    """Return the open projects, by number."""
    return of_projects(session, board, projects.list_open(session, board.id))


def by_number(session: Session, board: Board, numbers: Collection[int]) -> dict[int, Candidate]:
    """Return candidates by number, for projects of any status."""
    found = projects.by_numbers(session, board.id, numbers)
    return {candidate.id: candidate for candidate in of_projects(session, board, [*found.values()])}


def of_projects(session: Session, board: Board, found: Sequence[Project]) -> list[Candidate]:
    """Return projects of any status as candidates, in the same order."""
    counts_for = _counts_for(session, [project.id for project in found])
    scores = _scores(session, board, counts_for)
    votes = {
        project_id: count_votes(sorted(reactions), board.charter)
        for project_id, reactions in _reactions(session, board, counts_for).items()
    }
    return [
        _candidate(project, board, scores[project.id], votes.get(project.id, Votes()))
        for project in found
    ]


def _candidate(
    project: Project, board: Board, scores: dict[str, Impacts], votes: Votes
) -> Candidate:
    return Candidate.model_construct(  # Stored data was validated when it came in.
        id=project.number,
        title=project.proposal.title,
        effort_weeks=project.proposal.effort_weeks,
        backers=votes.backers,
        scores=scores,
        quick_scores=votes.quick_scores,
        owner=project.owner,
        link=project.proposal.link or None,
        quorum_needed=board.quorum_needed,
        revealed=project.revealed_at is not None,
    )


def impacts_by_project(
    session: Session, board: Board, numbers: Collection[int]
) -> dict[int, dict[str, Impacts]]:
    """Return each person's counting impacts by project number, whatever its status."""
    rows = session.exec(
        select(ProjectRow.number, ProjectRow.id).where(
            ProjectRow.board_id == board.id, is_listed(col(ProjectRow.number), numbers)
        )
    ).all()
    ids = {number: project_id for number, project_id in rows if project_id is not None}
    scores = _scores(session, board, _counts_for(session, [*ids.values()]))
    return {number: scores[project_id] for number, project_id in ids.items()}


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


def _counts_for(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return the id of the candidate for which a project's votes count, by the project's id."""
    merged = session.execute(SELECT_MERGED, {"projects": [*ids]})
    return {project_id: project_id for project_id in ids} | {
        row.id: row.merged_into for row in merged
    }


def _scores(
    session: Session, board: Board, counts_for: Mapping[int, int]
) -> dict[int, dict[str, Impacts]]:
    """Return each person's impacts by candidate, for the charter's values.

    If someone scored two projects that were merged, the later score counts.
    """
    # Many people give the same scores, so each text is parsed once.
    impacts_in: dict[str, Impacts] = {}
    members = _members(session, board)
    by_candidate: dict[int, dict[str, Impacts]] = defaultdict(dict)
    for project_id, _, text in _score_texts(session, counts_for):
        parts = text.split(SEPARATOR)
        new = set(parts[1::2]).difference(impacts_in)
        impacts_in |= zip(new, parse_impacts(new, board.charter.keys), strict=True)
        given = dict(zip(parts[::2], map(impacts_in.__getitem__, parts[1::2]), strict=True))
        if not (members.issuperset(given) and all(given.values())):
            given = {
                person: impacts
                for person, impacts in given.items()
                if impacts and person in members
            }
        by_candidate[counts_for[project_id]] |= given
    return by_candidate


def _score_texts(session: Session, counts_for: Mapping[int, int]) -> Iterable[Any]:
    """Return projects' ids with a time, if it matters, and a text of scores.

    Of projects that count for the same candidate, later scores come last.
    """
    merged_into = {into for source, into in counts_for.items() if source != into}
    alone = [source for source, into in counts_for.items() if into not in merged_into]
    together = [source for source, into in counts_for.items() if into in merged_into]
    query = SELECT_SCORES_BY_TIME if together else SELECT_SCORES
    return session.execute(query, {"alone": alone, "together": together})


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
