"""From `/propose` to the ranked roadmap, as the people of a team live it."""

from collections.abc import Callable

import pytest

from sandbox.client import Message, SandboxClient
from tests.e2e.running import Bot, Team

SUMMARY = "A single NAT instance still fronts three VPCs."


@pytest.fixture
def board(bot: Bot, slack: SandboxClient, team: Team) -> Bot:
    team.mia.invites(slack.app_user, "ops")
    team.mia.sees("choose its work by its values")
    return bot


def propose(team: Team, who: str, title: str, **fields: str) -> Message:
    person = team.slack.person(who)
    person.types(f"/propose {title}")
    person.sees_modal("Propose a project")
    person.submits(summary=SUMMARY, **fields)
    return person.sees(title)


def score(team: Team, who: str, card: Message, **impacts: int) -> None:
    person = team.slack.person(who)
    person.presses("Score", on=card)
    person.sees_modal("Score #")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.closes()


def shows(card: Message, *texts: str) -> Callable[[Message], bool]:
    """A predicate: that card, with all of these texts on it."""
    return lambda message: message.ts == card.ts and all(text in message.plain for text in texts)


@pytest.mark.usefixtures("board")
def test_it_introduces_itself_once_and_the_inviter_is_the_steward(team: Team) -> None:
    introduction = team.ana.sees("choose its work by its values")
    assert "/propose" in introduction.plain
    team.mia.types("/roadmap settings")
    team.mia.sees_modal("Settings")
    team.mia.closes()
    team.ana.types("/roadmap settings")
    team.ana.sees("Only a steward")


@pytest.mark.usefixtures("board")
def test_a_proposal_becomes_a_card(team: Team) -> None:
    card = propose(team, "ana", "Retire the last NAT box", effort_weeks="3", steps="One\nTwo")
    assert "3 engineer-weeks" in card.plain
    assert "2 safe steps" in card.plain
    assert "0 of 3 have scored" in card.plain


@pytest.mark.usefixtures("board")
def test_votes_are_counted_and_taken_back(team: Team) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    team.ben.reacts("+1", to=card)
    team.mia.reacts("+1::skin-tone-3", to=card)
    team.mia.sees(shows(card, "👍 2"))
    team.ben.unreacts("+1", on=card)
    team.mia.sees(shows(card, "👍 1"))
    team.mia.invites("gia", "ops")
    team.gia.reacts("+1", to=card)  # a guest
    team.ben.reacts("+1", to=card)
    team.mia.sees(shows(card, "👍 2"))


@pytest.mark.usefixtures("board")
def test_scores_are_hidden_until_the_quorum_has_scored(team: Team) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    score(team, "mia", card, availability=3)
    score(team, "ana", card, availability=3, cost=1)
    blind = team.ben.sees(shows(card, "2 of 3 have scored"))
    assert "+" not in blind.plain.split("2 of 3")[1].split("React")[0]
    score(team, "ben", card, availability=2)
    team.mia.sees(shows(card, "+1.6", "3 have scored"))
