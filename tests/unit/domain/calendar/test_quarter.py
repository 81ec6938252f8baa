from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.quarter import Quarter, YearOutOfRange

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
months = st.integers(1, 12)


@pytest.mark.parametrize(
    ("day", "fiscal_start", "text", "label", "start", "end"),
    [
        ("2026-01-01", 1, "2026-Q1", "Q1 2026", "2026-01-01", "2026-03-31"),
        ("2026-12-31", 1, "2026-Q4", "Q4 2026", "2026-10-01", "2026-12-31"),
        ("2024-02-29", 1, "2024-Q1", "Q1 2024", "2024-01-01", "2024-03-31"),
        ("2026-01-31", 2, "2026-Q4", "FY2026 Q4", "2025-11-01", "2026-01-31"),
        ("2026-02-01", 2, "2027-Q1", "FY2027 Q1", "2026-02-01", "2026-04-30"),
        ("2026-03-31", 4, "2026-Q4", "FY2026 Q4", "2026-01-01", "2026-03-31"),
        ("2026-04-01", 4, "2027-Q1", "FY2027 Q1", "2026-04-01", "2026-06-30"),
        ("2026-07-01", 7, "2027-Q1", "FY2027 Q1", "2026-07-01", "2026-09-30"),
        ("2026-12-31", 10, "2027-Q1", "FY2027 Q1", "2026-10-01", "2026-12-31"),
        ("2026-12-01", 12, "2027-Q1", "FY2027 Q1", "2026-12-01", "2027-02-28"),
        ("2026-11-30", 12, "2026-Q4", "FY2026 Q4", "2026-09-01", "2026-11-30"),
    ],
)
def test_day__belongs_to_the_right_quarter(
    day: str, fiscal_start: int, text: str, label: str, start: str, end: str
) -> None:
    quarter = Quarter.containing(date.fromisoformat(day), fiscal_start)
    assert (str(quarter), quarter.label) == (text, label)
    assert (quarter.start.isoformat(), quarter.end.isoformat()) == (start, end)
    assert Quarter.parse(text, fiscal_start) == quarter
    assert Quarter.parse(label, fiscal_start) == quarter


@given(days, months)
def test_consecutive_quarters__have_no_gap(day: date, fiscal_start: int) -> None:
    quarter = Quarter.containing(day, fiscal_start)
    assert quarter.start <= day <= quarter.end
    assert quarter.next().start == quarter.end + timedelta(days=1)
    assert quarter.previous().next() == quarter
    assert quarter.previous() < quarter < quarter.next()
    assert 12.6 <= quarter.weeks_left(quarter.start) <= 13.4
    assert quarter.weeks_left(day - timedelta(days=400)) == quarter.weeks_left(quarter.start)
    assert quarter.weeks_left(quarter.end + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        ("2026-01-01", 13.2),  # before it begins
        ("2026-10-01", 13.2),
        ("2026-10-02", 13.0),
        ("2026-11-29", 4.8),  # a Sunday
        ("2026-11-30", 4.8),
        ("2026-12-31", 0.2),  # a Thursday, and the last day
        ("2027-01-01", 0),
    ],
)
def test_weeks_left__are_weekdays_through_the_last_day(today: str, weeks: float) -> None:
    assert Quarter(2026, 4).weeks_left(date.fromisoformat(today)) == weeks


@given(days, months)
def test_fiscal_year__is_named_after_the_year_in_which_it_ends(
    day: date, fiscal_start: int
) -> None:
    quarter = Quarter.containing(day, fiscal_start)
    assert Quarter(quarter.year, 4, fiscal_start).end.year == quarter.year


@pytest.mark.parametrize(
    ("quarter", "first"),
    [
        ("2026-Q4", "2026-10-01"),  # a Thursday
        ("2028-Q1", "2028-01-03"),  # starts on a Saturday
        ("2028-Q4", "2028-10-02"),  # starts on a Sunday
    ],
)
def test_quarter_starts_on_weekend__first_working_day_is_monday(quarter: str, first: str) -> None:
    assert Quarter.parse(quarter).first_working_day.isoformat() == first


def test_lowercase_and_spaces__quarter_is_parsed() -> None:
    assert Quarter.parse(" 2026-q4 ") == Quarter(2026, 4)


@pytest.mark.parametrize(
    "text", ["2026-Q7", "2026-Q0", "Q4", "2026", "26-Q4", "2026-Q4-1", "", "next", "٢٠٢٦-Q4"]
)
def test_invalid_quarter__raises_with_an_example(text: str) -> None:
    expected = r'^".*" is not a quarter: write it like 2026-Q4 or Q4 2026$'
    with pytest.raises(ValueError, match=expected):
        Quarter.parse(text)


def test_invalid_quarter__error_quotes_the_text() -> None:
    with pytest.raises(ValueError, match="is not a quarter") as refusal:
        Quarter.parse("2026-Q7")
    assert str(refusal.value) == '"2026-Q7" is not a quarter: write it like 2026-Q4 or Q4 2026'


@pytest.mark.parametrize("arguments", [(2026, 0), (2026, 5), (2026, 1, 0), (2026, 1, 13), (0, 1)])
def test_quarter_out_of_range__is_rejected(arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="is not"):
        Quarter(*arguments)


@pytest.mark.parametrize("year", ["0000", "0002", "1899", "2201", "9998", "9999"])
def test_year_out_of_range__says_which_years_work(year: str) -> None:
    with pytest.raises(YearOutOfRange, match=r"^use a year from 1900 to 2200$"):
        Quarter.parse(f"{year}-Q1")


@given(st.sampled_from([1900, 2200]), st.integers(1, 4), months)
def test_first_and_last_year__have_neighbors(year: int, number: int, fiscal_start: int) -> None:
    quarter = Quarter.parse(f"{year}-Q{number}", fiscal_start)
    assert quarter.previous().previous().next().next() == quarter
    assert Quarter.from_key(quarter.key, fiscal_start) == quarter


@pytest.mark.parametrize("year", [1, 9999])
def test_first_or_last_year_of_calendar__is_rejected(year: int) -> None:
    with pytest.raises(ValueError, match="year"):
        Quarter(year, 2)


def test_no_fiscal_start__uses_calendar_quarters() -> None:
    assert Quarter.containing(date(2026, 1, 1)) == Quarter(2026, 1)


def test_long_invalid_quarter__error_quotes_twenty_characters() -> None:
    with pytest.raises(ValueError, match=f'^"{"x" * 20}" is'):
        Quarter.parse("x" * 20)
    with pytest.raises(ValueError, match=f'^"{"x" * 20}"… is'):
        Quarter.parse("x" * 21)
