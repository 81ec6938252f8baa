"""People with missing scores."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.locks import STORE
from storage.people import people, reminders
from storage.posts import outbox
from storage.posts.subjects import ReminderSubject
from storage.tables import AccountType, PostKind
from tests.support.channel import NOW, Channel, mark_sent
from tests.support.statements import counted_steps, recorded_statements

LATER = NOW + timedelta(days=1)
PEOPLE = ["U1", "U2", "U3"]


@pytest.fixture
def channel(database: Database) -> Channel:
    """A board where U1 has proposed and U2 has backed a project. U3 has done nothing."""
    channel = Channel(database)
    channel.adds_people("U1", "U2", "U3")
    channel.proposes("V1")
    channel.shows_card()
    channel.reacts("U2", at="1.0")
    return channel


def people_owing(channel: Channel, days: int = 1) -> list[str]:
    with channel.database.snapshot() as session:
        until = NOW + timedelta(days=days)
        return reminders.people_owing_scores(session, channel.board, lambda at: at <= until)


def owed_count(channel: Channel, person: str) -> int:
    with channel.database.snapshot() as session:
        return len(reminders.owed_scores(session, channel.board, person))


def test_participant__owes_a_score_until_it_is_given(channel: Channel) -> None:
    assert people_owing(channel) == ["U1", "U2"]
    channel.scores("U1", {"cost": 1})
    assert people_owing(channel) == ["U2"]
    assert (owed_count(channel, "U1"), owed_count(channel, "U2")) == (0, 1)


def test_reaction_to_another_apps_message__is_no_part(channel: Channel) -> None:
    channel.reacts("U3", at="1.0", ts="99.000001")
    assert people_owing(channel) == ["U1", "U2"]


def test_only_no_opinion__is_an_answer_but_no_score(channel: Channel) -> None:
    no_opinion = dict.fromkeys(channel.board.charter.keys)
    for person in ("U1", "U3", "U4"):
        channel.adds_people(person)
        channel.scores(person, no_opinion)
    assert people_owing(channel) == ["U2"], "the quorum is missing"
    assert (owed_count(channel, "U1"), owed_count(channel, "U2")) == (0, 1)


def test_answer_for_removed_values__is_no_answer(channel: Channel) -> None:
    channel.scores("U1", {"a_removed_value": 3})
    channel.scores("U2", {"a_removed_value": 3, "cost": None})
    channel.adds_people("U4", "U5")
    channel.scores("U4", {"cost": 1})
    channel.scores("U5", {"cost": 1})
    assert people_owing(channel) == ["U1"], "U2 has no score, so the quorum is missing"


def test_quorum_reached__nobody_owes_a_score(channel: Channel) -> None:
    for person in ("U3", "U4", "U5"):
        channel.adds_people(person)
        channel.scores(person, {"cost": 1})
    assert people_owing(channel) == []


def test_project_that_is_not_due__is_not_owed(channel: Channel) -> None:
    with recorded_statements() as statements:
        assert people_owing(channel, days=-1) == []
    assert not any("FROM score" in statement for statement in statements)


def test_guest_or_deactivated_person__owes_nothing(channel: Channel) -> None:
    channel.adds_people("U1", kind=AccountType.DEACTIVATED)
    channel.adds_people("U2", kind=AccountType.GUEST)
    assert people_owing(channel) == []


def test_person_without_reminders__is_not_listed(channel: Channel) -> None:
    with channel.database.transaction(STORE) as session:
        people.set_wants_reminders(session, "T1", "U1", wanted=False)
    assert people_owing(channel) == ["U2"]
    with channel.database.transaction(STORE) as session:
        people.set_wants_reminders(session, "T1", "U1", wanted=True)
    assert people_owing(channel) == ["U1", "U2"]


def test_reminder_on_one_board__is_known_on_the_teams_others(
    database: Database, channel: Channel
) -> None:
    other, other_team = Channel(database, "C2"), Channel(database, "C1", "T2")
    for board, person in ((channel.board, "U1"), (other.board, "U2"), (other_team.board, "U3")):
        with database.transaction(STORE) as session:
            subject = ReminderSubject(person, "2026-W35")
            outbox.enqueue(session, board.id, PostKind.NUDGE, subject, recipient=person)
    with database.snapshot() as session:
        assert reminders.people_reminded(session, "T1", PEOPLE, "2026-W35", NOW, NOW) == {
            "U1",
            "U2",
        }
        assert reminders.people_reminded(session, "T1", PEOPLE, "2026-W36", NOW, NOW) == set()


def test_reminders_of_others__make_no_check_slower(sqlite_database: Database) -> None:
    board = Channel(sqlite_database).board

    def steps_to_check() -> int:
        with counted_steps() as counted, sqlite_database.snapshot() as session:
            reminders.people_reminded(session, "T1", ["U1"], "2026-W35", NOW, NOW)
        return counted["hundreds"]

    def remind(people: range) -> None:
        with sqlite_database.transaction(STORE) as session:
            for number in people:
                subject = ReminderSubject(f"UX{number}", "2026-W35")
                outbox.enqueue(session, board.id, PostKind.NUDGE, subject, recipient=f"UX{number}")

    remind(range(10))
    with_few = steps_to_check()
    remind(range(10, 2_000))
    assert steps_to_check() <= with_few + 5


def test_reminder_sent_in_the_future__does_not_count(channel: Channel) -> None:
    """A clock that was ahead, and has been set right, must not keep reminders away."""
    with channel.database.transaction(STORE) as session:
        subject = ReminderSubject("U1", "2026-W44")
        outbox.enqueue(session, channel.board.id, PostKind.NUDGE, subject, recipient="U1")
        [post] = [post for post in outbox.pending(session) if post.kind is PostKind.NUDGE]
        mark_sent(session, post, "9.1", NOW + timedelta(days=60))
    with channel.database.snapshot() as session:
        assert reminders.people_reminded(session, "T1", PEOPLE, "2026-W35", NOW, LATER) == set()


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(minutes=2)], ids=str)
def test_reminder_sent_lately__counts_in_the_next_week(channel: Channel, ahead: timedelta) -> None:
    """Slack's time is on it, and the host's clock may be two minutes behind."""
    sent_at = LATER + ahead
    with channel.database.transaction(STORE) as session:
        subject = ReminderSubject("U1", "2026-W34")
        outbox.enqueue(session, channel.board.id, PostKind.NUDGE, subject, recipient="U1")
        [post] = [post for post in outbox.pending(session) if post.kind is PostKind.NUDGE]
        mark_sent(session, post, "9.1", sent_at)
    with channel.database.snapshot() as session:
        for since, reminded in ((NOW, {"U1"}), (sent_at, set())):
            assert (
                reminders.people_reminded(session, "T1", PEOPLE, "2026-W35", since, LATER)
                == reminded
            )
