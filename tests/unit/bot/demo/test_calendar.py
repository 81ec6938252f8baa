"""The demo's calendar ends now, whatever the day is."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.calendar import CURRENT_QUARTER_START, Calendar, TimeSlot
from bot.demo.script import ZONE, build_script
from bot.demo.toil import incidents_of_week_before

YOUNG = [datetime(2026, 1, 1, 0, 5, tzinfo=UTC), datetime(2028, 7, 3, 9, tzinfo=UTC)]


@pytest.mark.parametrize("end", YOUNG)
def test_quarter_just_began__no_step_is_in_the_future(end: datetime) -> None:
    calendar = Calendar(end, ZONE)
    moments = [calendar.at(week, hour) for week, hour, _ in build_script(calendar)]
    assert moments == sorted(moments)
    assert max(moments) == end
    assert calendar.at(13, TimeSlot.MEETING) < end
    assert (
        incidents_of_week_before(CURRENT_QUARTER_START + 9, calendar).count("\n") == 1
    )  # the names of its columns


@pytest.mark.parametrize("days", range(0, 370, 5))
def test_any_day__a_whole_quarter_is_over(days: int) -> None:
    calendar = Calendar(datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=days), ZONE)
    assert calendar.at(1, TimeSlot.EARLY).date() >= calendar.previous_quarter.start
    assert calendar.at(1, TimeSlot.EARLY) - calendar.start < timedelta(weeks=1)
    assert calendar.monday(13) <= calendar.previous_quarter.end
    assert calendar.monday(CURRENT_QUARTER_START) >= calendar.current_quarter.start
