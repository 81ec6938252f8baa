"""The rate limiter never exceeds a limit, and never waits longer than needed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.rate_limiter import RateLimiter
from tests.support.manual_seconds import ManualSeconds

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

# Seconds between attempted calls: bursts and pauses. Binary fractions, so that sums are exact.
steps_between_calls = st.lists(st.integers(0, 72).map(lambda eighths: eighths / 8), max_size=60)


@pytest.fixture
def seconds() -> ManualSeconds:
    return ManualSeconds()


@given(steps_between_calls, st.integers(1, 5), st.integers(1, 20))
def test_any_calls__stay_within_limit_of_each_window(
    steps: list[float], limit: int, window: int
) -> None:
    seconds = ManualSeconds()
    limiter = RateLimiter(seconds)
    made: list[float] = []
    for step in steps:
        seconds.now += step
        within = [call for call in made if call > seconds.now - window]
        free = limiter.is_available("chat.update")
        # Available exactly while the window has room.
        assert free == (len(within) < limit)
        if free:
            limiter.count_call("chat.update", limit=limit, window=timedelta(seconds=window))
            made.append(seconds.now)


def test_call_leaves_window__later_calls_still_count(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    for at in (0, 60, 60):
        seconds.now = at
        assert limiter.is_available("users.info")
        limiter.count_call("users.info", limit=2, window=MINUTE)
    assert not limiter.is_available("users.info")


def test_two_methods__are_counted_separately(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    for method in ("users.info", "chat.update"):
        limiter.count_call(method, limit=2, window=MINUTE)
    assert limiter.is_available("users.info")
    assert limiter.is_available("chat.update")


@given(steps_between_calls)
def test_deferred_key__is_available_at_next_available(steps: list[float]) -> None:
    """Waiting for `next_available` is enough, for a queue of any length."""
    seconds = ManualSeconds()
    limiter = RateLimiter(seconds)
    for _ in range(len(steps)):
        if not limiter.is_available("post"):
            wait = limiter.next_available(seconds.now)
            assert wait is not None
            assert wait > timedelta()
            seconds.now += wait.total_seconds()
            assert limiter.is_available("post")
        limiter.count_call("post", limit=2, window=SECOND)


def test_second_deferral__never_shortens_the_first(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    limiter.defer("C1", MINUTE)
    limiter.defer("C1", SECOND)
    seconds.now = 59
    assert not limiter.is_available("C1")
    seconds.now = 60
    assert limiter.is_available("C1")
    limiter.defer("C1", MINUTE)
    assert not limiter.is_available("C1")


def test_deferred_key__does_not_defer_others(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    limiter.defer(("channel", 1), MINUTE)
    assert limiter.is_available(("channel", 2))


def test_reset__makes_only_its_keys_available(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    for key in ("C1", "C2", "C3"):
        limiter.defer(key, MINUTE)
    limiter.reset("C1", "C3", "C4")
    available = [limiter.is_available(key) for key in ("C1", "C2", "C3", "C4")]
    assert available == [True, False, True, True]


def test_several_deferrals__next_available_is_the_earliest(seconds: ManualSeconds) -> None:
    limiter = RateLimiter(seconds)
    assert limiter.next_available(seconds.now) is None
    limiter.defer("C1", MINUTE)
    limiter.defer("C2", SECOND)
    assert limiter.next_available(seconds.now) == SECOND
    seconds.now = 1
    assert limiter.next_available(seconds.now) == 59 * SECOND
    seconds.now = 60
    assert limiter.next_available(seconds.now) is None


@pytest.mark.parametrize("looks", [0, 1], ids=["nobody looked", "someone looked"])
def test_deferral_ended_since_then__is_available_at_once(
    seconds: ManualSeconds, looks: int
) -> None:
    limiter = RateLimiter(seconds)
    limiter.defer("C1", SECOND)
    limiter.defer("C2", MINUTE)
    seconds.now = 2
    for _ in range(looks):
        assert limiter.is_available("C1")
    assert limiter.next_available(since=0.5) == timedelta()
    assert limiter.next_available(since=2) == 58 * SECOND
