"""Never more calls than Slack allows, and no longer a wait than that takes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.rate_limiter import Pace

START = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

# When someone would like to call, as steps in time: bursts, and pauses.
asked = st.lists(st.integers(0, 90).map(lambda tenths: tenths * SECOND / 10), max_size=60)


@given(asked, st.integers(1, 5), st.integers(1, 20))
def test_no_window_holds_more_calls_than_the_limit(
    steps: list[timedelta], limit: int, seconds: int
) -> None:
    pace, window, now = Pace(), seconds * SECOND, START
    made: list[datetime] = []
    for step in steps:
        now += step
        within = [call for call in made if call > now - window]
        free = pace.free("chat.update", now)
        # Free exactly while the window has room: held no longer than it must be.
        assert free == (len(within) < limit)
        if free:
            pace.spend("chat.update", now, limit=limit, window=window)
            made.append(now)


def test_what_has_just_aged_counts_no_more_and_what_came_since_does() -> None:
    pace = Pace()
    for seconds in (0, 60, 60):
        assert pace.free("users.info", START + seconds * SECOND)
        pace.spend("users.info", START + seconds * SECOND, limit=2, window=MINUTE)
    assert not pace.free("users.info", START + 60 * SECOND)


def test_each_method_is_counted_by_itself() -> None:
    pace = Pace()
    for method in ("users.info", "chat.update"):
        pace.spend(method, START, limit=2, window=MINUTE)
    assert pace.free("users.info", START)
    assert pace.free("chat.update", START)


@given(asked)
def test_what_is_held_is_free_at_the_very_moment(steps: list[timedelta]) -> None:
    """Waiting for `next_free` is enough, however long the queue."""
    pace, now = Pace(), START
    for _ in range(len(steps)):
        if not pace.free("post", now):
            again = pace.next_free(now)
            assert again is not None
            assert again > now
            now = again
            assert pace.free("post", now)
        pace.spend("post", now, limit=2, window=SECOND)


def test_a_later_hold_wins_and_an_earlier_one_does_not_shorten_it() -> None:
    pace = Pace()
    pace.hold("C1", START + MINUTE)
    pace.hold("C1", START + SECOND)
    assert not pace.free("C1", START + 59 * SECOND)
    assert pace.free("C1", START + MINUTE)
    pace.hold("C1", START + 2 * MINUTE)
    assert not pace.free("C1", START + MINUTE)


def test_one_that_is_held_does_not_hold_the_others() -> None:
    pace = Pace()
    pace.hold(("channel", 1), START + MINUTE)
    assert pace.free(("channel", 2), START)


def test_what_is_released_is_free_again_and_nothing_else() -> None:
    pace = Pace()
    for key in ("C1", "C2", "C3"):
        pace.hold(key, START + MINUTE)
    pace.release("C1", "C3", "C4")
    assert [pace.free(key, START) for key in ("C1", "C2", "C3", "C4")] == [True, False, True, True]


def test_the_next_that_comes_free_is_the_earliest_still_to_come() -> None:
    pace = Pace()
    assert pace.next_free(START) is None
    pace.hold("C1", START + MINUTE)
    pace.hold("C2", START + SECOND)
    assert pace.next_free(START) == START + SECOND
    assert pace.next_free(START + SECOND) == START + MINUTE
    assert pace.next_free(START + MINUTE) is None
