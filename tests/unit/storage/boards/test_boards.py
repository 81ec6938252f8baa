from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier

import pytest
from sqlalchemy import update
from sqlmodel import select

from domain.calendar.cadence import Cadence
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards, charters
from storage.boards.boards import Board
from storage.database import Database
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE
from storage.tables import AccountType, BoardRow, CharterRow, PostKind
from tests.support.channel import NOW, Channel

LORD_HOWE = Cadence(
    time_zone="Australia/Lord_Howe", digest_weekday=3, digest_time=time(8, 5), fiscal_start=7
)


def change_settings(channel: Channel, *, cadence: Cadence = LORD_HOWE, quorum: int = 3) -> None:
    with channel.database.transaction(STORE) as session:
        boards.change_settings(
            session,
            channel.board,
            cadence=cadence,
            people=2.5,
            weeks_away=4,
            stewards=("U2", "U3"),
            quorum=quorum,
            by="U2",
            now=NOW,
        )


def charter_versions(channel: Channel) -> list[tuple[int, int, list[str]]]:
    """Return version, quorum and agreeing people of each of the board's charters."""
    with channel.database.snapshot() as session:
        rows = session.exec(select(CharterRow).where(CharterRow.board_id == channel.board.id)).all()
        return [(row.version, row.content["quorum"], row.agreed_by) for row in rows]


def test_new_board__has_default_charter_and_one_introduction(
    database: Database,
) -> None:
    with database.transaction(STORE) as session:
        results = [boards.create(session, "T1", "C1", "U1", NOW) for _ in range(2)]
    assert results == [True, False]
    with database.snapshot() as session:
        [board] = boards.list_all(session)
        introductions = outbox.pending(session)
    assert (board.charter, board.charter_version) == (DEFAULT_CHARTER, 1)
    assert (board.invited_by, board.stewards, board.created_at) == ("U1", ("U1",), NOW)
    assert board.cadence == Cadence()
    assert [post.kind for post in introductions] == [PostKind.INTRODUCTION]


@pytest.mark.parametrize(
    ("later", "inviter"), [(timedelta(minutes=6), "U1"), (timedelta(days=1), None)]
)
def test_late_invitation_event__adds_the_inviter(
    database: Database, later: timedelta, inviter: str | None
) -> None:
    with database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", None, NOW)
        [board] = boards.list_all(session)
        boards.save_channel_info(session, board, "ops", "Europe/Dublin")
        assert not boards.create(session, "T1", "C1", "U1", NOW + later)
        [board] = boards.list_all(session)
        introductions = outbox.pending(session)
        [first] = charters.versions(session, board.id)
    assert board.invited_by == inviter
    assert first.agreed_by == ((inviter,) if inviter else ())
    assert board.stewards == (("U1",) if inviter else ())
    assert (board.name is None) == bool(inviter)  # So it is looked up again.
    assert len(introductions) == 1


def test_two_processes_create_a_board__creates_one(database: Database) -> None:
    start = Barrier(2)

    def create(_: int) -> bool:
        start.wait()
        with database.transaction(STORE) as session:
            return boards.create(session, "T1", "C1", None, NOW)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(create, range(2))) == [False, True]


def test_same_channel_id_in_another_team__is_another_board(channel: Channel) -> None:
    namesake = Channel(channel.database, "C1", team_id="T2")
    assert namesake.board.id != channel.board.id
    with channel.database.snapshot() as session:
        assert boards.find(session, "T1", "C1") == channel.board
        assert boards.find(session, "T2", "C1") == namesake.board
        assert boards.find(session, "T1", "C2") is None
        assert boards.find_id(session, "T2", "C2") is None
        assert boards.list_all(session) == [channel.board, namesake.board]


@pytest.mark.parametrize("name", ["ops", "#ops", "C1"])
def test_board__is_found_by_channel_name_or_id(channel: Channel, name: str) -> None:
    Channel(channel.database, "C2")
    with channel.database.transaction(STORE) as session:
        boards.save_channel_info(session, channel.board, "ops", "Europe/Dublin")
        assert boards.find_by_name(session, name) == [boards.find(session, "T1", "C1")]
        assert boards.find_by_name(session, "op") == []


def test_paused_boards__are_listed_by_label(database: Database) -> None:
    named, unnamed, _active = (Channel(database, channel_id) for channel_id in ("C1", "C2", "C3"))
    with database.transaction(STORE) as session:
        boards.save_channel_info(session, named.board, "ops", None)
        for paused in (named, unnamed):
            boards.mark_conflict(session, paused.board.id, UNNAMED_STORE)
    with database.snapshot() as session:
        assert boards.list_paused_labels(session) == ["#ops", "C2"]


def test_rename_during_lookup__looks_up_again(
    channel: Channel,
) -> None:
    def rename(now: datetime) -> None:
        with channel.database.transaction(STORE) as session:
            boards.mark_renamed(session, "T1", "C1", now)

    def save_info(board: Board, name: str) -> None:
        with channel.database.transaction(STORE) as session:
            boards.save_channel_info(session, board, name, None)

    rename(NOW)
    before = channel.board
    rename(NOW + timedelta(seconds=1))
    save_info(before, "sre")
    renamed = channel.board
    assert renamed.renamed_at is not None
    save_info(renamed, "platform")
    assert channel.board.name == "platform"
    assert channel.board.renamed_at is None


