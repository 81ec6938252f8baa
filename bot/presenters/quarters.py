"""Plans, commitments and retrospectives of a board's quarters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.quarter import QuarterProgress, QuarterRow
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    UndoneCommit,
    commit_project,
    effort_in_roadmap,
)
from domain.planning.plan import Plan, make_plan, remaining_effort
from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective
from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.ranking.ranking import RankedProject, Ranking, Section, rank
from domain.toil.ledger import DEFAULT_PLANNED_SHARE, DateRange
from storage.boards.boards import Board
from storage.database import Session
from storage.planning import roadmaps, toil
from storage.planning.team_size import team_size
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.projects import candidates, history
from storage.projects.projects import Project
from storage.tables import PostKind, PostState


def planned(snapshot: BoardSnapshot, ranking: Ranking, quarter: Quarter, now: datetime) -> Plan:
    """Return the plan of a quarter as of now."""
    [plan] = planned_by_each(snapshot, [ranking], quarter, now)
    return plan


def planned_by_each(
    snapshot: BoardSnapshot, rankings: Sequence[Ranking], quarter: Quarter, now: datetime
) -> list[Plan]:
    """Return the plan of a quarter as of now by each ranking of the same projects.

    The capacity and what is carried over don't depend on the ranking. They are read once, because
    the capacity may count the people in every score of the board.
    """
    capacity = _capacity(snapshot, quarter, now)
    taken_over = carried_over(snapshot, quarter)
    return [make_plan(ranking, capacity, taken_over) for ranking in rankings]


def _capacity(snapshot: BoardSnapshot, quarter: Quarter, now: datetime) -> Capacity:
    """Return what is left of the quarter for planned work."""
    session, board = snapshot.session, snapshot.board
    size = team_size(session, board, now)
    share = toil.measured_share(session, board, quarter, now, size.people)
    return Capacity(
        people=size.people,
        people_source=size.source,
        weeks=quarter.weeks_left(board.cadence.today(now)),
        weeks_away=board.weeks_away,
        planned_share=DEFAULT_PLANNED_SHARE if share is None else share,
        share_is_measured=share is not None,
    )


def committed(snapshot: BoardSnapshot, quarter: Quarter) -> Commitment | None:
    """Return the quarter's commitment with its times in the board's time zone, or None."""
    commitment = roadmaps.find(snapshot.session, snapshot.board.id, quarter)
    if commitment is None:
        return None
    local = snapshot.board.cadence.to_local
    return replace(
        commitment,
        committed_at=local(commitment.committed_at),
        changes=tuple(
            replace(change, changed_at=local(change.changed_at)) for change in commitment.changes
        ),
    )


def undone(snapshot: BoardSnapshot, quarter: Quarter) -> UndoneCommit | None:
    """Return who undid the quarter's commit, in the board's time zone, or None."""
    found = roadmaps.find_undone(snapshot.session, snapshot.board.id, quarter)
    if found is None:
        return None
    return replace(found, undone_at=snapshot.board.cadence.to_local(found.undone_at))


def committed_numbers(snapshot: BoardSnapshot, quarter: Quarter) -> frozenset[int] | None:
    """Return the numbers of the quarter's projects, or None if it isn't committed.

    For a merged project, it's the number of the project that it became part of.
    """
    commitment = roadmaps.find(snapshot.session, snapshot.board.id, quarter)
    if commitment is None:
        return None
    counting = snapshot.resolve_merges(commitment.current_numbers)
    return frozenset(project.number for project in counting.values())


def quarter_progress(snapshot: BoardSnapshot, now: datetime) -> QuarterProgress | None:
    """Return the current quarter's progress, or None if it isn't committed."""
    session, board = snapshot.session, snapshot.board
    quarter = board.cadence.quarter(now)
    commitment = roadmaps.find(session, board.id, quarter)
    if commitment is None:
        return None
    counting = snapshot.resolve_merges(commitment.current_numbers).values()
    by_number = {project.number: project.status for project in counting}
    numbers, statuses = frozenset(by_number), Counter(by_number.values())
    roadmap = outbox.latest(session, board.id, PostKind.ROADMAP, QuarterSubject(quarter.key))
    shipped, started, not_started = (
        statuses[status] for status in (Status.SHIPPED, Status.STARTED, Status.OPEN)
    )
    return QuarterProgress(
        label=quarter.label,
        numbers=numbers,
        shipped=shipped,
        in_progress=started,
        not_started=not_started,
        closed=len(numbers) - shipped - started - not_started,
        weeks_left=quarter.weeks_left(board.cadence.today(now)),
        permalink=roadmap.permalink if roadmap else None,
    )


def is_posted(session: Session, board: Board, quarter: Quarter) -> bool:
    """Return whether the quarter's roadmap is posted or waits to be posted."""
    post = outbox.latest(session, board.id, PostKind.ROADMAP, QuarterSubject(quarter.key))
    return post is not None and post.state in (
        PostState.DUE,
        PostState.SENDING,
        PostState.POSTED,
    )


