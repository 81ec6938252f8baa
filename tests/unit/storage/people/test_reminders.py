"""Whose scores are missing."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.people import people, reminders
from storage.posts import outbox
from storage.posts.subjects import ReminderSubject
from storage.tables import AccountType, PostKind
from tests.support.channel import NOW, Channel

LATER = NOW + timedelta(days=1)


@pytest.fixture
def channel(database: Database) -> Channel:
    """U1 has proposed, U2 has backed it; U3 has only been met."""
    channel = Channel(database)
    channel.adds_people("U1", "U2", "U3")
    channel.proposes("V1")
    channel.shows_card()
    channel.reacts("U2", at="1.0")
    return channel


def owing(channel: Channel, days: int = 1) -> list[str]:
    with channel.database.snapshot() as session:
        return reminders.people_owing_scores(session, channel.board, NOW + timedelta(days=days))


def owed_by(channel: Channel, person: str) -> int:
    with channel.database.snapshot() as session:
        return reminders.count_owed_scores(session, channel.board, person)


def test_who_takes_part_owes_a_score_until_they_have_given_it(channel: Channel) -> None:
    assert owing(channel) == ["U1", "U2"]
    channel.scores("U1", {"cost": 1})
    assert owing(channel) == ["U2"]
    assert (owed_by(channel, "U1"), owed_by(channel, "U2")) == (0, 1)


def test_nothing_is_owed_once_the_quorum_has_scored(channel: Channel) -> None:
    for person in ("U3", "U4", "U5"):
        channel.adds_people(person)
        channel.scores(person, {"cost": 1})
    assert owing(channel) == []


def test_what_was_proposed_since_the_digest_is_not_owed_yet(channel: Channel) -> None:
    assert owing(channel, days=-1) == []


def test_only_members_owe(channel: Channel) -> None:
    channel.adds_people("U1", kind=AccountType.DEACTIVATED)
    channel.adds_people("U2", kind=AccountType.GUEST)
    assert owing(channel) == []


def test_who_does_not_want_to_be_reminded_is_not(channel: Channel) -> None:
    with channel.database.transaction() as session:
        people.set_wants_reminders(session, "T1", "U1", wanted=False)
    assert owing(channel) == ["U2"]
    with channel.database.transaction() as session:
        people.set_wants_reminders(session, "T1", "U1", wanted=True)
    assert owing(channel) == ["U1", "U2"]


def test_who_was_reminded_in_a_week_is_known_on_every_board_of_the_team(
    database: Database, channel: Channel
) -> None:
    other, elsewhere = Channel(database, "C2"), Channel(database, "C1", "T2")
    for board, person in ((channel.board, "U1"), (other.board, "U2"), (elsewhere.board, "U3")):
        with database.transaction() as session:
            subject = ReminderSubject(person, "2026-W35")
            outbox.enqueue(session, board.id, PostKind.NUDGE, subject, recipient=person)
    with database.snapshot() as session:
        assert reminders.people_reminded(session, "T1", "2026-W35") == {"U1", "U2"}
        assert reminders.people_reminded(session, "T1", "2026-W36") == set()
