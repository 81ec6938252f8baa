"""The number of people that a board plans with."""

from datetime import timedelta

import pytest

from domain.planning.capacity import PeopleSource, TeamSize
from domain.projects.lifecycle import Status
from storage.locks import STORE
from storage.planning import team_size
from storage.projects import projects
from storage.tables import AccountType
from tests.support.channel import NOW, Channel

LATER = NOW + timedelta(days=80)


@pytest.fixture
def proposed(channel: Channel) -> Channel:
    """A board whose only project U1 proposed."""
    channel.adds_people("U1", "U2", "U3")
    channel.proposes("V1")
    return channel


def counted(channel: Channel, days: int = 0) -> TeamSize:
    with channel.database.snapshot() as session:
        return team_size.team_size(session, channel.board, NOW + timedelta(days=days))


def by_activity(people: int) -> TeamSize:
    return TeamSize(people, PeopleSource.ACTIVITY)


def test_nobody_was_active__plans_with_one_person(channel: Channel) -> None:
    channel.adds_people("U1")
    assert counted(channel) == by_activity(1)


def test_proposer_and_scorers__count_once_each(proposed: Channel) -> None:
    for person in ("U1", "U2", "U3"):
        proposed.scores(person, {"cost": 1})
    assert counted(proposed) == by_activity(3)


def test_answer_without_an_opinion__does_not_count(proposed: Channel) -> None:
    proposed.scores("U2", {"cost": None})
    assert counted(proposed) == by_activity(1)  # U1
    proposed.scores("U2", {"cost": None, "security": 0})
    assert counted(proposed) == by_activity(2)


def test_score_of_a_removed_value__counts(proposed: Channel) -> None:
    proposed.scores("U2", {"a_removed_value": 1, "cost": None})
    assert counted(proposed) == by_activity(2)


def test_person_who_ships__counts(proposed: Channel) -> None:
    proposed.scores("U2", {"cost": 1}, at=LATER)
    assert counted(proposed, days=100) == by_activity(1)
    proposed.changes_status(1, Status.SHIPPED, at=LATER)  # by U1
    assert counted(proposed, days=100) == by_activity(2)


def test_owner__counts_until_90_days_after_shipping(proposed: Channel) -> None:
    with proposed.database.transaction(STORE) as session:
        projects.set_owner(session, proposed.project().id, "U3", by="U1", now=NOW)
    assert counted(proposed, days=200) == by_activity(1)  # U3
    proposed.scores("U2", {"cost": 1}, at=NOW + timedelta(days=200))
    assert counted(proposed, days=200) == by_activity(2)
    proposed.changes_status(1, Status.SHIPPED, at=NOW + timedelta(days=150))  # by U1
    assert counted(proposed, days=200) == by_activity(3)
    assert counted(proposed, days=241) == by_activity(1)  # U2


def test_activity_90_days_ago__counts_no_longer(proposed: Channel) -> None:
    proposed.scores("U2", {"cost": 1}, at=NOW + timedelta(days=1))
    assert counted(proposed, days=90) == by_activity(2)
    assert counted(proposed, days=91) == by_activity(1)


@pytest.mark.parametrize("kind", [kind for kind in AccountType if kind is not AccountType.MEMBER])
def test_person_who_is_no_member__does_not_count(proposed: Channel, kind: AccountType) -> None:
    proposed.adds_people("U9", kind=kind)
    proposed.scores("U2", {"cost": 1})
    proposed.scores("U9", {"cost": 1})
    assert counted(proposed) == by_activity(2)


def test_activity_elsewhere__does_not_count(proposed: Channel) -> None:
    other = Channel(proposed.database, "C2")
    other.proposes("V2")
    other.scores("U2", {"cost": 1})
    assert counted(proposed) == by_activity(1)


def test_stewards_setting__counts(proposed: Channel) -> None:
    proposed.sets_people(2.5)
    assert counted(proposed) == TeamSize(2.5, PeopleSource.SETTING)
