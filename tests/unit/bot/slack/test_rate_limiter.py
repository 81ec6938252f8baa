"""The rate limiter never exceeds a limit, and never waits longer than needed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.rate_limiter import RateLimiter

START = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

# Times of attempted calls, as steps: bursts and pauses.
asked = st.lists(st.integers(0, 90).map(lambda tenths: tenths * SECOND / 10), max_size=60)


@given(asked, st.integers(1, 5), st.integers(1, 20))
def test_any_calls__stay_within_limit_of_each_window(
    steps: list[timedelta], limit: int, seconds: int
) -> None:
    limiter, window, now = RateLimiter(), seconds * SECOND, START
    made: list[datetime] = []
    for step in steps:
        now += step
        within = [call for call in made if call > now - window]
        free = limiter.is_available("chat.update", now)
        # Available exactly while the window has room.
        assert free == (len(within) < limit)
        if free:
            limiter.count_call("chat.update", now, limit=limit, window=window)
            made.append(now)


def test_call_leaves_window__later_calls_still_count() -> None:
    limiter = RateLimiter()
    for seconds in (0, 60, 60):
        assert limiter.is_available("users.info", START + seconds * SECOND)
        limiter.count_call("users.info", START + seconds * SECOND, limit=2, window=MINUTE)
    assert not limiter.is_available("users.info", START + 60 * SECOND)


def test_two_methods__are_counted_separately() -> None:
    limiter = RateLimiter()
    for method in ("users.info", "chat.update"):
        limiter.count_call(method, START, limit=2, window=MINUTE)
    assert limiter.is_available("users.info", START)
    assert limiter.is_available("chat.update", START)


@given(asked)
def test_deferred_key__is_available_at_next_available(steps: list[timedelta]) -> None:
    """Waiting for `next_available` is enough, for a queue of any length."""
    limiter, now = RateLimiter(), START
    for _ in range(len(steps)):
        if not limiter.is_available("post", now):
            again = limiter.next_available(now)
            assert again is not None
            assert again > now
            now = again
            assert limiter.is_available("post", now)
        limiter.count_call("post", now, limit=2, window=SECOND)


def test_second_deferral__never_shortens_the_first() -> None:
    limiter = RateLimiter()
    limiter.defer("C1", START + MINUTE)
    limiter.defer("C1", START + SECOND)
    assert not limiter.is_available("C1", START + 59 * SECOND)
    assert limiter.is_available("C1", START + MINUTE)
    limiter.defer("C1", START + 2 * MINUTE)
    assert not limiter.is_available("C1", START + MINUTE)


def test_deferred_key__does_not_defer_others() -> None:
    limiter = RateLimiter()
    limiter.defer(("channel", 1), START + MINUTE)
    assert limiter.is_available(("channel", 2), START)


def test_reset__makes_only_its_keys_available() -> None:
    limiter = RateLimiter()
    for key in ("C1", "C2", "C3"):
        limiter.defer(key, START + MINUTE)
    limiter.reset("C1", "C3", "C4")
    assert [limiter.is_available(key, START) for key in ("C1", "C2", "C3", "C4")] == [
        True,
        False,
        True,
        True,
    ]


def test_several_deferrals__next_available_is_the_earliest() -> None:
    limiter = RateLimiter()
    assert limiter.next_available(START) is None
    limiter.defer("C1", START + MINUTE)
    limiter.defer("C2", START + SECOND)
    assert limiter.next_available(START) == START + SECOND
    assert limiter.next_available(START + SECOND) == START + MINUTE
    assert limiter.next_available(START + MINUTE) is None
