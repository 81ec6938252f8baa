"""Forms and posts of a quarter stay within Slack's limits with very many projects."""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from bot.views.data.board_overview import Overview
from bot.views.data.quarter import CommittedRoadmap, QuarterReview, QuarterRow
from bot.views.modals import commit
from bot.views.posts import committed_roadmap, retrospective
from domain.planning.commitment import Commitment, CommittedProject, RoadmapChange
from domain.planning.plan import Capacity, make_plan
from domain.planning.retrospective import QuarterProject, QuarterResult, Retrospective
from domain.ranking.candidate import Candidate
from domain.ranking.ranking import rank
from tests.support.modal_input import submitted
from tests.unit.bot.views.test_limits import CROWD, EIGHT_VALUES, HUGE, PROPOSAL, is_whole

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MANY = 450  # more than a menu of ours offers
ABOUT = commit.BoardQuarter("C1", "2026-10-01", "FY2026 Q4")


@pytest.fixture(scope="module")
def many() -> Overview:
    """A board with more ranked projects than a form can offer."""
    charter = EIGHT_VALUES.model_copy(update={"quorum": 1})
    projects = [
        Candidate(
            id=number,
            title=PROPOSAL.title,
            effort_weeks=0.5,
            scores={CROWD[0]: dict.fromkeys(charter.keys, 3)},
        )
        for number in range(1, MANY + 1)
    ]
    ranking = rank(projects, charter)
    return Overview("c" * 80, ranking, 1, {each.id: PROPOSAL for each in projects}, {}, {})


@pytest.mark.parametrize(
    ("weeks", "chosen"), [(0.5, 1), (20, 40), (40, 80), (75, 150), (100, 150), (300, 150)]
)
def test_commit_form_of_many_projects__fits(many: Overview, weeks: float, chosen: int) -> None:
    """The first planned projects are checkboxes, the others are in a menu, and a note names the
    rest.
    """
    planned = make_plan(many.ranking, Capacity(people=1, weeks=weeks, planned_share=1))
    view = commit.form(many, ABOUT, planned)
    assert is_whole(view)
    taken = [f"{each.candidate.id}" for each in planned.planned]
    assert list(commit.parse_commit(submitted(view))) == taken[:chosen]
    [hint] = [block["hint"]["text"] for block in view["blocks"] if "hint" in block]
    boxed = min(len(taken), commit.MAX_CHECKBOXES)
    assert f"Not listed: {MANY - commit.MAX_OFFERED - boxed} lower ranks." in hint
    assert ("don't fit in this menu" in hint) == (len(taken) > chosen)


def test_commit_form_with_many_carried_over__fits(many: Overview) -> None:
    carried = dict.fromkeys(range(1, 121), 0.5)
    planned = make_plan(many.ranking, Capacity(people=1, weeks=90, planned_share=1), carried)
    view = commit.form(many, ABOUT, planned)
    assert is_whole(view)
    both = {*carried, *(each.candidate.id for each in planned.planned)}
    assert {int(number) for number in commit.parse_commit(submitted(view))} == both


def test_change_form_of_many_projects__fits(many: Overview) -> None:
    numbers = range(1, MANY + 1)
    assert is_whole(commit.change_form(many, ABOUT, numbers, numbers))


def test_posts_of_many_projects__fit(many: Overview) -> None:
    numbers = [each.candidate.id for each in many.ranking.projects]
    items = tuple(
        CommittedProject(
            each.candidate.id, each.rank, each.needle, 3, each.impact, carried_over=True
        )
        for each in many.ranking.projects
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
    made = Commitment(Capacity(4, 13), 12, CROWD[0], NOW, items, changes)
    rows = [QuarterRow(each.number, each, 3, "dropped", reason=HUGE[:200]) for each in items]
    works = tuple(
        QuarterProject(number, PROPOSAL, end, committed=True, planned=True, impact={"a" * 8: 1})
        for number, end in zip(numbers, cycle(QuarterResult), strict=False)
    )
    seen = Retrospective(works, 0.5)
    assert is_whole(
        committed_roadmap.roadmap(CommittedRoadmap(many, "FY2026 Q4", made, rows, seen))
    )
    assert is_whole(retrospective.retrospective(QuarterReview(many, "FY2026 Q4", seen, changes)))