def carried_over(snapshot: BoardSnapshot, quarter: Quarter) -> dict[int, float]:
    """Return the remaining effort in engineer-weeks of projects that a quarter takes over, by
    number.

    These are the previous quarter's projects that are still open.
    """
    previous = roadmaps.find(snapshot.session, snapshot.board.id, quarter.previous())
    if previous is None:
        return {}
    counting = snapshot.resolve_merges(previous.current_numbers)
    projects = [counting[number] for number in previous.current_numbers]
    return {
        project.number: _remaining(project, previous) for project in projects if project.is_ranked
    }


def _remaining(project: Project, commitment: Commitment) -> float:
    item = commitment.find(project.number)
    effort = project.proposal.effort_weeks or (item.effort_weeks if item else None)
    return remaining_effort(effort, project.proposal.steps, project.steps_done)


def rows(snapshot: BoardSnapshot, commitment: Commitment) -> list[QuarterRow]:
    """Return the projects of a quarter's roadmap with their status.

    Results that are hidden now are left out, also if they were visible at the commit.
    """
    numbers = commitment.current_numbers
    counting = {number: snapshot.resolve_merge(number).number for number in numbers}
    visible = _rank_alone(snapshot, [*counting.values()])
    items = commitment.projects_by_number
    return [
        _row(
            snapshot,
            number,
            item.without_results()
            if (item := items.get(number)) and counting[number] not in visible
            else item,
        )
        for number in numbers
    ]


def planned_rows(snapshot: BoardSnapshot, ranking: Ranking, plan: Plan) -> list[QuarterRow]:
    """Return carried-over and planned projects with their status, as a commit would store them."""
    carried_over = [
        commit_project(ranked, plan.carried_over[ranked.candidate.id], carried_over=True)
        for ranked in ranking.projects
        if ranked.candidate.id in plan.carried_over
    ]
    planned = [
        commit_project(ranked, ranked.candidate.effort_weeks or 0, carried_over=False)
        for ranked in plan.planned
    ]
    return [_row(snapshot, item.number, item) for item in carried_over + planned]


def _row(snapshot: BoardSnapshot, number: int, item: CommittedProject | None) -> QuarterRow:
    project = snapshot.projects_by_number[number]
    return QuarterRow(
        number=number,
        item=item,
        effort_weeks=effort_in_roadmap(item, project.proposal.effort_weeks),
        status=project.status,
        merged_into=snapshot.resolve_merge(number).number if project.merged_into else None,
        reason=project.status_reason,
        steps=len(project.proposal.steps),
        steps_done=len(project.steps_done),
        owner=project.owner,
    )


def retrospective(
    snapshot: BoardSnapshot,
    quarter: Quarter,
    commitment: Commitment | None,
    until: date | None = None,
) -> Retrospective:
    """Return the quarter's retrospective, or its state so far if it hasn't ended.

    The measured share of planned work covers the quarter's days before `until`. It's None if there
    are no such days or `until` is None.
    """
    board = snapshot.board
    mentioned = commitment.all_numbers if commitment else ()
    numbers = dict.fromkeys(snapshot.resolve_merge(number).number for number in mentioned)
    numbers |= dict.fromkeys(
        project.number for project in snapshot.projects if _shipped_in(project, board, quarter)
    )
    projects = [
        project
        for project in map(snapshot.projects_by_number.__getitem__, numbers)
        if not _ended_before(project, board, quarter)
    ]
    results = {project.number: _result(project, board, quarter) for project in projects}
    shipped = [number for number in results if results[number] is QuarterResult.SHIPPED]
    ranked = _rank_alone(snapshot, shipped)
    days_to_ship = _days_to_ship(
        snapshot, [project for project in projects if project.number in shipped]
    )
    return Retrospective(
        tuple(
            _quarter_project(
                snapshot,
                commitment,
                project,
                results[project.number],
                ranked.get(project.number),
                days_to_ship.get(project.number),
            )
            for project in projects
        ),
        planned_share=None
        if until is None
        else _measured_share(snapshot, quarter, commitment, until),
        assumed_share=commitment.capacity.planned_share if commitment else None,
    )