def test_inviters_time_zone__holds_until_a_steward_changes_it(channel: Channel) -> None:
    for name, zone in (("ops", None), ("ops", "Europe/Dublin"), ("ops-new", "Asia/Tokyo")):
        with channel.database.transaction(STORE) as session:
            boards.save_channel_info(session, channel.board, name, zone)
    assert (channel.board.name, channel.board.cadence.time_zone) == ("ops-new", "Europe/Dublin")
    change_settings(channel)
    assert channel.board.cadence.time_zone == "Australia/Lord_Howe"


@pytest.mark.parametrize(
    ("stored", "used", "unknown"),
    [
        (None, "UTC", None),
        ("Europe/Dublin", "Europe/Dublin", None),
        ("posix/Europe/Dublin", "Europe/Dublin", None),
        ("right/UTC", "UTC", None),
        ("localtime", "UTC", "localtime"),
        ("Mars/Olympus", "UTC", "Mars/Olympus"),
    ],
)
def test_stored_time_zone__never_stops_the_board(
    channel: Channel, stored: str | None, used: str, unknown: str | None
) -> None:
    with channel.database.transaction(STORE) as session:
        session.execute(update(BoardRow).values(time_zone=stored))
    board = channel.board
    assert (board.cadence.time_zone, board.hours.time_zone) == (used, used)
    assert board.unknown_time_zone == unknown


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "right/UTC", "Mars/Olympus"])
def test_time_zone_of_one_host__is_not_taken_from_slack(channel: Channel, zone: str) -> None:
    with channel.database.transaction(STORE) as session:
        boards.save_channel_info(session, channel.board, "ops", zone)
    assert channel.board.cadence.time_zone == "UTC"


def test_changed_settings__are_stored(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    before: Board = other.board
    change_settings(channel)
    board = channel.board
    assert board.cadence == LORD_HOWE
    assert (board.people, board.weeks_away, board.stewards) == (2.5, 4, ("U2", "U3"))
    assert other.board == before


def test_no_stewards__everyone_is_a_steward(channel: Channel) -> None:
    assert channel.board.is_steward("U9")
    change_settings(channel)
    assert [channel.board.is_steward(person) for person in ("U2", "U9")] == [True, False]


def test_stewards_who_left_the_channel__are_stewards_no_more(channel: Channel) -> None:
    def release(*present: str) -> None:
        with channel.database.transaction(STORE) as session:
            boards.release_absent_stewards(session, channel.board.id, present)

    change_settings(channel)
    release("U1", "U3")
    assert [channel.board.is_steward(person) for person in ("U2", "U3")] == [False, True]
    release("U1")
    assert channel.board.is_steward("U1"), "while a board has no steward, everyone is"


def test_stewards_who_are_not_members__do_not_count(
    channel: Channel,
) -> None:
    change_settings(channel)
    Channel(channel.database, "C9", team_id="T2").adds_people("U2", "U3", kind=AccountType.GUEST)
    assert channel.board.stewards == ("U2", "U3")  # Their account types in this team are unknown.
    channel.adds_people("U2", kind=AccountType.DEACTIVATED)
    assert [channel.board.is_steward(person) for person in ("U2", "U3", "U9")] == [
        False,
        True,
        False,
    ]
    with channel.database.snapshot() as session:
        assert channel.board in boards.list_all(session)
    channel.adds_people("U3", kind=AccountType.BOT)
    assert channel.board.is_steward("U9")
    channel.adds_people("U2")
    assert list(channel.board.stewards) == ["U2"]


def test_new_steward__is_looked_up(database: Database) -> None:
    with database.transaction(STORE) as session:
        boards.create(session, "T1", "C1", "U1", NOW)
    change_settings(Channel(database))
    with database.snapshot() as session:
        due = people.unknown(session)
    assert due == [("T1", "U1"), ("T1", "U2"), ("T1", "U3")]


def test_changed_quorum__makes_a_new_charter_version(channel: Channel) -> None:
    change_settings(channel, quorum=5)
    change_settings(channel, quorum=2)
    assert (channel.board.charter.quorum, channel.board.charter_version) == (2, 3)
    assert charter_versions(channel) == [(1, 3, []), (2, 5, ["U2"]), (3, 2, ["U2"])]


def test_new_charter_version__makes_every_card_stale(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    for board in (channel, other):
        for number, origin in enumerate(("V1", "V2"), 1):
            board.proposes(origin)
            board.shows_card(number)
    change_settings(channel, quorum=5)
    assert channel.stale_cards() == ["1", "2"]
    assert other.stale_cards() == []


def test_settings_with_same_quorum__make_no_card_stale(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    change_settings(channel)
    assert channel.board.charter_version == 1
    assert channel.stale_cards() == []
