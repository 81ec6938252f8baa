"""When the demo's story happens: up to now, whatever the day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.calendar import PRESENT, Calendar, Hour
from bot.demo.script import ZONE, happenings
from bot.demo.toil import incidents_before

YOUNG = [datetime(2026, 1, 1, 0, 5, tzinfo=UTC), datetime(2028, 7, 3, 9, tzinfo=UTC)]


@pytest.mark.parametrize("end", YOUNG)
def test_a_quarter_that_has_just_begun_has_nothing_in_its_future(end: datetime) -> None:
    calendar = Calendar(end, ZONE)
    moments = [calendar.at(week, hour) for week, hour, _ in happenings(calendar)]
    assert moments == sorted(moments)
    assert max(moments) == end
    assert calendar.at(13, Hour.MEETING) < end
    assert incidents_before(PRESENT + 9, calendar).count("\n") == 1  # the names of its columns


@pytest.mark.parametrize("days", range(0, 370, 5))
def test_on_every_day_of_a_year_a_whole_quarter_is_over(days: int) -> None:
    calendar = Calendar(datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=days), ZONE)
    assert calendar.at(1, Hour.EARLY).date() >= calendar.finished.start
    assert calendar.at(1, Hour.EARLY) - calendar.start < timedelta(weeks=1)
    assert calendar.monday(13) <= calendar.finished.end
    assert calendar.monday(PRESENT) >= calendar.present.start
