"""Outbox: each post is claimed, sent and recorded once, also after an interruption."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from storage.locks import STORE
from storage.posts import outbox, subjects
from storage.posts.outbox import LEASE, MAX_CLOCK_AHEAD, Post, PostedContent
from storage.posts.subjects import PeriodSubject, QuarterSubject, WeekSubject
from storage.tables import PostKind, PostState
from tests.support.channel import NOW, Channel, mark_sent

WEEK = "2026-W34"


@pytest.fixture
def channel(channel: Channel) -> Channel:
    """A board whose introduction is posted."""
    for post in due_posts(channel):
        mark_posted(channel, post.id, ts="0.000001")
    return channel


def enqueue(channel: Channel, subject: str = WEEK, kind: PostKind = PostKind.DIGEST) -> bool:
    with channel.database.transaction(STORE) as session:
        return outbox.enqueue(session, channel.board.id, kind, subjects.decode(kind, subject))


def due_posts(channel: Channel, now: datetime = NOW) -> list[Post]:
    with channel.database.snapshot() as session:
        return outbox.due(session, now)


def claim(channel: Channel, post_id: int, now: datetime = NOW) -> Post | None:
    with channel.database.transaction(STORE) as session:
        return outbox.claim(session, post_id, now)


def mark_attempt(channel: Channel, claimed: Post, now: datetime = NOW, **content: Any) -> bool:
    with channel.database.transaction(STORE) as session:
        return outbox.mark_attempt(session, claimed, now, PostedContent(**content))


def release(channel: Channel, claimed: Post) -> None:
    with channel.database.transaction(STORE) as session:
        outbox.release(session, claimed)


def mark_posted(channel: Channel, post_id: int, *, ts: str) -> None:
    with channel.database.transaction(STORE) as session:
        outbox.mark_posted(session, post_id, ts)


def latest(channel: Channel, kind: PostKind = PostKind.DIGEST) -> Post:
    with channel.database.snapshot() as session:
        post = outbox.latest(session, channel.board.id, kind)
    assert post is not None
    return post


def requeue(channel: Channel, post: Post) -> None:
    with channel.database.transaction(STORE) as session:
        outbox.requeue(session, post)


def last_ranks(channel: Channel, before: str = "2026-W40") -> dict[str, int] | None:
    with channel.database.snapshot() as session:
        return outbox.last_ranks(session, channel.board.id, before)


def post_digest(channel: Channel, week: str, ranks: dict[str, int] | None) -> Post:
    """Post the digest of a week, and return it."""
    enqueue(channel, week)
    with channel.database.transaction(STORE) as session:
        mark_sent(session, latest(channel), f"{week[-2:]}.5", ranks=ranks)
    return latest(channel)


def test_period__is_queued_once(channel: Channel) -> None:
    assert enqueue(channel)
    assert not enqueue(channel)
    assert enqueue(channel, "2026-W35")
    assert enqueue(channel, WEEK, PostKind.ROADMAP)
    assert enqueue(Channel(channel.database, "C2"), WEEK)


def test_two_processes_queue_a_period__queues_it_once(channel: Channel) -> None:
    assert run_twice_at_once(lambda: enqueue(channel)) == [False, True]
    assert [post.subject for post in due_posts(channel)] == [WEEK]


def test_two_processes_claim_a_post__one_gets_it(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    assert run_twice_at_once(lambda: claim(channel, post.id) is not None) == [False, True]
    assert latest(channel).attempts == 1


def run_twice_at_once(action: Callable[[], bool]) -> list[bool]:
    start = Barrier(2)

    def run(_: int) -> bool:
        start.wait()
        return action()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, range(2)))


def test_claimed_post__is_pending_but_not_due(
    channel: Channel,
) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    claimed = claim(channel, post.id)
    assert claimed is not None
    assert (claimed.state, claimed.attempts, claimed.first_tried_at) == (PostState.SENDING, 1, None)
    assert due_posts(channel) == []
    with channel.database.snapshot() as session:
        assert outbox.pending(session) == [claimed]


def test_expired_lease__lets_another_process_claim(
    channel: Channel,
) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    claim(channel, post.id)
    almost, end = NOW + LEASE - timedelta(microseconds=1), NOW + LEASE
    assert due_posts(channel, almost) == []
    assert claim(channel, post.id, almost) is None
    assert [due.id for due in due_posts(channel, end)] == [post.id]
    second = claim(channel, post.id, end)
    assert second is not None
    assert (second.attempts, second.first_tried_at) == (2, None), "nothing was sent"
    assert claim(channel, post.id, end) is None


def test_first_attempt__keeps_its_time_across_retries(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    first = claim(channel, post.id)
    assert first is not None
    assert mark_attempt(channel, first, NOW + timedelta(seconds=1))
    second = claim(channel, post.id, NOW + 2 * LEASE)
    assert second is not None
    assert mark_attempt(channel, second, NOW + 3 * LEASE)
    assert latest(channel).first_tried_at == NOW + timedelta(seconds=1)


def test_posted_post__is_never_claimed_again(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    claimed = claim(channel, post.id)
    assert claimed is not None
    mark_attempt(channel, claimed, ranks={"2": 1})
    mark_posted(channel, post.id, ts="1.5")
    posted = latest(channel)
    assert (posted.state, posted.ts, posted.ranks) == (PostState.POSTED, "1.5", {"2": 1})
    much_later = NOW + 100 * LEASE
    assert due_posts(channel, much_later) == []
    assert claim(channel, post.id, much_later) is None
    with channel.database.snapshot() as session:
        assert outbox.pending(session) == []


def test_released_post__is_due_as_if_never_sent(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    claimed = claim(channel, post.id)
    assert claimed is not None
    mark_attempt(channel, claimed)
    release(channel, claimed)
    [released] = due_posts(channel)
    assert (released.state, released.first_tried_at) == (PostState.DUE, None)


def test_release_after_earlier_attempt__keeps_that_attempt(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    first = claim(channel, post.id)
    assert first is not None
    mark_attempt(channel, first, ranks={"2": 1})
    second = claim(channel, post.id, NOW + LEASE)
    assert second is not None
    mark_attempt(channel, second, NOW + LEASE, ranks={"2": 2})
    release(channel, second)
    assert (latest(channel).first_tried_at, latest(channel).ranks) == (NOW, {"2": 1})


def test_known_messages__are_those_of_posts(channel: Channel) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    mark_posted(channel, post.id, ts="1.5")
    with channel.database.snapshot() as session:
        known = outbox.known_messages(session, post.board_id, {"1.5", "1.6"})
        elsewhere = outbox.known_messages(session, post.board_id + 1, {"1.5", "1.6"})
    assert (known, elsewhere) == ({"1.5"}, set())


def claim_in_two_processes(channel: Channel) -> tuple[Post, Post]:
    """Return two claims of a post: an expired one, and another process's current one."""
    enqueue(channel)
    [post] = due_posts(channel)
    slow, quick = claim(channel, post.id), claim(channel, post.id, NOW + LEASE)
    assert slow is not None
    assert quick is not None
    return slow, quick


