"""Senders of requests that name another workspace than the one that Needle works for."""

from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.views import home
from bot.views.posts import card
from tests.support.listener_harness import HERE, ListenerHarness, slack_response
from tests.support.user_actions import PROPOSAL, a_proposal

SIBLING = "T0SIBLING"  # another workspace: of the same organization, or of another one


@pytest.fixture
def team_named_otherwise(at_work: ListenerHarness) -> ListenerHarness:
    """Return the board's people, whose requests name another workspace."""
    at_work.named_team = SIBLING
    return at_work


def describe_as(team: ListenerHarness, monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """Let Slack describe everyone whom it is asked about with these fields."""

    def users_info(**asked: Any) -> SlackResponse:
        return slack_response("users.info", {"ok": True, "user": {"id": asked["user"], **fields}})

    monkeypatch.setattr(team.slack, "users_info", users_info)


def test_reaction_named_by_another_workspace__counts(team_named_otherwise: ListenerHarness) -> None:
    team = team_named_otherwise
    team.channel.shows_card(ts="1700000000.000001")
    team.reacts("U2", "+1", ts="1700000000.000001")
    assert team.channel.candidate().backers == {"U2"}


def test_form_named_by_another_workspace__is_saved(team_named_otherwise: ListenerHarness) -> None:
    assert team_named_otherwise.submits("U1", a_proposal(alike=[1])) == ""
    assert team_named_otherwise.titles[-1] == PROPOSAL.title


def test_command_named_by_another_workspace__finds_board(
    team_named_otherwise: ListenerHarness,
) -> None:
    assert "Ranking for" in team_named_otherwise.types("U1", "/roadmap")


def test_home_button_of_first_installation__finds_board(
    team_named_otherwise: ListenerHarness,
) -> None:
    team = team_named_otherwise
    view = {"type": "home", "team_id": SIBLING, "app_installed_team_id": SIBLING, "blocks": []}
    team.new_calls()
    team.presses("U2", home.SCORE, channel=None, value=HERE, view=view)
    assert team.new_requests("views.open")


def test_departure_named_by_another_workspace__is_noticed(
    team_named_otherwise: ListenerHarness,
) -> None:
    team_named_otherwise.leaves("U2")
    assert team_named_otherwise.board.members_changed_at is not None


def test_bot_invited_by_another_workspace__makes_a_board(
    team_named_otherwise: ListenerHarness,
) -> None:
    team_named_otherwise.joins(team_named_otherwise.bot_user, "C2")
    assert "Ranking for" in team_named_otherwise.types("U1", "/roadmap", "C2")


def test_member_of_several_workspaces__may_score(
    team_named_otherwise: ListenerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = team_named_otherwise
    team.slack.members.add("W1")
    workspaces = {"id": "W1", "enterprise_id": "E1", "teams": ["T1", SIBLING]}
    describe_as(team, monkeypatch, team_id=SIBLING, enterprise_user=workspaces)
    team.new_calls()
    team.presses("W1", card.SCORE, value="1")
    assert team.new_requests("views.open")


def test_button_pressed_by_another_organization__is_refused(
    team_named_otherwise: ListenerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = team_named_otherwise
    team.slack.members.add("UPARTNER")
    describe_as(team, monkeypatch, team_id=SIBLING)
    reply = team.presses("UPARTNER", card.SCORE, value="1")
    assert "You're not in the workspace where I'm installed" in reply
