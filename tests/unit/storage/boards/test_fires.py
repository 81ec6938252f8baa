"""Fires, and what the channel hears of them."""

from datetime import timedelta

import pytest

from storage.boards import fires
from storage.boards.fires import Fire
from storage.database import Session
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import FireSubject
from storage.tables import PostKind
from tests.support.channel import NOW, Channel


def try_to_declare(channel: Channel, value: str, by: str = "U1", minute: int = 0) -> Fire | None:
    with channel.database.transaction(STORE) as session:
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


def clear(channel: Channel, fire: Fire) -> bool:
    with channel.database.transaction(STORE) as session:
        return fires.clear(session, fire.id, by="U2", now=NOW)


def announcement(session: Session, channel: Channel, fire: Fire) -> Post:
    post = outbox.latest(session, channel.board.id, PostKind.FIRE, FireSubject(fire.id))
    assert post is not None
    return post


def send_fires(channel: Channel) -> None:
    """Record that Slack shows the queued fires."""
    with channel.database.transaction(STORE) as session:
        for post in outbox.pending(session):
            if post.kind is PostKind.FIRE:
                outbox.mark_posted(session, post.id, f"{post.id}.000001")


def due(channel: Channel) -> list[PostKind]:
    """Return the kinds of fire posts that the reconciler may send."""
    with channel.database.snapshot() as session:
        kinds = [post.kind for post in outbox.due(session, NOW)]
    return [kind for kind in kinds if kind in (PostKind.FIRE, PostKind.FIRE_OUT)]


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


def test_fire__queues_a_post_at_its_start_and_end(channel: Channel) -> None:
    cost, security = declare(channel, "cost"), declare(channel, "security")
    send_fires(channel)
    assert clear(channel, cost)
    assert burning(channel) == ["security"]
    assert fire_posts(channel) == [(PostKind.FIRE_OUT, str(cost.id))]
    assert not clear(channel, declare(channel, "cost"))
    assert clear(channel, security)
    assert len(fire_posts(channel)) == 2


def test_fires_that_are_out_at_once__queue_nothing(channel: Channel) -> None:
    for _ in range(150):
        assert not clear(channel, declare(channel, "cost"))
    assert fire_posts(channel) == []


@pytest.mark.parametrize("was_sent", [True, False])
def test_fire_out_while_it_is_posted__waits_for_the_outcome(
    channel: Channel, *, was_sent: bool
) -> None:
    fire = declare(channel, "cost")
    with channel.database.transaction(STORE) as session:
        post = outbox.claim(session, announcement(session, channel, fire).id, NOW)
        assert post is not None
    assert clear(channel, fire)
    assert due(channel) == []
    with channel.database.transaction(STORE) as session:
        if was_sent:
            outbox.mark_posted(session, post.id, "1.000001")
        else:
            outbox.cancel(session, post)
    assert due(channel) == [PostKind.FIRE_OUT]
    with channel.database.snapshot() as session:
        assert fires.was_announced(session, channel.board.id, fire.id) == was_sent


def test_fire_whose_post_was_deleted__its_end_is_told(channel: Channel) -> None:
    fire = declare(channel, "cost")
    send_fires(channel)
    with channel.database.transaction(STORE) as session:
        outbox.requeue(session, announcement(session, channel, fire))
    assert clear(channel, fire)
    assert due(channel) == [PostKind.FIRE_OUT]


def test_fire__burns_only_on_its_board(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    declare(channel, "cost")
    assert (burning(other), fire_posts(other)) == ([], [])
