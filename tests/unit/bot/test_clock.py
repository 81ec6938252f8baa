"""Steps of the wall clock are told from time that passes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SMALLEST_STEP, StepDetector

START = datetime(2026, 11, 30, 3, 9, 58, tzinfo=UTC)
LONG = timedelta(days=3652)

# Seconds that pass, and how far the wall clock steps meanwhile.
periods = st.lists(
    st.tuples(st.integers(0, 10**6), st.one_of(st.just(timedelta()), st.timedeltas(-LONG, LONG))),
    max_size=20,
)


@given(periods)
def test_any_steps__are_reported_once_and_drift_is_not(
    periods: list[tuple[int, timedelta]],
) -> None:
    wall, seconds = START, 0
    steps = StepDetector(lambda: wall, lambda: seconds)
    for passed, step in periods:
        seconds += passed
        # Keep the year in the range of a datetime, whatever the steps add up to.
        step = min(step, datetime.max.replace(tzinfo=UTC) - LONG - wall)
        if wall + step < START - 10 * LONG:
            step = timedelta()
        wall += timedelta(seconds=passed) + step
        expected = step if abs(step) >= SMALLEST_STEP else timedelta()
        assert steps.last_step() == expected
        assert steps.last_step() == timedelta()
