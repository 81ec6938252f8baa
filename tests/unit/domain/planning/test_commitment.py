from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.planning.capacity import Budget, Capacity
from domain.planning.commitment import (
    Commitment,
    CommittedProject,
    RoadmapChange,
    commit_project,
    effort_in_roadmap,
    group_changes,
)
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import Ranking, rank

MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def change(number: int, *, added: bool, reason: str = "fire", hours: int = 0) -> RoadmapChange:
    at = MAY + timedelta(hours=hours)
    return RoadmapChange(number, added=added, reason=reason, changed_by="U1", changed_at=at)


def committed(*numbers: int, changes: tuple[RoadmapChange, ...] = ()) -> Commitment:
    items = tuple(
        CommittedProject(number, rank, 10.0, 2.0) for rank, number in enumerate(numbers, 1)
    )
    return Commitment(Capacity(4, 13), 1, "U1", MAY, items, changes)


def test_projects_added_and_removed__current_numbers_follow() -> None:
    assert committed(4, 2).current_numbers == (4, 2)
    changes = (change(7, added=True), change(4, added=False))
    assert committed(4, 2, changes=changes).current_numbers == (2, 7)


def test_removed_and_added_again__comes_last() -> None:
    changes = (change(4, added=False), change(7, added=True), change(4, added=True, hours=1))
    assert committed(4, 2, changes=changes).current_numbers == (2, 7, 4)
    assert committed(4, 2, changes=changes).all_numbers == (4, 2, 7)


def test_project_added_later__is_found_as_it_was_then() -> None:
    added = CommittedProject(7, 3, 8.0, 1.0)
    changes = (
        change(6, added=True),
        replace(change(7, added=True), project=replace(added, rank=5)),
        change(7, added=False, hours=1),
        replace(change(7, added=True, hours=2), project=added),
        replace(change(4, added=True, hours=2), project=replace(added, number=4)),
    )
    commitment = committed(4, changes=changes)
    assert commitment.find(4) == commitment.projects[0]
    assert commitment.find(7) == added
    assert commitment.find(6) is None


def ranking(*numbers: int, scorers: int = 3, effort_weeks: float | None = None) -> Ranking:
    """Return projects that the same people scored alike, in the order of their numbers."""
    scores = {f"U{person}": {"security": 2} for person in range(scorers)}
    return rank(
        [
            Candidate(id=number, title="x", effort_weeks=effort_weeks, scores=scores)
            for number in numbers
        ],
        DEFAULT_CHARTER,
    )


def test_committed_project__has_its_visible_results() -> None:
    [first, second] = ranking(4, 7).projects
    item = commit_project(second, 2.5, carried_over=True)
    assert second.needle > 0
    assert item == CommittedProject(7, 2, second.needle, 2.5, second.impact, carried_over=True)
    assert item.has_results
    assert not commit_project(first, 2.5, carried_over=False).carried_over


def test_committed_below_the_quorum__has_no_results() -> None:
    [ranked] = ranking(7, scorers=2).projects
    item = commit_project(ranked, 2.5, carried_over=True)
    assert item == CommittedProject(7, None, 0.0, 2.5, {}, carried_over=True)
    assert not item.has_results


def test_stored_without_results__keeps_only_number_and_effort() -> None:
    item = CommittedProject(7, 2, 9.5, 2.5, {"security": 1.0}, carried_over=True)
    assert item.without_results() == CommittedProject(7, None, 0.0, 2.5, carried_over=True)


@pytest.mark.parametrize(
    ("number", "effort_weeks", "is_carried_over"),
    [
        (4, 2.0, True),  # in the roadmap before: as it was then
        (2, 2.0, False),
        (7, 1.5, True),  # what remains of it
        (9, 6.0, False),  # new: its estimate
    ],
)
def test_added_project__counts_as_before_or_what_remains(
    number: int, effort_weeks: float, *, is_carried_over: bool
) -> None:
    commitment = committed(4, 2)
    first, second = commitment.projects
    commitment = replace(commitment, projects=(replace(first, carried_over=True), second))
    [ranked] = ranking(number, effort_weeks=6.0).projects
    item = commitment.as_added(ranked, {7: 1.5, 2: 3.0})
    assert item == commit_project(ranked, effort_weeks, carried_over=is_carried_over)


def test_added_without_an_estimate__counts_as_zero_weeks() -> None:
    [ranked] = ranking(9).projects
    assert committed(4).as_added(ranked, {}) == commit_project(ranked, 0, carried_over=False)


def test_budget_with_added_project__counts_it_as_carried_over() -> None:
    added = [CommittedProject(7, 3, 8.0, 1.0, carried_over=True), CommittedProject(9, 4, 7.0, 2.0)]
    budget = committed(4).budget({4: 1.0, 7: 1.0, 9: 2.0}, added)
    assert (budget.carried_over, budget.added) == (1.0, 3.0)


def test_open_projects__are_split_by_the_current_roadmap() -> None:
    changes = (change(7, added=True), change(4, added=False))
    inside, others = committed(4, 2, changes=changes).split(ranking(2, 4, 5, 7))
    assert [ranked.candidate.id for ranked in inside] == [2, 7]
    assert [ranked.candidate.id for ranked in others] == [4, 5]


def test_budget__counts_carried_over_and_added_efforts_apart() -> None:
    commitment = committed(4, 2)
    carried_over = replace(commitment.projects[0], carried_over=True)
    commitment = replace(commitment, projects=(carried_over, *commitment.projects[1:]))
    efforts = {4: 1.2, 2: 3.0, 7: 0.6, 9: None}
    budget = commitment.budget(efforts)
    assert budget == Budget(commitment.capacity.engineer_weeks, carried_over=1.5, added=4.0)
    assert commitment.budget({4: None, 2: None}).committed == 0


@pytest.mark.parametrize(
    ("stored", "carried_over", "estimate", "counted"),
    [
        (2.0, False, 5.0, 2.0),
        (0.0, False, 5.0, 5.0),
        (0.0, False, None, None),
        (0.0, True, 5.0, 0.0),
        (0.0, True, None, None),
        (None, False, 5.0, 5.0),
    ],
)
def test_effort_in_roadmap__keeps_what_was_known_then(
    stored: float | None, *, carried_over: bool, estimate: float | None, counted: float | None
) -> None:
    item = None if stored is None else CommittedProject(1, 1, 9.0, stored, {}, carried_over)
    assert effort_in_roadmap(item, estimate) == counted


def test_changes_from_one_form__are_grouped() -> None:
    first = [change(7, added=True), change(4, added=False)]
    later = [change(5, added=True, hours=1)]
    other_reason = [change(6, added=True, hours=1, reason="no time")]
    assert group_changes([*first, *later, *other_reason]) == [first, later, other_reason]
    assert group_changes([]) == []
