"""Slack's limits: the forms and posts of a quarter with very many projects.

These tests cut across the modules that show a quarter: they share a board with more projects than
any form can offer.
"""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from bot.views.data.board_overview import Overview
from bot.views.data.quarter import CommittedRoadmap, QuarterReview, QuarterRow
from bot.views.modals import commit
from bot.views.posts import committed_roadmap, retrospective
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject, RoadmapChange
from domain.planning.plan import make_plan
from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective
from domain.ranking.candidate import Candidate
from domain.ranking.ranking import rank
from tests.support.modal_input import submitted
from tests.unit.bot.views.test_limits import CROWD, EIGHT_VALUES, HUGE, PROPOSAL, assert_fits

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PROJECT_COUNT = 450  # more than a menu of the forms offers
QUARTER = commit.BoardQuarter("C1", "2026-10-01", "FY2026 Q4")


@pytest.fixture(scope="module")
def huge_board() -> Overview:
    """A board with more ranked projects than a form can offer."""
    charter = EIGHT_VALUES.model_copy(update={"quorum": 1})
    projects = [
        Candidate(
            id=number,
            title=PROPOSAL.title,
            effort_weeks=0.5,
            scores={CROWD[0]: dict.fromkeys(charter.keys, 3)},
        )
        for number in range(1, PROJECT_COUNT + 1)
    ]
    ranking = rank(projects, charter)
    return Overview(
        channel="c" * 80,
        ranking=ranking,
        charter_version=1,
        proposals={project.id: PROPOSAL for project in projects},
        links={},
        fires={},
        permanent_ids={project.id: f"needle-{project.id}" for project in projects},
    )


@pytest.mark.parametrize(
    ("weeks", "chosen"), [(0.5, 1), (20, 40), (40, 80), (75, 150), (100, 150), (300, 150)]
)
def test_commit_form_of_many_projects__fits(
    huge_board: Overview, weeks: float, chosen: int
) -> None:
    # The first planned projects are checkboxes, others are in a menu, and a hint counts the rest.
    plan = make_plan(huge_board.ranking, Capacity(people=1, weeks=weeks, planned_share=1))
    view = commit.form(huge_board, QUARTER, plan)
    assert_fits(view)
    planned_numbers = [ranked.candidate.id for ranked in plan.planned]
    chosen_numbers = huge_board.numbers_of(commit.parse_commit(submitted(view)))
    assert chosen_numbers == planned_numbers[:chosen]
    [hint] = [block["hint"]["text"] for block in view["blocks"] if "hint" in block]
    checkbox_count = min(len(planned_numbers), commit.MAX_CHECKBOXES)
    assert (
        f"Not listed: {PROJECT_COUNT - commit.MAX_OFFERED - checkbox_count} lower-ranked projects."
        in hint
    )
    assert ("because I can select only 100 here" in hint) == (len(planned_numbers) > chosen)


def test_commit_form_with_many_carried_over__fits(huge_board: Overview) -> None:
    carried_over = dict.fromkeys(range(1, 121), 0.5)
    plan = make_plan(
        huge_board.ranking, Capacity(people=1, weeks=90, planned_share=1), carried_over
    )
    view = commit.form(huge_board, QUARTER, plan)
    assert_fits(view)
    expected = {*carried_over, *(ranked.candidate.id for ranked in plan.planned)}
    assert set(huge_board.numbers_of(commit.parse_commit(submitted(view)))) == expected


def test_change_form_of_many_projects__fits(huge_board: Overview) -> None:
    numbers = [ranked.candidate.id for ranked in huge_board.ranking.projects]
    half = tuple(CommittedProject(number, None, 0, 1) for number in numbers[::2])
    commitment = Commitment(Capacity(4, 13), 12, CROWD[0], NOW, half)
    everything = tuple(map(str, numbers))
    entered = commit.ChangeSubmission(everything, everything, HUGE)
    assert_fits(commit.change_form(huge_board, QUARTER, commitment, {}))
    assert_fits(commit.change_form(huge_board, QUARTER, commitment, {}, entered))


def test_posts_of_many_projects__fit(huge_board: Overview) -> None:
    numbers = [ranked.candidate.id for ranked in huge_board.ranking.projects]
    items = tuple(
        CommittedProject(
            ranked.candidate.id, ranked.rank, ranked.needle, 3, ranked.impact, carried_over=True
        )
        for ranked in huge_board.ranking.projects
    )
    changes = tuple(
        RoadmapChange(
            number,
            added=True,
            reason=HUGE[:200],
            changed_by=CROWD[0],
            changed_at=NOW + timedelta(days=day),
        )
        for day in range(20)
        for number in numbers
    )
    commitment = Commitment(Capacity(4, 13), 12, CROWD[0], NOW, items, changes)
    rows = [QuarterRow(item.number, item, 3, "dropped", reason=HUGE[:200]) for item in items]
    quarter_projects = tuple(
        QuarterProject(number, PROPOSAL, result, committed=True, planned=True, impact={"a" * 8: 1})
        for number, result in zip(numbers, cycle(QuarterResult), strict=False)
    )
    results = Retrospective(quarter_projects, 0.5)
    assert_fits(
        committed_roadmap.roadmap(
            CommittedRoadmap(huge_board, "FY2026 Q4", commitment, rows, results)
        )
    )
    assert_fits(
        retrospective.retrospective(QuarterReview(huge_board, "FY2026 Q4", results, changes))
    )
