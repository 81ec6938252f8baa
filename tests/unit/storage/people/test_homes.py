"""Published Homes, and who must get a new one."""

from storage.boards import channel_members
from storage.database import Database
from storage.locks import STORE
from storage.people import homes
from tests.support.channel import Channel


def outdated(database: Database) -> list[str]:
    with database.snapshot() as session:
        return [person for _, person in homes.outdated(session, limit=10)]


def publish(channel: Channel, *people: str) -> None:
    with channel.database.transaction(STORE) as session:
        for person in people:
            homes.add(session, channel.team_id, person)


def list_members(channel: Channel, *people: str) -> None:
    with channel.database.transaction(STORE) as session:
        channel_members.save(session, channel.board.id, people, last_change=None)


def test_person_left__published_home_is_outdated(database: Database) -> None:
    channel = Channel(database)
    publish(channel, "U1", "U2")
    list_members(channel, "U1", "U2", "U3")
    assert outdated(database) == []
    list_members(channel, "U1")
    assert outdated(database) == ["U2"], "U3 never had a Home"


def test_home_shown_again__is_current(database: Database) -> None:
    channel = Channel(database)
    publish(channel, "U1")
    list_members(channel, "U1")
    list_members(channel, "U2")
    with database.transaction(STORE) as session:
        revision = homes.revision(session, "T1", "U1")
        assert revision == 1
        homes.mark_shown(session, "T1", "U1", revision)
    assert outdated(database) == []


def test_person_left_another_channel_meanwhile__is_outdated(database: Database) -> None:
    channel = Channel(database)
    publish(channel, "U1")
    with database.transaction(STORE) as session:
        homes.mark_outdated(session, "T1", ["U1"])
        homes.mark_outdated(session, "T1", ["U1"])
        homes.mark_shown(session, "T1", "U1", 1)
    assert outdated(database) == ["U1"]


def test_home_published_twice__is_stored_once(database: Database) -> None:
    channel = Channel(database)
    publish(channel, "U1")
    publish(channel, "U1")
    with database.snapshot() as session:
        assert homes.revision(session, "T1", "U1") == 0
        assert homes.revision(session, "T1", "U2") is None
