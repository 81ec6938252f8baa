from datetime import timedelta

import pytest

from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER, Value
from storage.boards import charters
from storage.locks import STORE
from storage.projects import scores
from tests.support.channel import NOW, Channel


@pytest.fixture
def channel(channel: Channel) -> Channel:
    """A board with two projects, both with cards."""
    for number, origin in enumerate(("V1", "V2"), 1):
        channel.proposes(origin)
        channel.shows_card(number)
    channel.adds_people("U1", "U2")
    return channel


def impacts_of(channel: Channel, person: str, number: int = 1) -> dict[str, int | None] | None:
    return channel.candidate(number).scores.get(person)


def comments(channel: Channel, number: int = 1) -> dict[str, str]:
    with channel.database.snapshot() as session:
        return scores.comments(session, channel.project(number).id)


def test_score__is_stored_by_person_and_project(channel: Channel) -> None:
    channel.scores("U1", {"security": 3, "cost": -1})
    assert impacts_of(channel, "U1") == {"security": 3, "cost": -1}
    assert impacts_of(channel, "U2") is None
    assert impacts_of(channel, "U1", number=2) is None


def test_second_score__replaces_the_same_values(channel: Channel) -> None:
    channel.scores("U1", {"security": 3, "cost": -1})
    channel.scores("U2", {"security": 1, "cost": 1})
    # This form has no cost: the value was removed from the charter in between.
    channel.scores("U1", {"security": 0, "performance": 2})
    assert impacts_of(channel, "U1") == {"security": 0, "cost": -1, "performance": 2}
    assert impacts_of(channel, "U2") == {"security": 1, "cost": 1}


def test_second_comment__replaces_and_empty_deletes(channel: Channel) -> None:
    channel.scores("U1", {"cost": 1}, comment="It pays for itself")
    channel.scores("U2", {"cost": 1}, comment="Who runs it?")
    channel.scores("U1", {"cost": 1}, number=2, comment="Dear")
    channel.scores("U1", {"cost": 2}, comment="It pays twice")
    assert comments(channel) == {"U1": "It pays twice", "U2": "Who runs it?"}
    channel.scores("U1", {"cost": 2})
    assert comments(channel) == {"U2": "Who runs it?"}
    assert comments(channel, number=2) == {"U1": "Dear"}


def test_score__makes_only_its_projects_card_stale(channel: Channel) -> None:
    channel.scores("U1", {"cost": 1})
    assert channel.stale_cards() == ["1"]


def test_unscored_projects__are_listed_for_a_person(channel: Channel) -> None:
    def unscored(person: str) -> list[int]:
        with channel.database.snapshot() as session:
            return scores.projects_to_score(session, channel.board, person)

    other = Channel(channel.database, "C2")
    other.proposes("V3")
    assert unscored("U1") == [1, 2]
    channel.scores("U1", {"cost": 0}, number=2)
    other.scores("U2", {"cost": 0})
    assert unscored("U1") == [1]
    assert unscored("U2") == [1, 2]


def test_projects_below_the_quorum__are_listed_first(channel: Channel) -> None:
    channel.adds_people("U3", "U4", "U5")
    for person in ("U2", "U3", "G1"):  # G1 isn't a member.
        channel.scores(person, {"cost": 1}, number=1)

    def unscored() -> list[int]:
        with channel.database.snapshot() as session:
            return scores.projects_to_score(session, channel.board, "U1")

    assert channel.board.charter.quorum == 3
    assert unscored() == [1, 2]
    channel.scores("U4", {"cost": 1}, number=1)
    assert unscored() == [2, 1]


EIGHT_VALUES = DEFAULT_CHARTER.with_value(Value(key="joy", emoji="tada", weight=1)).with_value(
    Value(key="speed", emoji="dash", weight=1)
)


def save(channel: Channel, person: str, impacts: dict[str, int | None], number: int = 1) -> bool:
    project = channel.project(number)
    with channel.database.transaction(STORE) as session:
        return scores.save(session, project.id, person, impacts, comment="So", now=NOW)


def test_no_opinion__is_kept_for_each_value(channel: Channel) -> None:
    with channel.database.transaction(STORE) as session:
        board_id = channel.board.id
        charters.adopt(session, board_id, EIGHT_VALUES, version=2, agreed_by=[], now=NOW)
    given: dict[str, int | None] = dict.fromkeys(EIGHT_VALUES.keys, None)
    for key in EIGHT_VALUES.keys:
        assert save(channel, "U1", {**given, key: -3})
        assert impacts_of(channel, "U1") == {**given, key: -3}
    assert save(channel, "U1", dict.fromkeys(EIGHT_VALUES.keys, 3))
    assert impacts_of(channel, "U1") == dict.fromkeys(EIGHT_VALUES.keys, 3)


def test_only_no_opinion__removes_the_score(channel: Channel) -> None:
    for person in ("U1", "U2"):
        channel.scores(person, {"security": 2, "cost": 1})
        channel.scores(person, {"security": 2}, number=2)
    for number in (1, 2):
        channel.shows_card(number)
    assert not save(channel, "U1", {"security": None, "cost": None})
    assert [impacts_of(channel, person) for person in ("U1", "U2")] == [
        None,
        {"security": 2, "cost": 1},
    ]
    assert impacts_of(channel, "U1", number=2) == {"security": 2}
    assert comments(channel) == {"U1": "So"}
    assert channel.stale_cards() == ["1"]
    with channel.database.snapshot() as session:  # They have answered.
        assert scores.projects_to_score(session, channel.board, "U1") == []


def test_only_no_opinion_after_merge__removes_both_scores(channel: Channel) -> None:
    channel.scores("U1", {"cost": 3}, number=2)
    channel.scores("U2", {"cost": 3}, number=2)
    channel.changes_status(2, Status.MERGED, into=1)
    channel.scores("U1", {"cost": -1}, at=NOW + timedelta(hours=1))
    save(channel, "U1", {"cost": None})
    assert channel.candidate(1).scores == {"U2": {"cost": 3}}


def test_only_dropped_value_had_an_opinion__is_not_a_score(channel: Channel) -> None:
    save(channel, "U1", {"security": None, "cost": 1})
    with channel.database.transaction(STORE) as session:
        charter = DEFAULT_CHARTER.without_value("cost")
        charters.adopt(session, channel.board.id, charter, version=2, agreed_by=[], now=NOW)
    assert impacts_of(channel, "U1") is None
    with channel.database.snapshot() as session:
        assert scores.projects_to_score(session, channel.board, "U1") == [2]