def _days_to_ship(snapshot: BoardSnapshot, shipped: Sequence[Project]) -> dict[int, int]:
    """Return the days from start to ship by number. Omit projects that were never started."""
    today = snapshot.board.cadence.today
    ids = [project.id for project in shipped]
    started = history.last_at(snapshot.session, ids, Status.STARTED) if ids else {}
    return {
        project.number: (today(project.status_at) - today(started[project.id])).days
        for project in shipped
        if project.status_at and project.id in started
    }


def _measured_share(
    snapshot: BoardSnapshot, quarter: Quarter, commitment: Commitment | None, until: date
) -> float | None:
    """Return the share of time that toil left in the quarter, for the people of its commitment."""
    session, board = snapshot.session, snapshot.board
    after = min(until, quarter.end + timedelta(days=1))
    if after <= quarter.start:
        return None
    days = DateRange(quarter.start, after)
    if commitment is None:
        people = team_size(session, board, board.hours.start_of_day(after)).people
    else:
        people = commitment.capacity.people
    return toil.summary(session, board, days, people).planned_share


def _rank_alone(snapshot: BoardSnapshot, numbers: list[int]) -> dict[int, RankedProject]:
    """Return projects of any status by number, each ranked without the others.

    Omit those that too few people have scored.
    """
    if not numbers:
        return {}
    board = snapshot.board
    ranked = {}
    for number, candidate in candidates.by_number(snapshot.session, board, numbers).items():
        [alone] = rank([candidate], board.charter).projects
        if alone.section is not Section.UNSCORED:
            ranked[number] = alone
    return ranked


def _quarter_project(
    snapshot: BoardSnapshot,
    commitment: Commitment | None,
    project: Project,
    result: QuarterResult,
    ranked: RankedProject | None,
    days_to_ship: int | None,
) -> QuarterProject:
    """Return a project's result in the quarter. Projects that were merged into it count as part of
    it.
    """
    items = [
        item
        for item in (commitment.projects if commitment else ())
        if snapshot.resolve_merge(item.number) is project
    ]
    planned_numbers = commitment.current_numbers if commitment else ()
    return QuarterProject(
        number=project.number,
        proposal=project.proposal,
        result=result,
        committed=bool(items),
        planned=any(snapshot.resolve_merge(number) is project for number in planned_numbers),
        effort_weeks=sum(item.effort_weeks for item in items)
        or project.proposal.effort_weeks
        or 0.0,
        days_to_ship=days_to_ship,
        needle=ranked.needle if ranked else 0.0,
        impact=ranked.impact if ranked else {},
    )


def _result(project: Project, board: Board, quarter: Quarter) -> QuarterResult:
    """Return what had become of a project on the quarter's last day."""
    if project.status_at is None or board.cadence.today(project.status_at) > quarter.end:
        return QuarterResult.OPEN
    if project.status is Status.SHIPPED:
        return QuarterResult.SHIPPED
    return QuarterResult.OPEN if project.status in RANKED_STATUSES else QuarterResult.CLOSED


def _ended_before(project: Project, board: Board, quarter: Quarter) -> bool:
    """Return whether a project closed before the quarter began.

    A quarter can be committed ahead of time, so some of its projects may be closed when it begins.
    """
    return (
        project.status not in RANKED_STATUSES
        and project.status_at is not None
        and board.cadence.today(project.status_at) < quarter.start
    )


def _shipped_in(project: Project, board: Board, quarter: Quarter) -> bool:
    return (
        project.status is Status.SHIPPED
        and project.status_at is not None
        and quarter.start <= board.cadence.today(project.status_at) <= quarter.end
    )
