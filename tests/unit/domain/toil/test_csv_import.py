"""CSV files of toil: the entries of valid files, and the errors of invalid ones."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_hours import WorkingHours
from domain.toil.csv_import import ImportedToil, InvalidToilFile, parse_toil_csv
from domain.toil.ledger import ToilEntry, ToilType

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NEW_YORK = WorkingHours(time_zone="America/New_York")
OURS = "kind,source,minutes,at,note"
PAGERDUTY_AT_LEAST = "id,description,service_name,created_on,seconds_to_resolve"
PAGERDUTY = (
    "id,incident_number,description,service_id,service_name,escalation_policy_id,"
    "escalation_policy_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,"
    "auto_resolved,acknowledge_count,assignment_count,urgency"
)


def incident(
    identity: str = "PT4KHLK",
    *,
    created: str = "2026-11-04T03:10:07-05:00",
    seconds: str = "2700",
    urgency: str = "high",
) -> str:
    return (
        f'{identity},1234,"Replica lag, 300 s",PS1,db-primary,PE1,Ops,{created},,60,{seconds},'
        f"false,1,1,{urgency}"
    )


def read(*lines: str, ends: str = "\n") -> ImportedToil:
    return parse_toil_csv(ends.join(lines), NEW_YORK, NOW)


def complaints(*lines: str) -> list[str]:
    with pytest.raises(InvalidToilFile) as refusal:
        read(*lines)
    return str(refusal.value).splitlines()


def test_an_incident_is_a_page_of_its_service() -> None:
    found = read(PAGERDUTY, incident())
    at = datetime(2026, 11, 4, 8, 10, 7, tzinfo=UTC)
    assert found.entries == {
        "pagerduty:PT4KHLK": ToilEntry(
            ToilType.PAGE, "db-primary", 45, at, note="Replica lag, 300 s"
        )
    }


def test_low_urgency_wakes_nobody() -> None:
    [entry] = read(PAGERDUTY, incident(urgency="low")).entries.values()
    assert entry.toil_type is ToilType.INTERRUPT


@pytest.mark.parametrize(("seconds", "minutes"), [("5", 1), ("86400", 480), ("150.0", 2)])
def test_an_incident_takes_from_a_minute_to_a_working_day(seconds: str, minutes: int) -> None:
    [entry] = read(PAGERDUTY, incident(seconds=seconds)).entries.values()
    assert entry.minutes == minutes


@pytest.mark.parametrize("columns", [PAGERDUTY_AT_LEAST, f"urgency,{PAGERDUTY_AT_LEAST}"])
def test_of_pagerduty_s_columns_five_are_enough(columns: str) -> None:
    """A time without an offset is in the board's time zone."""
    row = f"P1,{'lag ' * 200},{'db ' * 50},2026-11-04T03:10,2700"
    [entry] = read(
        columns, row if columns == PAGERDUTY_AT_LEAST else f"high,{row}"
    ).entries.values()
    assert (entry.toil_type, entry.started_at) == (
        ToilType.PAGE,
        datetime(2026, 11, 4, 8, 10, tzinfo=UTC),
    )
    assert (entry.note, entry.source) == (f"{'lag ' * 124}lag…", f"{'db ' * 33}…")


def test_what_just_fits_is_not_cut() -> None:
    row = f"P1,{'x' * 500},{'y' * 100},2026-11-04T03:10,2700"
    [entry] = read(PAGERDUTY_AT_LEAST, row).entries.values()
    assert (entry.note, entry.source) == ("x" * 500, "y" * 100)


def test_what_is_not_resolved_yet_is_left_out_and_counted() -> None:
    open_ones = [incident(identity, seconds="") for identity in ("P1", "P2")]
    assert read(PAGERDUTY, *open_ones) == ImportedToil({}, unresolved=2)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\n"])
def test_lines_end_as_they_like(ends: str) -> None:
    assert len(read(PAGERDUTY, incident("P1"), incident("P2"), ends=ends).entries) == 2


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_within_a_note_end_as_they_did(ends: str) -> None:
    row = f'page,db-primary,45,2026-11-20T03:10,"first{ends}second"'
    [entry] = read(OURS, row).entries.values()
    assert entry.note == f"first{ends}second"


