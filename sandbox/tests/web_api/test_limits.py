"""So many calls within a tier's seconds, and no more."""

import pytest

from slack_sandbox.model.rate_limits import RateLimited, RateLimiter, Tier

THREE_A_MINUTE = Tier(3, 60)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> RateLimiter:
    return RateLimiter(clock)


def calls(limits: RateLimiter, times: int, name: str = "a") -> None:
    for _ in range(times):
        limits.count(name, THREE_A_MINUTE)


def test_one_call_too_many_is_refused_until_the_first_is_a_minute_old(
    limits: RateLimiter, clock: Clock
) -> None:
    calls(limits, 3)
    clock.now += 59.9
    with pytest.raises(RateLimited):
        calls(limits, 1)
    clock.now += 0.1
    calls(limits, 3)


def test_a_refused_call_says_in_whole_seconds_when_to_try_again(
    limits: RateLimiter, clock: Clock
) -> None:
    calls(limits, 3)
    clock.now += 20.5
    with pytest.raises(RateLimited) as refused:
        calls(limits, 1)
    assert refused.value.retry_after == 40
    clock.now += 39.4
    with pytest.raises(RateLimited) as refused:
        calls(limits, 1)
    assert refused.value.retry_after == 1


def test_a_refused_call_does_not_count(limits: RateLimiter, clock: Clock) -> None:
    calls(limits, 3)
    clock.now += 30
    for _ in range(5):
        with pytest.raises(RateLimited):
            calls(limits, 1)
    clock.now += 30
    calls(limits, 3)


def test_the_window_slides(limits: RateLimiter, clock: Clock) -> None:
    for _ in range(3):
        calls(limits, 1)
        clock.now += 25
    calls(limits, 1)  # the first is 75 seconds old
    with pytest.raises(RateLimited) as refused:
        calls(limits, 1)
    assert refused.value.retry_after == 10


def test_each_name_has_a_window_of_its_own(limits: RateLimiter) -> None:
    calls(limits, 3, "a")
    calls(limits, 3, "b")
    with pytest.raises(RateLimited):
        calls(limits, 1, "b")
