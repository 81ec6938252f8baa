"""Sample views of a quarter, by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.views.blocks.block_kit import Message
from bot.views.data.board_overview import Overview
from bot.views.data.export import ExportRow
from bot.views.data.quarter import (
    CommittedRoadmap,
    PlannedRoadmap,
    QuarterReview,
    QuarterRow,
    RoadmapUpdate,
)
from bot.views.modals import commit
from bot.views.posts import committed_roadmap, retrospective, roadmap, roadmap_thread
from bot.views.replies import current_plan, export
from domain.planning.capacity import Capacity
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    RoadmapChange,
    UndoneCommit,
    commit_project,
)
from domain.planning.plan import Plan, make_plan
from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective

MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
ABOUT = commit.BoardQuarter("C1", "2026-10-01", "Q4 2026")
SMALL = Capacity(people=0.5, weeks=13)
CARRIED = {3: 4.0}


def a_commitment(seen: Overview, reason: str) -> Commitment:
    """Return a commitment: #3 carried over, #2 and #1 committed, #5 swapped for #1, #8 added."""
    items = []
    for number in (3, 2, 1):
        ranked = seen.ranking.find(number)
        assert ranked is not None
        effort = CARRIED.get(number, ranked.candidate.effort_weeks or 0)
        items.append(
            CommittedProject(
                number, ranked.rank, ranked.needle, effort, ranked.impact, number in CARRIED
            )
        )
    return Commitment(
        capacity=Capacity(people=1, weeks=13),
        charter_version=2,
        committed_by="UMIA",
        committed_at=MAY - timedelta(days=32),
        projects=tuple(items),
        changes=(
            RoadmapChange(5, added=True, reason=reason, changed_by="UMIA", changed_at=MAY),
            RoadmapChange(1, added=False, reason=reason, changed_by="UMIA", changed_at=MAY),
            RoadmapChange(
                8, added=True, reason=reason, changed_by="UANA", changed_at=MAY + timedelta(days=9)
            ),
        ),
    )


def the_rows(seen: Overview, reason: str) -> list[QuarterRow]:
    """Return rows in each status."""
    made = a_commitment(seen, reason)
    three, two, one = made.projects
    return [
        QuarterRow(3, three, 4.0, "started", steps=4, steps_done=2, owner="UANA"),
        QuarterRow(2, two, 2.0, "shipped"),
        QuarterRow(1, one, 3.0, "merged", merged_into=2),
        QuarterRow(5, None, 4.5, "dropped", reason=reason),
        QuarterRow(8, None, None, "open"),
    ]


def planned_roadmap(seen: Overview, quarter: str, plan: Plan) -> PlannedRoadmap:
    """Return a plan's roadmap, whose projects are all open and have no owner."""
    items = [
        commit_project(ranked, plan.carried_over[ranked.candidate.id], carried_over=True)
        for ranked in seen.ranking.projects
        if ranked.candidate.id in plan.carried_over
    ] + [
        commit_project(ranked, ranked.candidate.effort_weeks or 0, carried_over=False)
        for ranked in plan.planned
    ]
    rows = [QuarterRow(item.number, item, item.effort_weeks, "open") for item in items]
    return PlannedRoadmap(seen, quarter, plan, rows)


def works(seen: Overview) -> Retrospective:
    def work(number: int, end: QuarterResult, **others: Any) -> QuarterProject:
        ranked = seen.ranking.find(number)
        assert ranked is not None
        shipped = end is QuarterResult.SHIPPED
        return QuarterProject(
            number,
            seen.proposals[number],
            end,
            effort_weeks=ranked.candidate.effort_weeks or 0.0,
            days_to_ship=7 * number if shipped else None,
            needle=ranked.needle if shipped else 0.0,
            impact=ranked.impact if shipped else {},
            **others,
        )

    return Retrospective(
        projects=(
            work(2, QuarterResult.SHIPPED, committed=True, planned=True),
            work(1, QuarterResult.SHIPPED, committed=True, planned=True),
            work(3, QuarterResult.OPEN, committed=True, planned=True),
            work(5, QuarterResult.CLOSED, planned=True),
            work(4, QuarterResult.SHIPPED),
        ),
        planned_share=0.786,
        assumed_share=0.82,
    )


def a_roadmap(seen: Overview, reason: str) -> Message:
    made = a_commitment(seen, reason)
    return committed_roadmap.roadmap(
        CommittedRoadmap(seen, "Q4 2026", made, the_rows(seen, reason), works(seen))
    )


def a_committed_plan(seen: Overview, reason: str) -> Message:
    """Return the roadmap as `/roadmap plan` shows it in the quarter."""
    made = a_commitment(seen, reason)
    rows = the_rows(seen, reason)[:2]
    return committed_roadmap.roadmap(
        CommittedRoadmap(seen, "Q4 2026", made, rows, Retrospective(())), weeks_left=4.8
    )