def test_process_that_lost_its_claim__cannot_release(channel: Channel) -> None:
    slow, quick = claim_in_two_processes(channel)
    mark_attempt(channel, quick, NOW + LEASE)
    release(channel, slow)
    assert (latest(channel).state, latest(channel).first_tried_at) == (
        PostState.SENDING,
        NOW + LEASE,
    )


def test_process_that_lost_its_claim__cannot_cancel(channel: Channel) -> None:
    slow, quick = claim_in_two_processes(channel)
    mark_posted(channel, quick.id, ts="1.5")
    with channel.database.transaction(STORE) as session:
        outbox.cancel(session, slow)
    assert latest(channel).state is PostState.POSTED


def test_due_posts__are_in_order_of_queueing(channel: Channel) -> None:
    for week in ("2026-W40", "2026-W02", "2026-W11"):
        enqueue(channel, week)
    assert [post.subject for post in due_posts(channel)] == ["2026-W40", "2026-W02", "2026-W11"]


def test_requeued_post__is_due_as_the_next_edition(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    card = latest(channel, PostKind.CARD)
    for _ in range(2):  # Two passes find it deleted.
        requeue(channel, card)
    assert [(post.subject, post.edition, post.state) for post in due_posts(channel)] == [
        ("1", 2, PostState.DUE)
    ]
    assert latest(channel, PostKind.CARD).project_id == channel.project().id


def test_votes_on_a_deleted_card__still_count(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    channel.adds_people("U1", "U2")
    channel.reacts("U1", at="1.5")
    requeue(channel, latest(channel, PostKind.CARD))
    channel.shows_card(ts="9.000001")
    channel.reacts("U1", at="9.5", ts="9.000001")
    channel.reacts("U2", at="9.5", ts="9.000001")
    assert channel.candidate().backers == {"U1", "U2"}


def test_changed_project__card_is_stale_until_redrawn(channel: Channel) -> None:
    channel.proposes("V1")
    assert channel.stale_cards() == []  # It isn't posted, so there is nothing to redraw.
    channel.shows_card()
    assert channel.stale_cards() == []
    channel.reacts("U1", at="1.5")
    older = channel.project().revision
    channel.reacts("U2", at="1.5")
    assert channel.stale_cards() == ["1"]
    for revision, stale in ((older, ["1"]), (channel.project().revision, [])):
        mark_redrawn(channel, latest(channel, PostKind.CARD), revision)
        assert channel.stale_cards() == stale


def test_two_processes_redraw_differently__card_stays_stale(
    channel: Channel,
) -> None:
    channel.proposes("V1")
    channel.shows_card()
    card = latest(channel, PostKind.CARD)  # As both processes read it.
    channel.reacts("U1", at="1.5")
    older = channel.project().revision
    channel.reacts("U2", at="1.5")
    newer = channel.project().revision
    for revision in (older, newer):  # Slack may have received them in the other order.
        mark_redrawn(channel, card, revision)
    assert channel.stale_cards() == ["1"]
    card = latest(channel, PostKind.CARD)
    for _ in range(2):  # Both draw the same revision, so the order doesn't matter.
        mark_redrawn(channel, card, newer)
    assert channel.stale_cards() == []


def mark_redrawn(channel: Channel, card: Post, revision: int) -> None:
    with channel.database.transaction(STORE) as session:
        outbox.mark_redrawn(session, card, revision)


def test_deleted_card__is_not_stale(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    requeue(channel, latest(channel, PostKind.CARD))
    channel.reacts("U1", at="1.5")
    assert channel.stale_cards() == []


def test_card_permalinks__skip_deleted_cards(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    for board in (channel, other):
        for number, origin in enumerate(("V1", "V2", "V3"), 1):
            board.proposes(origin)
            board.shows_card(number)
    requeue(channel, latest(channel, PostKind.CARD))
    with channel.database.snapshot() as session:
        links = outbox.card_permalinks(session, channel.board.id)
        link_by_number = {
            number: outbox.card_permalink(session, channel.project(number).id)
            for number in (1, 2, 3)
        }
    assert links == {
        channel.project(number).id: f"https://slack.test/{number}" for number in (1, 2)
    }
    assert link_by_number == {1: "https://slack.test/1", 2: "https://slack.test/2", 3: None}


def test_last_ranks__come_from_the_last_posted_digest(channel: Channel) -> None:
    assert last_ranks(channel) is None
    post_digest(channel, "2026-W34", {"1": 1, "2": 2})
    post_digest(channel, "2026-W35", {"1": 2, "2": 1})
    enqueue(channel, "2026-W36")  # Due, not posted.
    assert last_ranks(channel) == {"1": 2, "2": 1}
    assert last_ranks(channel, "2026-W35") == {"1": 1, "2": 2}
    assert last_ranks(channel, "2026-W34") is None
    assert last_ranks(Channel(channel.database, "C2")) is None


def test_latest__matches_kind_and_subject(channel: Channel) -> None:
    for week in (WEEK, "2026-W35"):
        enqueue(channel, week)
    enqueue(channel, "2026-07-01", PostKind.ROADMAP)
    with channel.database.snapshot() as session:
        board_id = channel.board.id
        newest = outbox.latest(session, board_id, PostKind.DIGEST)
        of_week = outbox.latest(session, board_id, PostKind.DIGEST, WeekSubject(WEEK))
        missing = outbox.latest(session, board_id, PostKind.DIGEST, WeekSubject("2026-07-01"))
    assert [post and post.subject for post in (newest, of_week, missing)] == [
        "2026-W35",
        WEEK,
        None,
    ]


def test_attempt_after_the_lease__fails_if_another_claimed(
    channel: Channel,
) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    first = claim(channel, post.id)
    assert first is not None
    assert mark_attempt(channel, first, NOW + LEASE)
    assert claim(channel, post.id, NOW + LEASE) is None
    second = claim(channel, post.id, NOW + 2 * LEASE)
    assert second is not None
    assert not mark_attempt(channel, first, NOW + 2 * LEASE)
    assert mark_attempt(channel, second, NOW + 2 * LEASE)


@pytest.mark.parametrize(
    ("ahead", "is_due"),
    [
        (-LEASE, True),
        (timedelta(microseconds=1) - LEASE, False),
        (timedelta(), False),
        (MAX_CLOCK_AHEAD, False),
        (MAX_CLOCK_AHEAD + timedelta(microseconds=1), True),
        (timedelta(hours=2), True),
        (timedelta(days=3652), True),
    ],
    ids=str,
)
def test_claim_by_a_clock_that_was_ahead__has_ended(
    channel: Channel, ahead: timedelta, *, is_due: bool
) -> None:
    enqueue(channel)
    [post] = due_posts(channel)
    claim(channel, post.id, NOW + ahead)
    assert [each.id for each in due_posts(channel)] == ([post.id] if is_due else [])
    with channel.database.snapshot() as session:
        end = outbox.next_lease_end(session, NOW, NOW)
    assert end == (None if is_due else NOW + ahead + LEASE)
    assert (claim(channel, post.id) is not None) == is_due


@pytest.mark.parametrize(
    ("due_week", "is_outdated"), [("2026-W40", False), ("2026-W42", False), ("2026-W43", True)]
)
def test_later_digest__outdates_earlier_ones_once_it_is_due(
    channel: Channel, due_week: str, *, is_outdated: bool
) -> None:
    enqueue(channel, "2026-W43")
    enqueue(channel, "2026-W35")
    earlier = latest(channel)
    with channel.database.snapshot() as session:
        assert outbox.is_outdated(session, earlier, due_week) == is_outdated


def test_new_period__supersedes_unsent_earlier_ones(channel: Channel) -> None:
    def enqueue_for_period(kind: PostKind, period: PeriodSubject) -> None:
        with channel.database.transaction(STORE) as session:
            outbox.enqueue_for_period(session, channel.board.id, kind, period)

    def due() -> list[str]:
        return [
            post.subject for post in due_posts(channel) if post.kind is not PostKind.INTRODUCTION
        ]

    enqueue_for_period(PostKind.ROADMAP, QuarterSubject("2026-10-01"))
    enqueue_for_period(PostKind.DIGEST, WeekSubject("2026-W34"))
    enqueue_for_period(PostKind.DIGEST, WeekSubject("2026-W35"))
    assert due() == ["2026-10-01", "2026-W35"]
    enqueue_for_period(PostKind.DIGEST, WeekSubject("2026-W35"))
    assert due() == ["2026-10-01", "2026-W35"]
    # An earlier quarter that is queued late supersedes nothing.
    enqueue_for_period(PostKind.ROADMAP, QuarterSubject("2026-07-01"))
    assert due() == ["2026-10-01", "2026-W35", "2026-07-01"]
