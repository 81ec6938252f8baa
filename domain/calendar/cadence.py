"""Schedule of a board's posts, in its time zone: the weekly digest and the quarterly roadmap."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from domain.calendar.quarter import Quarter
from domain.calendar.time_zones import TimeZone, to_utc

FRIDAY = 4  # as date.weekday() counts


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def retrospective_day(quarter: Quarter) -> date:
    """Return the Friday before the week in which the next quarter's work begins."""
    following = quarter.next().first_working_day
    return following - timedelta(days=following.weekday() + 3)


@dataclass(frozen=True)
class DuePeriod:
    """A post's period (`2026-W48`, or a quarter's key) and the time at which it is due."""

    period: str
    due_at: datetime


class Cadence(BaseModel):
    """A board's posting schedule. Monday is weekday 0; `fiscal_start` is a month."""

    model_config = ConfigDict(frozen=True)

    time_zone: TimeZone = "UTC"
    digest_weekday: int = Field(default=0, ge=0, le=6)
    digest_time: time = time(9, 30)
    fiscal_start: int = Field(default=1, ge=1, le=12)

    def to_local(self, when: datetime) -> datetime:
        """Return the moment in the board's time zone."""
        return when.astimezone(ZoneInfo(self.time_zone))

    def today(self, now: datetime) -> date:
        return self.to_local(now).date()

    def next_posting_time(self, now: datetime) -> datetime:
        """Return the next moment at which a day's posts can come due: at the digest's time.

        Digests, roadmaps, retrospectives and reminders come due on some days, but always then.
        """
        today = self.today(now)
        # A clock change may put the time of a day beside the wrong midnight.
        moments = (self._digest_time_on(today + timedelta(days=ahead)) for ahead in range(-1, 3))
        return min(moment for moment in moments if moment > now)

    def quarter(self, now: datetime) -> Quarter:
        return Quarter.containing(self.today(now), self.fiscal_start)

    def iso_week(self, now: datetime) -> str:
        """Return the current ISO week, like `2026-W48`."""
        return _iso_week(self.today(now))

    def latest_digest(self, now: datetime) -> DuePeriod:
        """Return the latest digest due at `now`. Its period is the ISO week of its own day."""
        today = self.today(now)
        day = today - timedelta(days=(today.weekday() - self.digest_weekday) % 7)
        if self._digest_time_on(day) > now:
            day -= timedelta(weeks=1)
        return DuePeriod(_iso_week(day), self._digest_time_on(day))

    def next_digest(self, now: datetime) -> DuePeriod:
        """Return the first digest that isn't due yet at `now`."""
        day = self.digest_day(self.latest_digest(now).period) + timedelta(weeks=1)
        return DuePeriod(_iso_week(day), self._digest_time_on(day))

    def first_digest_from(self, day: date) -> DuePeriod:
        """Return the first digest that is due on this day or later."""
        day += timedelta(days=(self.digest_weekday - day.weekday()) % 7)
        return DuePeriod(_iso_week(day), self._digest_time_on(day))

    def digest_day(self, week: str) -> date:
        """Return the day on which the digest of an ISO week is due."""
        year, number = week.split("-W")
        return date.fromisocalendar(int(year), int(number), self.digest_weekday + 1)

    def latest_reminder(self, now: datetime) -> DuePeriod:
        """Return the latest reminder due at `now`: a day after a digest, in that day's ISO week."""
        today = self.today(now)
        day = today - timedelta(days=(today.weekday() - self.digest_weekday - 1) % 7)
        if self._digest_time_on(day) > now:
            day -= timedelta(weeks=1)
        return DuePeriod(_iso_week(day), self._digest_time_on(day))

    def reminder_today(self, now: datetime) -> datetime:
        """Return when today's reminders before reveals are due: at the digest's time."""
        return self._digest_time_on(self.today(now))

    def reveal_day(self, proposed_at: datetime, reveal_after_days: int) -> date:
        """Return the day on which one score is enough to show a project's results."""
        return self.today(proposed_at) + timedelta(days=reveal_after_days)

    def reminder_day(self, proposed_at: datetime, reveal_after_days: int) -> date:
        """Return the day of the reminder before a reveal: two days before, never on a weekend.

        At the earliest, it is the day after the proposal.
        """
        day = self.reveal_day(proposed_at, reveal_after_days) - timedelta(days=2)
        working_day = day - timedelta(days=max(day.weekday() - FRIDAY, 0))
        return max(working_day, self.today(proposed_at) + timedelta(days=1))

    def latest_roadmap(self, now: datetime) -> DuePeriod:
        """Return the latest roadmap that is due at `now`: on a quarter's first working day."""
        quarter = self.quarter(now)
        if self._digest_time_on(quarter.first_working_day) > now:
            quarter = quarter.previous()
        return DuePeriod(quarter.key, self._digest_time_on(quarter.first_working_day))

    def latest_retrospective(self, now: datetime) -> DuePeriod:
        """Return the latest retrospective that is due at `now`.

        It is due on the Friday before the week of the next roadmap, so that no week has both beside
        its digest.
        """
        quarter = self.quarter(now)
        if self._digest_time_on(retrospective_day(quarter)) > now:
            quarter = quarter.previous()
        return DuePeriod(quarter.key, self._digest_time_on(retrospective_day(quarter)))

    def _digest_time_on(self, day: date) -> datetime:
        """Return the moment of the digest's time on a day, in UTC."""
        return to_utc(day, self.digest_time, self.time_zone)