def an_ended_roadmap(seen: Overview, reason: str) -> Message:
    made = a_commitment(seen, reason)
    rows = the_rows(seen, reason)
    return committed_roadmap.roadmap(
        CommittedRoadmap(seen, "Q4 2026", made, rows, works(seen), ended=True)
    )


def a_retrospective(seen: Overview, reason: str) -> Message:
    return retrospective.retrospective(
        QuarterReview(seen, "Q4 2026", works(seen), a_commitment(seen, reason).changes)
    )


def a_retrospective_so_far(seen: Overview, _reason: str) -> Message:
    """Return a running quarter's retrospective, with more open projects than are listed."""
    done = works(seen)
    [still_open] = done.carried_over
    return retrospective.retrospective(
        QuarterReview(seen, "Q4 2026", replace(done, projects=(still_open,) * 6), ended=False)
    )


def a_commit_form(seen: Overview, _reason: str) -> dict[str, Any]:
    return commit.form(seen, ABOUT, make_plan(seen.ranking, Capacity(1, 13), CARRIED))


def an_overfull_commit_form(seen: Overview, _reason: str) -> dict[str, Any]:
    """Return a form in which everything is chosen, also carried-over projects with a problem."""
    carried_over = {3: 4.0, 4: 2.0, 7: 1.0, 8: 0.0}
    plan = make_plan(seen.ranking, Capacity(1, 4.8), carried_over)
    chosen = [ranked.candidate.id for ranked in seen.ranking.projects]
    return commit.form(seen, ABOUT, plan, chosen)


def an_undone_roadmap(seen: Overview, _reason: str) -> Message:
    planned = planned_roadmap(seen, "Q4 2026", make_plan(seen.ranking, SMALL, CARRIED))
    return roadmap.roadmap(replace(planned, undone=UndoneCommit("UMIA", MAY)))


def an_announcement(seen: Overview, reason: str) -> Message:
    made = a_commitment(seen, reason)
    rows = the_rows(seen, reason)
    return roadmap_thread.announcement(CommittedRoadmap(seen, "Q4 2026", made, rows, works(seen)))


def a_roadmap_change(seen: Overview, reason: str) -> Message:
    changes = a_commitment(seen, reason).changes[:2]
    return roadmap_thread.change(RoadmapUpdate(seen, "Q4 2026", changes))


def a_change_form(seen: Overview, reason: str) -> dict[str, Any]:
    return commit.change_form(
        seen, ABOUT, a_commitment(seen, reason), {}, weeks_left=4.8, can_undo=True
    )


def an_overfull_change_form(seen: Overview, reason: str) -> dict[str, Any]:
    """Return a form in which everything is added that the roadmap doesn't have."""
    made = a_commitment(seen, reason)
    _, others = made.split(seen.ranking)
    numbers = tuple(f"{ranked.candidate.id}" for ranked in others)
    entered = commit.ChangeSubmission(added=numbers, removed=("2",), reason=reason)
    return commit.change_form(seen, ABOUT, made, {}, entered)


def a_plan(seen: Overview, _reason: str) -> Message:
    return current_plan.current_plan(
        planned_roadmap(seen, "Q4 2026", make_plan(seen.ranking, SMALL, CARRIED))
    )


def an_export(seen: Overview, kind: str) -> Message:
    lines = [ExportRow(ranked, "open") for ranked in seen.ranking.projects]
    return export.message(export.table_text(lines, seen.charter, kind), seen.channel)


QUARTERLY: dict[str, Callable[[Overview, str], Message | dict[str, Any]]] = {
    "plan-with-carry-over": a_plan,
    "commit": a_commit_form,
    "commit-over-capacity": an_overfull_commit_form,
    "commit-result": lambda *_: commit.result(
        "Committed",
        ABOUT,
        ["The Q4 2026 roadmap is committed: 1 project."],
        [commit.post_button(ABOUT, "ops"), commit.undo_button(ABOUT)],
    ),
    "commit-result-announce": lambda *_: commit.result(
        "Committed",
        ABOUT,
        ["The Q4 2026 roadmap is committed: 1 project."],
        [commit.announce_button(ABOUT), commit.undo_button(ABOUT)],
    ),
    "roadmap-undone": an_undone_roadmap,
    "roadmap-announcement": an_announcement,
    "roadmap-change": a_roadmap_change,
    "change": a_change_form,
    "change-over-capacity": an_overfull_change_form,
    "roadmap-committed": a_roadmap,
    "roadmap-ended": an_ended_roadmap,
    "roadmap-committed-plan": a_committed_plan,
    "retrospective": a_retrospective,
    "retrospective-so-far": a_retrospective_so_far,
    "export-md": lambda seen, _: an_export(seen, "md"),
    "export-csv": lambda seen, _: an_export(seen, "csv"),
    "retrospective-empty": lambda seen, _: retrospective.retrospective(
        QuarterReview(seen, "Q4 2026", Retrospective(()))
    ),
}
