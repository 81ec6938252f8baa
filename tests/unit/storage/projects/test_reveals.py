"""Early reveals: when one score is enough, and which cards are redrawn for it."""

from datetime import timedelta

from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import charters
from storage.locks import STORE
from storage.projects import reveals
from tests.support.channel import NOW, Channel

TWO_WEEKS = timedelta(days=DEFAULT_CHARTER.reveal_after_days)
SECOND = timedelta(seconds=1)


def reveal(channel: Channel, later: timedelta) -> bool:
    """Reveal what is due. Return whether anything was."""
    with channel.database.transaction(STORE) as session:
        was_due = reveals.are_due(session, channel.board, NOW + later)
        reveals.update_due(session, channel.board, NOW + later)
        return was_due


def change_days(channel: Channel, days: int) -> None:
    board = channel.board
    charter = board.charter.with_settings(reveal_after_days=days)
    version = board.charter_version + 1
    with channel.database.transaction(STORE) as session:
        charters.adopt(session, board.id, charter, version=version, agreed_by=[], now=NOW)
    for number in (1, 2):
        channel.shows_card(number)


def two_projects(channel: Channel) -> None:
    """Propose two projects, the second an hour after the first."""
    for number, at in ((1, NOW), (2, NOW + timedelta(hours=1))):
        channel.proposes(f"V{number}", at=at)
        channel.shows_card(number)


def revealed(channel: Channel) -> list[bool]:
    return [channel.candidate(number).revealed for number in (1, 2)]


def test_days_after_proposal__project_is_revealed_once(channel: Channel) -> None:
    two_projects(channel)
    assert not reveal(channel, TWO_WEEKS - SECOND)
    assert (revealed(channel), channel.stale_cards()) == ([False, False], [])
    assert reveal(channel, TWO_WEEKS)
    assert (revealed(channel), channel.stale_cards()) == ([True, False], ["1"])
    channel.shows_card(1)
    assert not reveal(channel, TWO_WEEKS + SECOND)
    assert channel.stale_cards() == []
    other = Channel(channel.database, "C2")
    assert not reveal(other, TWO_WEEKS * 2)


def test_charter_reveals_later__project_is_hidden_again(channel: Channel) -> None:
    two_projects(channel)
    reveal(channel, TWO_WEEKS)
    change_days(channel, 15)
    assert reveal(channel, TWO_WEEKS)
    assert (revealed(channel), channel.stale_cards()) == ([False, False], ["1"])


def test_charter_never_reveals__nothing_is_revealed(channel: Channel) -> None:
    two_projects(channel)
    reveal(channel, TWO_WEEKS)
    change_days(channel, 0)
    assert reveal(channel, TWO_WEEKS * 9)
    assert revealed(channel) == [False, False]
    assert not reveal(channel, TWO_WEEKS * 9)


def test_closed_project__is_not_revealed(channel: Channel) -> None:
    two_projects(channel)
    channel.changes_status(1, Status.DECLINED)
    reveal(channel, TWO_WEEKS * 2)
    assert revealed(channel) == [False, True]
    channel.changes_status(1, Status.OPEN)
    reveal(channel, TWO_WEEKS * 2)
    assert revealed(channel) == [True, True]
