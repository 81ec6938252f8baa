from datetime import timedelta

from storage.boards import fires
from storage.boards.fires import Fire
from storage.posts import outbox
from storage.tables import PostKind
from tests.support.channel import NOW, Channel


def tries_to_declare(channel: Channel, value: str, by: str = "U1", minute: int = 0) -> Fire | None:
    with channel.database.transaction() as session:
        return fires.declare(
            session,
            channel.board.id,
            value=value,
            what="the bill",
            by=by,
            now=NOW + timedelta(minutes=minute),
        )


def declares(channel: Channel, value: str) -> Fire:
    fire = tries_to_declare(channel, value)
    assert fire is not None
    return fire


def clears(channel: Channel, fire: Fire) -> None:
    with channel.database.transaction() as session:
        fires.clear(session, fire.id, by="U2", now=NOW)


def burning(channel: Channel) -> list[str]:
    with channel.database.snapshot() as session:
        return [fire.value for fire in fires.burning(session, channel.board.id)]


def news(channel: Channel) -> list[tuple[PostKind, str]]:
    """What the channel is to hear of fires: of which, and whether it began or ended."""
    with channel.database.snapshot() as session:
        return [
            (post.kind, post.subject)
            for post in outbox.pending(session)
            if post.board_id == channel.board.id and post.kind in (PostKind.FIRE, PostKind.FIRE_OUT)
        ]


def test_a_fire_burns_until_someone_says_that_it_is_out(channel: Channel) -> None:
    fire = declares(channel, "cost")
    assert burning(channel) == ["cost"]
    clears(channel, fire)
    assert burning(channel) == []
    with channel.database.snapshot() as session:
        out = fires.get(session, fire.id)
    assert (out.declared_by, out.cleared_by, out.cleared_at) == ("U1", "U2", NOW)


def test_a_value_burns_once_at_a_time_and_keeps_its_first_declarer(channel: Channel) -> None:
    first = declares(channel, "cost")
    assert tries_to_declare(channel, "cost", by="U2", minute=1) is None
    assert burning(channel) == ["cost"]
    with channel.database.snapshot() as session:
        assert fires.burning(session, channel.board.id) == [first]
    assert news(channel) == [(PostKind.FIRE, str(first.id))]


def test_a_value_may_burn_again(channel: Channel) -> None:
    first = declares(channel, "cost")
    clears(channel, first)
    assert declares(channel, "cost").id != first.id


def test_the_channel_hears_of_each_fire_when_it_begins_and_when_it_is_out(
    channel: Channel,
) -> None:
    cost, security = declares(channel, "cost"), declares(channel, "security")
    clears(channel, cost)
    assert burning(channel) == ["security"]
    assert news(channel) == [
        (PostKind.FIRE, str(cost.id)),
        (PostKind.FIRE, str(security.id)),
        (PostKind.FIRE_OUT, str(cost.id)),
    ]


def test_a_fire_burns_on_its_own_board_only(channel: Channel) -> None:
    elsewhere = Channel(channel.database, "C2")
    declares(channel, "cost")
    assert (burning(elsewhere), news(elsewhere)) == ([], [])
