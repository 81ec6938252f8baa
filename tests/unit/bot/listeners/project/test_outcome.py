"""Outcome form: who may report what a shipped project changed, and who sees it."""

import pytest

from bot.views.posts import outcome
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.shipped_projects import outcome_form, ship_scored_project


@pytest.fixture
def shipped(team: ListenerHarness) -> ListenerHarness:
    """Board with a project that U1 and U2 scored, shipped at NOW."""
    return ship_scored_project(team)


def test_outcome_from_non_scorer__is_refused(shipped: ListenerHarness) -> None:
    shipped.channel.adds_people("U3")
    before = shipped.dump()
    assert "Only people who scored a project" in shipped.submits("U3", outcome_form(cost="1"))
    assert "Only people who scored a project" in shipped.presses(
        "U3", outcome.OPEN_FORM, value=f"{HERE}:1"
    )
    assert "Only people who scored a project" in shipped.presses(
        "U1", outcome.OPEN_FORM, value=f"{HERE}:x"
    )
    assert "doesn't use Needle" in shipped.presses("U1", outcome.OPEN_FORM, value="C9:1")
    assert shipped.dump() == before


def test_outcome_of_unshipped_project__is_refused(team: ListenerHarness) -> None:
    team.channel.proposes("first")
    team.channel.scores("U1", {"cost": 3})
    assert "only after it ships" in team.submits("U1", outcome_form(cost="1"))


def test_own_foresight__shows_only_own_scores(shipped: ListenerHarness) -> None:
    shipped.submits("U1", outcome_form(cost="1", security="-1"))
    reply = shipped.types("U1", "/roadmap mine")
    assert "Cost: expected +3.0, observed +1.0 (1 answer)" in reply
    assert "Security: expected 0.0, observed −1.0" in reply
    assert "No answers yet" in shipped.types("U2", "/roadmap mine")
    shipped.submits("U1", outcome_form(cost="2"))  # they changed their mind
    assert "Cost: expected +3.0, observed +2.0" in shipped.types("U1", "/roadmap mine")
