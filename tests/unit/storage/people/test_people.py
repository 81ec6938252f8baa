from datetime import datetime, timedelta

from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.people import people
from storage.tables import AccountType, PersonRow
from tests.support.channel import NOW, Channel
from tests.support.statements import counted_steps


def due_for_lookup(database: Database, now: datetime = NOW) -> list[tuple[str, str]]:
    with database.snapshot() as session:
        return [*people.unknown(session), *people.due_for_lookup(session, now, limit=9)]


def account_type(database: Database, team_id: str, person: str) -> AccountType:
    with database.snapshot() as session:
        return people.account_type(session, team_id, person)


def test_person_who_reacted__is_due_until_looked_up(channel: Channel) -> None:
    channel.reacts("U1", at="1.5")
    channel.reacts("U1", "lock", at="1.6")
    assert due_for_lookup(channel.database) == [("T1", "U1")]
    channel.adds_people("U1")
    channel.reacts("U1", "zap", at="1.7")
    assert due_for_lookup(channel.database) == []
    assert account_type(channel.database, "T1", "U1") is AccountType.MEMBER


def test_known_person__is_due_after_a_day_behind_new_people(
    channel: Channel,
) -> None:
    day = timedelta(days=1)
    channel.adds_people("U1")
    channel.adds_people("U2", at=NOW - day)
    channel.reacts("U3", at="1.5")
    assert due_for_lookup(channel.database, NOW + day - timedelta(seconds=1)) == [
        ("T1", "U3"),
        ("T1", "U2"),
    ]
    assert ("T1", "U1") in due_for_lookup(channel.database, NOW + day)


def test_change_before_lookup_time__is_still_due(channel: Channel) -> None:
    channel.adds_people("U1", at=NOW + timedelta(seconds=10))
    channel.marks_changed("U1", at=NOW)
    assert due_for_lookup(channel.database) == [("T1", "U1")]


def test_change_during_lookup__is_due_again(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.marks_changed("U1", at=NOW)
    channel.adds_people("U1", at=NOW + timedelta(minutes=1))
    assert due_for_lookup(channel.database) == [("T1", "U1")]
    channel.adds_people("U1", at=NOW + timedelta(minutes=1), since=NOW)
    assert due_for_lookup(channel.database) == []


def test_unchanged_profile__makes_no_card_stale(channel: Channel) -> None:
    channel.proposes("V1")
    channel.scores("U1", {"cost": 2})
    channel.adds_people("U1")
    channel.shows_card()
    channel.adds_people("U1", at=NOW + timedelta(days=1))
    assert channel.stale_cards() == []


def test_same_user_id_in_another_team__is_another_person(channel: Channel) -> None:
    channel.adds_people("U1")
    assert account_type(channel.database, "T2", "U1") is AccountType.UNKNOWN


def test_person_found_to_be_member__votes_count_and_cards_stale(
    channel: Channel,
) -> None:
    for number, origin in enumerate(("V1", "V2", "V3"), 1):
        channel.proposes(origin)
        channel.shows_card(number)
    channel.reacts("U1", at="1.5")
    channel.scores("U1", {"cost": 2}, number=2)
    for number in (1, 2):
        channel.shows_card(number)
    assert channel.candidate(1).backers == frozenset()
    assert channel.candidate(2).scores == {}
    channel.adds_people("U1")
    assert channel.stale_cards() == ["1", "2"]
    assert channel.candidate(1).backers == {"U1"}
    assert channel.candidate(2).scores == {"U1": {"cost": 2}}


def test_deactivated_person__does_not_count(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.proposes("V1")
    channel.scores("U1", {"cost": 2})
    channel.shows_card()
    channel.adds_people("U1", kind=AccountType.DEACTIVATED)
    assert channel.candidate().scores == {}
    assert channel.stale_cards() == ["1"]


def test_profile_in_another_team__changes_nothing_here(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    channel.reacts("U1", at="1.5")
    channel.scores("U1", {"cost": 2})
    channel.shows_card()
    Channel(channel.database, "C1", team_id="T2").adds_people("U1")
    assert channel.stale_cards() == []
    assert (channel.candidate().backers, channel.candidate().scores) == (frozenset(), {})


def test_thousands_of_people__make_no_board_slower_to_read(sqlite_database: Database) -> None:
    with sqlite_database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", "U1", NOW)
    board = Channel(sqlite_database).board

    def steps_to_read_board() -> int:
        with counted_steps() as counted, sqlite_database.snapshot() as session:
            boards.get(session, board.id)
        return counted["hundreds"]

    with_few = steps_to_read_board()
    with sqlite_database.transaction(STORE) as session:
        session.add_all(
            PersonRow(team_id="T1", user_id=f"U{number}", kind=AccountType.MEMBER)
            for number in range(1_000, 6_000)
        )
    assert steps_to_read_board() <= with_few + 5
