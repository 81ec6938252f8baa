"""Full members of a board's channel, and the quorum that follows from them."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards, channel_members, charters
from storage.locks import STORE
from storage.people import people
from storage.tables import AccountType
from tests.support.channel import NOW, Channel


def list_members(channel: Channel, members: Collection[str], asked: datetime | None = None) -> bool:
    """Store who is in the channel, as Slack answered a request sent at `asked`."""
    board = channel.board
    last_change = board.members_changed_at if asked is None else asked
    with channel.database.transaction(STORE) as session:
        return channel_members.save(session, board.id, members, last_change=last_change)


def due_for_lookup(channel: Channel) -> list[str]:
    with channel.database.snapshot() as session:
        due = [*people.unknown(session), *people.due_for_lookup(session, NOW, limit=9)]
    return [person for _, person in due]


def change_quorum(channel: Channel, quorum: int) -> None:
    charter, version = DEFAULT_CHARTER.with_settings(quorum=quorum), channel.board.charter_version
    board_id = channel.board.id
    with channel.database.transaction(STORE) as session:
        charters.adopt(session, board_id, charter, version=version + 1, agreed_by=[], now=NOW)


def test_members_unknown__quorum_is_the_charters(channel: Channel) -> None:
    assert channel.board.full_members is None
    assert channel.board.quorum_needed == 3


@pytest.mark.parametrize(("members", "quorum"), [(0, 1), (1, 1), (2, 2), (3, 3), (9, 3)])
def test_quorum__is_at_most_the_full_members(channel: Channel, members: int, quorum: int) -> None:
    names = [f"U{number}" for number in range(members)]
    channel.adds_people(*names, "U99")
    channel.adds_people("G1", kind=AccountType.GUEST)
    channel.adds_people("B1", kind=AccountType.BOT)
    list_members(channel, [*names, "G1", "B1"])
    assert (channel.board.full_members, channel.board.quorum_needed) == (members, quorum)


def test_unknown_people__count_until_slack_is_asked(channel: Channel) -> None:
    channel.adds_people("U1")
    list_members(channel, ["U1", "U2", "U3"])
    assert channel.board.quorum_needed == 3
    assert due_for_lookup(channel) == ["U2", "U3"]
    channel.adds_people("U2", kind=AccountType.GUEST)
    assert channel.board.quorum_needed == 2
    channel.adds_people("U3")
    assert channel.board.quorum_needed == 2
    channel.adds_people("U2")
    assert channel.board.quorum_needed == 3


def test_large_channel__asks_about_few_people(channel: Channel) -> None:
    crowd = [f"U{number:03}" for number in range(100)]
    list_members(channel, crowd)
    assert due_for_lookup(channel) == crowd[:3]
    channel.adds_people("U000", kind=AccountType.BOT)
    assert due_for_lookup(channel) == ["U001", "U002", "U003"]
    channel.adds_people("U001", "U002", "U003")
    assert due_for_lookup(channel) == []
    change_quorum(channel, 5)
    list_members(channel, crowd)
    assert due_for_lookup(channel) == ["U004", "U005"]


def test_person_leaves__no_longer_counts(channel: Channel) -> None:
    channel.adds_people("U1", "U2", "U3")
    list_members(channel, ["U1", "U2", "U3"])
    list_members(channel, ["U2", "U3"])
    assert channel.board.full_members == 2
    list_members(channel, ["U2", "U4"])
    assert channel.board.full_members == 2
    assert due_for_lookup(channel) == ["U4"]


def test_needed_quorum_changes__cards_are_outdated(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    channel.adds_people("U1", "U2", "U3", "U4")
    for board in (channel, other):
        list_members(board, ["U1", "U2", "U3", "U4"])
        board.proposes(f"V{board.channel_id}")
        board.shows_card()
    list_members(channel, ["U1", "U2", "U3"])
    assert channel.stale_cards() == []
    list_members(channel, ["U1", "U2"])
    assert (channel.stale_cards(), other.stale_cards()) == (["1"], [])
    channel.shows_card()
    channel.adds_people("U2", kind=AccountType.GUEST)
    assert channel.board.quorum_needed == 1
    assert (channel.stale_cards(), other.stale_cards()) == (["1"], [])


def test_members_of_other_team__are_other_people(channel: Channel) -> None:
    Channel(channel.database, "C1", team_id="T2").adds_people("U1", kind=AccountType.GUEST)
    channel.adds_people("U1")
    list_members(channel, ["U1"])
    assert channel.board.full_members == 1


def test_change_while_slack_is_asked__is_asked_again(channel: Channel) -> None:
    def mark(at: datetime) -> None:
        with channel.database.transaction(STORE) as session:
            boards.mark_members_changed(session, "T1", ["C1"], at)

    mark(NOW)
    mark(NOW + timedelta(seconds=1))
    assert not list_members(channel, ["U1"], asked=NOW)
    assert channel.board.members_changed_at == NOW + timedelta(seconds=1)
    assert list_members(channel, ["U1"], asked=NOW + timedelta(seconds=1))
    assert channel.board.members_changed_at is None


def test_changed_charter__asks_slack_who_is_there(channel: Channel) -> None:
    list_members(channel, ["U1"])
    assert channel.board.members_changed_at is None
    change_quorum(channel, 2)
    assert channel.board.members_changed_at == NOW
