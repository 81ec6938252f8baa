import pytest

from storage.projects import scores
from tests.support.channel import Channel


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
