"""Rate limits: the number of calls that a tier accepts within its interval."""

import pytest

from slack_sandbox.model.rate_limits import RateLimited, RateLimiter, Tier

THREE_PER_MINUTE = Tier(3, 60)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rate_limiter(clock: Clock) -> RateLimiter:
    return RateLimiter(clock)


def call(rate_limiter: RateLimiter, times: int, name: str = "a") -> None:
    for _ in range(times):
        rate_limiter.count(name, THREE_PER_MINUTE)


def test_call_above_limit__fails_until_window_ends(rate_limiter: RateLimiter, clock: Clock) -> None:
    call(rate_limiter, 3)
    clock.now += 59.9
    with pytest.raises(RateLimited):
        call(rate_limiter, 1)
    clock.now += 0.1
    call(rate_limiter, 3)


def test_rate_limited_call__has_whole_retry_after(rate_limiter: RateLimiter, clock: Clock) -> None:
    call(rate_limiter, 3)
    clock.now += 20.5
    with pytest.raises(RateLimited) as error:
        call(rate_limiter, 1)
    assert error.value.retry_after == 40
    clock.now += 39.4
    with pytest.raises(RateLimited) as error:
        call(rate_limiter, 1)
    assert error.value.retry_after == 1


def test_rate_limited_call__does_not_count(rate_limiter: RateLimiter, clock: Clock) -> None:
    call(rate_limiter, 3)
    clock.now += 30
    for _ in range(5):
        with pytest.raises(RateLimited):
            call(rate_limiter, 1)
    clock.now += 30
    call(rate_limiter, 3)


def test_window__slides(rate_limiter: RateLimiter, clock: Clock) -> None:
    for _ in range(3):
        call(rate_limiter, 1)
        clock.now += 25
    call(rate_limiter, 1)  # the first call was 75 seconds ago
    with pytest.raises(RateLimited) as error:
        call(rate_limiter, 1)
    assert error.value.retry_after == 10


def test_methods__have_separate_windows(rate_limiter: RateLimiter) -> None:
    call(rate_limiter, 3, "a")
    call(rate_limiter, 3, "b")
    with pytest.raises(RateLimited):
        call(rate_limiter, 1, "b")
