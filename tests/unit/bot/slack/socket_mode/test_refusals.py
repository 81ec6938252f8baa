"""Waits between connections that Slack refuses, and the one line in the log."""

from datetime import timedelta

import pytest

from bot.slack.socket_mode.refusals import (
    FIRST_WAIT_SECONDS,
    MAX_WAIT_SECONDS,
    Refusals,
    describe_refusal,
)

TOO_MANY = "too_many_websockets"


class Clock:
    def __init__(self) -> None:
        self.now = 5000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def refusals(clock: Clock) -> Refusals:
    return Refusals(clock)


def wait_of(refusals: Refusals, clock: Clock) -> float:
    """Let the wait pass. Return its seconds."""
    began = clock.now
    while refusals.is_waiting:
        clock.now += 1
    return clock.now - began


def test_no_refusal__there_is_no_wait(refusals: Refusals) -> None:
    assert (refusals.is_waiting, refusals.reason) == (False, "")


def test_refused_again_and_again__waits_double_to_minutes(
    refusals: Refusals, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    waits = []
    for _ in range(8):
        refusals.add(TOO_MANY)
        waits.append(wait_of(refusals, clock))
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    [line] = caplog.records
    assert (line.levelname, line.message) == ("ERROR", "connections_refused")
    assert line.__dict__["reason"] == TOO_MANY


def test_two_messages_on_one_connection__count_once(refusals: Refusals, clock: Clock) -> None:
    refusals.add(TOO_MANY)
    refusals.add(TOO_MANY)
    assert wait_of(refusals, clock) == FIRST_WAIT_SECONDS


def test_accepted_and_refused_at_once__waits_still_double(
    refusals: Refusals, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for wait in (10, 20, 40):
        refusals.add("link_disabled")
        assert wait_of(refusals, clock) == wait
        refusals.end()
        assert refusals.reason == ""
    assert len(caplog.records) == 1


def test_refused_after_a_quiet_hour__starts_anew(
    refusals: Refusals, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        refusals.add(TOO_MANY)
        assert wait_of(refusals, clock) == FIRST_WAIT_SECONDS
        refusals.end()
        clock.now += 3600
    assert len(caplog.records) == 2


def test_other_reason__is_logged_too(refusals: Refusals, caplog: pytest.LogCaptureFixture) -> None:
    refusals.add(TOO_MANY)
    refusals.add("link_disabled")
    assert [line.__dict__["reason"] for line in caplog.records] == [TOO_MANY, "link_disabled"]
    assert refusals.reason == "link_disabled"


def test_retry_after__is_kept(refusals: Refusals, clock: Clock) -> None:
    refusals.add("ratelimited", timedelta(seconds=2 * MAX_WAIT_SECONDS))
    assert wait_of(refusals, clock) == 2 * MAX_WAIT_SECONDS


def test_known_reason__is_described_with_advice() -> None:
    assert describe_refusal("link_disabled") == (
        "Slack closes each connection: link_disabled. Turn on Socket Mode in the app's settings."
    )
    assert describe_refusal("other") == "Slack closes each connection: other."
