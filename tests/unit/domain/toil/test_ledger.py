"""Totals, trends, and the planned share of a toil ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_hours import WorkingHours
from domain.toil.ledger import (
    DateRange,
    SourceTotals,
    ToilEntry,
    ToilSummary,
    ToilType,
    WeekTotals,
    is_source_named,
    measure_planned_share,
    sparkline,
    summarize,
    totals_by_source,
    weekly_trend,
)

MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
HOURS = WorkingHours()
FOUR_WEEKS = DateRange(date(2026, 11, 2), date(2026, 11, 30))
SINCE = date(2026, 11, 2)


def entry(
    kind: ToilType = ToilType.PAGE, source: str = "db-primary", minutes: int = 45, **after: float
) -> ToilEntry:
    """Return an entry that starts the given time after Monday noon."""
    at = MONDAY + timedelta(**after)
    return ToilEntry(kind, source, minutes, at, out_of_hours=HOURS.is_out_of_hours(at))


def test_entries_in_a_span__are_summarized() -> None:
    entries = [entry(hours=11), entry(ToilType.BUG, "ci", minutes=30), entry(source="nat", days=1)]
    assert summarize(entries, HOURS, 4, FOUR_WEEKS, SINCE) == ToilSummary(
        entries=3,
        pages=2,
        pages_out_of_hours=1,
        disturbed_nights=1,
        minutes=120,
        planned_share=1 - 120 / (4 * 20 * 9 * 60),
        sources=(
            SourceTotals("db-primary", 1, 45),
            SourceTotals("nat", 1, 45),
            SourceTotals("ci", 1, 30),
        ),
    )


def test_no_ledger__summary_is_empty() -> None:
    summary = summarize([], HOURS, 4, FOUR_WEEKS, None)
    assert (summary.disturbed_nights, summary.planned_share) == (0, None)


def test_several_pages_in_a_night__count_as_one_disturbed_night() -> None:
    pages = [entry(hours=11), entry(hours=15), entry(hours=39), entry(hours=1)]
    summary = summarize(pages, HOURS, 4, FOUR_WEEKS, SINCE)
    assert (summary.pages, summary.pages_out_of_hours, summary.disturbed_nights) == (4, 3, 2)


def test_bug_at_night__disturbs_no_night() -> None:
    summary = summarize([entry(ToilType.BUG, hours=11)], HOURS, 4, FOUR_WEEKS, SINCE)
    assert (summary.entries, summary.pages, summary.disturbed_nights) == (1, 0, 0)


def test_entries_outside_the_span__are_ignored() -> None:
    around = [entry(days=-1), entry(days=28), entry(days=27)]
    assert summarize(around, HOURS, 4, FOUR_WEEKS, SINCE).entries == 1


def test_planned_share__is_working_time_without_toil() -> None:
    working = 4 * 20 * 9 * 60  # 4 people, 20 days of 9 hours
    toil = [entry(minutes=working // 10), entry(ToilType.INTERRUPT, minutes=working // 10, days=20)]
    assert measure_planned_share(toil, HOURS, 4, FOUR_WEEKS, SINCE) == pytest.approx(0.8)


def test_under_four_weeks_of_ledger__share_is_not_measured() -> None:
    assert measure_planned_share([entry()], HOURS, 4, FOUR_WEEKS, None) is None
    assert measure_planned_share([entry()], HOURS, 4, FOUR_WEEKS, SINCE + timedelta(days=1)) is None
    assert measure_planned_share([entry()], HOURS, 4, FOUR_WEEKS, SINCE) is not None
    assert measure_planned_share([entry()], HOURS, 0, FOUR_WEEKS, SINCE) is None


def test_toil_after_the_span__does_not_change_the_share() -> None:
    assert measure_planned_share([entry(days=28)], HOURS, 4, FOUR_WEEKS, SINCE) == 1


def test_days_before_the_ledger__do_not_change_the_share() -> None:
    longer = DateRange(date(2026, 8, 1), FOUR_WEEKS.end)
    assert measure_planned_share([entry()], HOURS, 4, longer, SINCE) == measure_planned_share(
        [entry()], HOURS, 4, FOUR_WEEKS, SINCE
    )


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(ToilType),
        st.sampled_from(["db-primary", "DB-Primary", "nat", "ci"]),
        st.integers(1, 5_000),
        hours=st.integers(-200, 1_000),
    )
)


@given(ENTRIES, st.integers(1, 50))
def test_any_entries__share_is_bounded_and_ignores_order(
    entries: list[ToilEntry], people: int
) -> None:
    summary = summarize(entries, HOURS, people, FOUR_WEEKS, SINCE)
    assert summary.planned_share is not None
    assert 0 <= summary.planned_share <= 1
    assert summarize(entries[::-1], HOURS, people, FOUR_WEEKS, SINCE) == summary


@given(ENTRIES)
def test_entry_added__never_raises_the_share(entries: list[ToilEntry]) -> None:
    before = measure_planned_share(entries, HOURS, 4, FOUR_WEEKS, SINCE)
    after = measure_planned_share([*entries, entry()], HOURS, 4, FOUR_WEEKS, SINCE)
    assert before is not None
    assert after is not None
    assert after <= before


@given(ENTRIES)
def test_any_entries__sources_include_all_of_them(entries: list[ToilEntry]) -> None:
    sources = totals_by_source(entries)
    assert sum(each.entries for each in sources) == len(entries)
    assert sum(each.minutes for each in sources) == sum(each.minutes for each in entries)
    assert [each.entries for each in sources] == sorted(
        (each.entries for each in sources), reverse=True
    )


def test_source_spelled_differently__counts_as_one() -> None:
    typed = [entry(source="DB-Primary"), entry(source="db-primary", days=1)]
    assert totals_by_source(typed) == (SourceTotals("db-primary", 2, 90),)


def test_equally_frequent_sources__longest_comes_first() -> None:
    sources = totals_by_source([entry(source="ci", minutes=30), entry(source="nat", minutes=45)])
    assert [each.name for each in sources] == ["nat", "ci"]


def test_trend_week__has_pages_nights_and_minutes() -> None:
    entries = [entry(hours=11), entry(hours=12), entry(ToilType.BUG, minutes=30)]
    [week] = weekly_trend(entries, HOURS, date(2026, 11, 8), weeks=1)
    assert week == WeekTotals(date(2026, 11, 2), pages=2, nights=1, minutes=120)


def test_trend__has_eight_weeks_ending_in_the_current_week() -> None:
    weeks = weekly_trend([entry(), entry(days=8), entry(days=-70)], HOURS, date(2026, 11, 12))
    assert [week.monday for week in weeks[-2:]] == [date(2026, 11, 2), date(2026, 11, 9)]
    assert [week.pages for week in weeks] == [0, 0, 0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("numbers", "bars"),
    [
        ([], ""),
        ([0, 0], "▁▁"),
        ([0, 7], "▁█"),
        ([1, 2, 4, 8], "▂▃▅█"),
        ([5, 5], "██"),
        ([0, 1], "▁█"),
    ],
)
def test_numbers__become_a_sparkline(numbers: list[int], bars: str) -> None:
    assert sparkline(numbers) == bars


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("db-primary", "pages from db-primary"),
        ("DB-primary", "Pages from  db-Primary, at night"),
        ("ci (slow)", "ci (slow)"),
        ("nat box", "the NAT  box"),
    ],
)
def test_text_contains_source__names_it(source: str, text: str) -> None:
    assert is_source_named(source, ["nothing", text])


@pytest.mark.parametrize("source", ["db", "primary", "pages from"])
def test_text_contains_only_part_of_it__is_another_source(source: str) -> None:
    assert not is_source_named(source, ["pages from-db-primary", ""])
