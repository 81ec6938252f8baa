"""Shipped projects, and the form that asks scorers for their outcome."""

from typing import Any

from bot.views.data.project_state import ProjectReference
from bot.views.posts import outcome
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

WITH_TOIL = PROPOSAL.model_copy(update={"toil_source": "db-primary", "toil_per_month": 6})


def ship_scored_project(team: ListenerHarness) -> ListenerHarness:
    """Ship a project at `channel.NOW` that U1 and U2 scored. Return the team."""
    team.channel.proposes("first", WITH_TOIL)
    team.channel.shows_card()
    for person in ("U1", "U2"):
        team.channel.scores(person, {"cost": 3})
    team.channel.changes_status(1, Status.SHIPPED)
    return team


def outcome_form(**impacts: str) -> dict[str, Any]:
    """Return the outcome form, submitted with these impacts."""
    form = outcome.OutcomeForm(HERE, ProjectReference(1, PROPOSAL.title, None, "1"), {}, {})
    return submitted(outcome.form(form, DEFAULT_CHARTER), **impacts)
