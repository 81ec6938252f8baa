"""Plans, commitments and retrospectives of a board's quarters."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.views.data.board_overview import Overview
from bot.views.data.quarter import QuarterRow
from domain.calendar.quarter import Quarter
from domain.planning.commitment import Commitment, CommittedProject
from domain.planning.plan import Capacity, Plan, make_plan, remaining_effort
from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective
from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.ranking.ranking import Section, rank
from domain.toil.ledger import DateRange
from storage.boards.boards import Board
from storage.database import Session
from storage.planning import roadmaps, toil
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.projects import candidates, projects
from storage.projects.projects import Project
from storage.tables import PostKind, PostState


def planned(
    session: Session,
    board: Board,
    seen: Overview,
    quarter: Quarter,
    now: datetime,
) -> Plan:
    """Return the plan of a quarter. Its capacity leaves out the share of time that toil takes."""
    capacity = Capacity(
        people=board.people,
        weeks=quarter.weeks,
        weeks_away=board.weeks_away,
        planned_share=toil.planned_share(session, board, quarter, now),
    )
    return make_plan(seen.ranking, capacity, carried_over(session, board, quarter))


def with_carried(capacity: Capacity, items: Iterable[CommittedProject]) -> Capacity:
    """Return the capacity with only the carried-over projects of `items` taken off."""
    carried = sum(item.effort_weeks for item in items if item.carried_over)
    return replace(capacity, carried_over=carried)


def committed(session: Session, board: Board, quarter: Quarter) -> Commitment | None:
    """Return the quarter's commitment with its times in the board's time zone, or None."""
    found = roadmaps.find(session, board.id, quarter)
    if found is None:
        return None
    local = board.cadence.to_local
    changes = tuple(replace(each, changed_at=local(each.changed_at)) for each in found.changes)
    return replace(found, committed_at=local(found.committed_at), changes=changes)


def is_posted(session: Session, board: Board, quarter: Quarter) -> bool:
    """Return whether the quarter's roadmap is posted or waits to be posted."""
    post = outbox.latest(session, board.id, PostKind.ROADMAP, QuarterSubject(quarter.key))
    return post is not None and post.state in (
        PostState.DUE,
        PostState.SENDING,
        PostState.POSTED,
    )


def carried_over(session: Session, board: Board, quarter: Quarter) -> dict[int, float]:
    """Return the remaining effort in engineer-weeks of projects that a quarter takes over, by
    number.

    These are the previous quarter's projects that are still open.
    """
    before = roadmaps.find(session, board.id, quarter.previous())
    if before is None:
        return {}
    known = Known(projects.list_for_board(session, board.id))
    alive = [known.living(number) for number in before.current_numbers]
    return {
        each.number: _remaining(each, before) for each in alive if each.status in RANKED_STATUSES
    }


def _remaining(project: Project, before: Commitment) -> float:
    item = before.find(project.number)
    effort = project.proposal.effort_weeks or (item.effort_weeks if item else None)
    return remaining_effort(effort, project.proposal.steps, project.steps_done)


def rows(session: Session, board: Board, commitment: Commitment) -> list[QuarterRow]:
    """Return the projects of a quarter's roadmap with their status."""
    known = Known(projects.list_for_board(session, board.id))
    found = []
    for number in commitment.current_numbers:
        project, item = known.by_number[number], commitment.find(number)
        found.append(
            QuarterRow(
                number=number,
                item=item,
                effort_weeks=item.effort_weeks if item else project.proposal.effort_weeks,
                status=project.status,
                merged_into=known.living(number).number if project.merged_into else None,
                reason=project.status_reason,
                steps=len(project.proposal.steps),
                steps_done=len(project.steps_done),
            )
        )
    return found


def retrospective(
    session: Session, board: Board, quarter: Quarter, until: date | None = None
) -> Retrospective:
    """Return the quarter's retrospective, or its state so far if it hasn't ended.

    The measured share of planned work covers the quarter's days before `until`. It's None if there
    are no such days or `until` is None.
    """
    commitment = roadmaps.find(session, board.id, quarter)
    known = Known(projects.list_for_board(session, board.id))
    mentioned = commitment.all_numbers if commitment else ()
    numbers = dict.fromkeys(known.living(number).number for number in mentioned)
    numbers |= dict.fromkeys(
        each.number for each in known.projects if _shipped_in(each, board, quarter)
    )
    works = [
        _work(session, board, quarter, known.by_number[number], known, commitment)
        for number in numbers
        if not _ended_before(known.by_number[number], board, quarter)
    ]
    share = None if until is None else _measured_share(session, board, quarter, until)
    return Retrospective(tuple(works), share)


def _measured_share(session: Session, board: Board, quarter: Quarter, until: date) -> float | None:
    after = min(until, quarter.end + timedelta(days=1))
    if after <= quarter.start:
        return None
    return toil.summary(session, board, DateRange(quarter.start, after)).planned_share


def _work(
    session: Session,
    board: Board,
    quarter: Quarter,
    project: Project,
    known: "Known",
    commitment: Commitment | None,
) -> QuarterProject:
    """Return a project's result in the quarter. Projects that were merged into it count as part of
    it.
    """
    end = _end(project, board, quarter)
    items = [
        item
        for item in (commitment.projects if commitment else ())
        if known.living(item.number) is project
    ]
    held = commitment.current_numbers if commitment else ()
    needle, impact = _moved(session, board, project) if end is QuarterResult.SHIPPED else (0.0, {})
    return QuarterProject(
        number=project.number,
        proposal=project.proposal,
        result=end,
        committed=bool(items),
        planned=any(known.living(number) is project for number in held),
        effort_weeks=sum(item.effort_weeks for item in items)
        or project.proposal.effort_weeks
        or 0.0,
        needle=needle,
        impact=impact,
    )


def _moved(session: Session, board: Board, project: Project) -> tuple[float, dict[str, float]]:
    """Return a project's needle and impact, or 0 and no impact if it's unscored."""
    candidate = candidates.candidates(session, board, only=project.number)
    [alone] = rank(candidate, board.charter).projects
    if alone.section is Section.UNSCORED:
        return 0.0, {}
    return alone.needle, alone.impact


def _end(project: Project, board: Board, quarter: Quarter) -> QuarterResult:
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


class Known:
    """A board's projects by number. Numbers of merged projects lead to their targets."""

    def __init__(self, all_of_them: Iterable[Project]) -> None:
        self.projects = tuple(all_of_them)
        self.by_number = {each.number: each for each in self.projects}
        self._by_id = {each.id: each for each in self.projects}

    def living(self, number: int) -> Project:
        project = self.by_number[number]
        return self._by_id.get(project.merged_into or 0, project)