def test_our_own_rows() -> None:
    found = read(
        f"\ufeff{OURS},origin",
        "page,db-primary,45,2026-11-20T03:10,replica lag,alert-1",
        "BUG, the  NAT box ,90,2026-11-20T03:10Z,,alert-2",
    )
    assert found.entries == {
        "file:alert-1": ToilEntry(
            ToilType.PAGE,
            "db-primary",
            45,
            datetime(2026, 11, 20, 8, 10, tzinfo=UTC),  # by the board's clock
            note="replica lag",
        ),
        "file:alert-2": ToilEntry(
            ToilType.BUG, "the NAT box", 90, datetime(2026, 11, 20, 3, 10, tzinfo=UTC)
        ),
    }


def test_rows_without_an_origin_are_known_again_by_what_they_say() -> None:
    row, other = "page,db,45,2026-11-20T03:10,", "page,db,46,2026-11-20T03:10,"
    first = read(OURS, row, row, other).entries
    assert len(first) == 3
    assert read(OURS, other, row, row).entries == first


def test_a_row_is_the_same_one_after_years() -> None:
    """Importing a file a second time adds nothing."""
    row = "page,db,45,2026-11-20T03:10,lag"
    digest = "cd7e43197ce2c18ad0531ea28a202670"
    assert [*read(OURS, row, row).entries] == [f"row:{digest}-1", f"row:{digest}-2"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("pager,db,45,2026-11-20T03:10,", 'kind: "pager" is not page, bug or interrupt'),
        ("page,,45,2026-11-20T03:10,", 'source: "" is not 1 to 100 characters'),
        ("page,db,0,2026-11-20T03:10,", "is not a whole number from 1 to 10080"),
        ("page,db,4.5,2026-11-20T03:10,", 'minutes: "4.5" is not a whole number'),
        ("page,db,45,yesterday,", 'at: "yesterday" is not a time: write it like 2026-11-20T03:10'),
        ("page,db,45,0001-01-01T00:00+14:00,", "is not a time"),
        ("page,db,45,2026-11-20T07:01,", "line 3: at: that is still to come"),
        (f"page,db,45,2026-11-20T03:10,{'x' * 501}", "is not at most 500 characters"),
        ("page,db,45,2026-11-20T03:10,a,b", "line 3: more cells than there are columns"),
        ("page", 'at: "" is not a time'),
    ],
)
def test_a_bad_row_is_named_by_its_line(row: str, said: str) -> None:
    [complaint] = complaints(OURS, "page,db,45,2026-11-20T03:10,", row)
    assert complaint.startswith("line 3: ")
    assert said in complaint


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (incident(seconds="soon"), 'seconds_to_resolve: "soon" is not a number'),
        (incident(seconds="inf"), "is not a number"),
        (incident(created=""), 'created_on: "" is not a time'),
        (incident(""), "line 2: id: missing"),
    ],
)
def test_a_bad_incident_too(row: str, said: str) -> None:
    [complaint] = complaints(PAGERDUTY, row)
    assert complaint.startswith("line 2: ")
    assert said in complaint


def test_what_started_this_minute_is_not_still_to_come() -> None:
    assert len(read(OURS, "page,db,45,2026-11-20T07:00,").entries) == 1


def test_ten_things_that_are_wrong_are_all() -> None:
    assert len(complaints(OURS, *["page,db,,2026-11-20T03:10,"] * 10)) == 10


def test_all_that_is_wrong_is_said_but_not_without_end() -> None:
    told = complaints(OURS, *["page,db,,2026-11-20T03:10,"] * 12)
    assert [line.partition(":")[0] for line in told[:10]] == [f"line {n}" for n in range(2, 12)]
    assert told[10:] == ["and 2 more"]


def test_what_is_there_twice_is_a_mistake() -> None:
    assert complaints(PAGERDUTY, incident(), incident()) == ['line 3: "PT4KHLK" is there twice']
    ours = "page,db,45,2026-11-20T03:10,,alert:1"
    told = complaints(f"{OURS},origin", ours, ours)
    assert told == ['line 3: "alert:1" is there twice']


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{}"])
def test_a_file_of_something_else_is_told_what_columns_there_can_be(text: str) -> None:
    [complaint] = complaints(text)
    assert complaint == (
        "line 1: neither the columns kind,source,minutes,at,note[,origin]"
        " nor PagerDuty's (id, description, service_name, created_on, seconds_to_resolve, …)"
    )


def test_a_quote_that_never_ends_is_told() -> None:
    assert complaints(OURS, 'page,"db,45,2026-11-20T03:10,') == ["line 2: unexpected end of data"]


@given(st.text())
def test_nothing_else_can_happen(text: str) -> None:
    for whole in (text, f"{OURS}\n{text}", f"{PAGERDUTY}\n{text}"):
        try:
            parse_toil_csv(whole, NEW_YORK, NOW)
        except InvalidToilFile:
            continue
