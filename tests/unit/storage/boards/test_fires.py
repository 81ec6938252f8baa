from datetime import timedelta

from storage.boards import fires
from storage.boards.fires import Fire
from storage.posts import outbox
from storage.tables import PostKind
from tests.support.channel import NOW, Channel


def try_to_declare(channel: Channel, value: str, by: str = "U1", minute: int = 0) -> Fire | None:
    with channel.database.transaction() as session:
        return fires.declare(
            session,
            channel.board.id,
            value=value,
            what="the bill",
            by=by,
            now=NOW + timedelta(minutes=minute),
        )


def declare(channel: Channel, value: str) -> Fire:
    fire = try_to_declare(channel, value)
    assert fire is not None
    return fire


def clear(channel: Channel, fire: Fire) -> None:
    with channel.database.transaction() as session:
        fires.clear(session, fire.id, by="U2", now=NOW)


def burning(channel: Channel) -> list[str]:
    with channel.database.snapshot() as session:
        return [fire.value for fire in fires.burning(session, channel.board.id)]


def fire_posts(channel: Channel) -> list[tuple[PostKind, str]]:
    """Return the queued fire posts: which fire, and whether it was declared or cleared."""
    with channel.database.snapshot() as session:
        return [
            (post.kind, post.subject)
            for post in outbox.pending(session)
            if post.board_id == channel.board.id and post.kind in (PostKind.FIRE, PostKind.FIRE_OUT)
        ]


def test_fire__burns_until_it_is_cleared(channel: Channel) -> None:
    fire = declare(channel, "cost")
    assert burning(channel) == ["cost"]
    clear(channel, fire)
    assert burning(channel) == []
    with channel.database.snapshot() as session:
        out = fires.get(session, fire.id)
    assert (out.declared_by, out.cleared_by, out.cleared_at) == ("U1", "U2", NOW)


def test_second_declaration__keeps_the_first_fire(channel: Channel) -> None:
    first = declare(channel, "cost")
    assert try_to_declare(channel, "cost", by="U2", minute=1) is None
    assert burning(channel) == ["cost"]
    with channel.database.snapshot() as session:
        assert fires.burning(session, channel.board.id) == [first]
    assert fire_posts(channel) == [(PostKind.FIRE, str(first.id))]


def test_cleared_value__may_burn_again(channel: Channel) -> None:
    first = declare(channel, "cost")
    clear(channel, first)
    assert declare(channel, "cost").id != first.id


def test_fire__queues_a_post_at_its_start_and_end(
    channel: Channel,
) -> None:
    cost, security = declare(channel, "cost"), declare(channel, "security")
    clear(channel, cost)
    assert burning(channel) == ["security"]
    assert fire_posts(channel) == [
        (PostKind.FIRE, str(cost.id)),
        (PostKind.FIRE, str(security.id)),
        (PostKind.FIRE_OUT, str(cost.id)),
    ]


def test_fire__burns_only_on_its_board(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    declare(channel, "cost")
    assert (burning(other), fire_posts(other)) == ([], [])
