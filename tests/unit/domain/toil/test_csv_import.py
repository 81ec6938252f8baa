"""Toil files: the two formats, and the error messages for invalid files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_hours import WorkingHours
from domain.toil.csv_import import ImportedToil, InvalidToilFile, parse_toil_csv
from domain.toil.ledger import ToilEntry, ToilType

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NEW_YORK = WorkingHours(time_zone="America/New_York")
NEEDLE_HEADER = "kind,source,minutes,at,note"
PAGERDUTY_MINIMUM = "id,description,service_name,created_on,seconds_to_resolve"
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


def errors(*lines: str) -> list[str]:
    with pytest.raises(InvalidToilFile) as refusal:
        read(*lines)
    return str(refusal.value).splitlines()


def test_incident__becomes_a_page_of_its_service() -> None:
    imported = read(PAGERDUTY, incident())
    at = datetime(2026, 11, 4, 8, 10, 7, tzinfo=UTC)
    assert imported.entries == {
        "pagerduty:PT4KHLK": ToilEntry(
            ToilType.PAGE, "db-primary", 45, at, note="Replica lag, 300 s"
        )
    }


def test_low_urgency_incident__becomes_an_interrupt() -> None:
    [entry] = read(PAGERDUTY, incident(urgency="low")).entries.values()
    assert entry.toil_type is ToilType.INTERRUPT


@pytest.mark.parametrize(("seconds", "minutes"), [("5", 1), ("86400", 480), ("150.0", 2)])
def test_incident_duration__is_limited_to_a_working_day(seconds: str, minutes: int) -> None:
    [entry] = read(PAGERDUTY, incident(seconds=seconds)).entries.values()
    assert entry.minutes == minutes


@pytest.mark.parametrize("columns", [PAGERDUTY_MINIMUM, f"urgency,{PAGERDUTY_MINIMUM}"])
def test_five_pagerduty_columns__are_enough(columns: str) -> None:
    # A time without an offset is in the board's time zone.
    row = f"P1,{'lag ' * 200},{'db ' * 50},2026-11-04T03:10,2700"
    [entry] = read(columns, row if columns == PAGERDUTY_MINIMUM else f"high,{row}").entries.values()
    assert (entry.toil_type, entry.started_at) == (
        ToilType.PAGE,
        datetime(2026, 11, 4, 8, 10, tzinfo=UTC),
    )
    assert (entry.note, entry.source) == (f"{'lag ' * 124}lag…", f"{'db ' * 32}db…")


def test_text_at_limit__is_not_cut() -> None:
    row = f"P1,{'x' * 500},{'y' * 100},2026-11-04T03:10,2700"
    [entry] = read(PAGERDUTY_MINIMUM, row).entries.values()
    assert (entry.note, entry.source) == ("x" * 500, "y" * 100)


def test_unresolved_incidents__are_only_counted() -> None:
    open_ones = [incident(identity, seconds="") for identity in ("P1", "P2")]
    assert read(PAGERDUTY, *open_ones) == ImportedToil({}, unresolved=2)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\n"])
def test_any_line_ending__is_accepted(ends: str) -> None:
    assert len(read(PAGERDUTY, incident("P1"), incident("P2"), ends=ends).entries) == 2


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_breaks_in_a_note__are_kept(ends: str) -> None:
    row = f'page,db-primary,45,2026-11-20T03:10,"first{ends}second"'
    [entry] = read(NEEDLE_HEADER, row).entries.values()
    assert entry.note == f"first{ends}second"


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud83d"], ids=ascii)
def test_control_characters__are_left_out(control: str) -> None:
    row = f"page,d{control}b,45,2026-11-20T03:10,replica{control} lag,alert{control}-1"
    [(origin, entry)] = read(f"{NEEDLE_HEADER},origin", row).entries.items()
    assert (origin, entry.source, entry.note) == ("file:alert-1", "db", "replica lag")


def test_needle_format__rows_are_parsed() -> None:
    imported = read(
        f"\ufeff{NEEDLE_HEADER},origin",
        "page,db-primary,45,2026-11-20T03:10,replica lag,alert-1",
        "BUG, the  NAT box ,90,2026-11-20T03:10Z,,alert-2",
    )
    assert imported.entries == {
        "file:alert-1": ToilEntry(
            ToilType.PAGE,
            "db-primary",
            45,
            datetime(2026, 11, 20, 8, 10, tzinfo=UTC),  # in the board's time zone
            note="replica lag",
        ),
        "file:alert-2": ToilEntry(
            ToilType.BUG, "the NAT box", 90, datetime(2026, 11, 20, 3, 10, tzinfo=UTC)
        ),
    }


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators__are_read(separator: str) -> None:
    plain = (PAGERDUTY_MINIMUM, "P1,lag,db-primary,2026-11-04T03:10,2700")
    swapped = [line.replace(",", separator) for line in plain]
    assert read(*swapped) == read(*plain)
    assert read(f"sep={separator}", *swapped, ends="\r\n") == read(*plain)


def test_empty_cells_of_spreadsheets__are_ignored() -> None:
    row = "page,db,45,2026-11-20T03:10,"
    assert read(f"{NEEDLE_HEADER},,", f"{row},,", ",,,,,,", "", f"{row},,,,") == read(
        NEEDLE_HEADER, row, row
    )


def test_rows_after_excels_separator_line__keep_their_numbers() -> None:
    assert errors("sep=;", "kind;source;minutes;at;note", "page;db;x;2026-11-20T03:10;") == [
        'line 3: minutes: "x" is not a whole number from 1 to 10080'
    ]


def test_rows_without_origin__are_identified_by_content() -> None:
    row, other = "page,db,45,2026-11-20T03:10,", "page,db,46,2026-11-20T03:10,"
    first = read(NEEDLE_HEADER, row, row, other).entries
    assert len(first) == 3
    assert read(NEEDLE_HEADER, other, row, row).entries == first


def test_row_without_origin__has_a_stable_id() -> None:
    # Importing a file again must not duplicate its entries.
    row = "page,db,45,2026-11-20T03:10,lag"
    digest = "cd7e43197ce2c18ad0531ea28a202670"
    assert [*read(NEEDLE_HEADER, row, row).entries] == [f"row:{digest}-1", f"row:{digest}-2"]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("pager,db,45,2026-11-20T03:10,", 'kind: "pager" is not page, bug or interrupt'),
        ("page,,45,2026-11-20T03:10,", 'source: "" is not 1 to 100 characters'),
        ("page,db,0,2026-11-20T03:10,", "is not a whole number from 1 to 10080"),
        ("page,db,4.5,2026-11-20T03:10,", 'minutes: "4.5" is not a whole number'),
        ("page,db,1_0,2026-11-20T03:10,", 'minutes: "1_0" is not a whole number'),
        ("page,db,45,yesterday,", 'at: "yesterday" is not a time: write it like 2026-11-20T03:10'),
        ("page,db,45,0001-01-01T00:00+14:00,", "is not a time"),
        ("page,db,45,1899-12-30T23:59,", 'at: "1899-12-30T23:59" is not in the years 1900 to 2200'),
        ("page,db,45,9999-12-31T00:00Z,", "is not in the years 1900 to 2200"),
        ("page,db,45,2026-11-20T07:01,", "line 3: at: the time is in the future"),
        (f"page,db,45,2026-11-20T03:10,{'x' * 501}", "is not at most 500 characters"),
        ("page,db,45,2026-11-20T03:10,a,b", "line 3: more cells than columns"),
        ("page", 'at: "" is not a time'),
    ],
)
def test_invalid_row__error_names_line_and_column(row: str, error: str) -> None:
    [message] = errors(NEEDLE_HEADER, "page,db,45,2026-11-20T03:10,", row)
    assert message.startswith("line 3: ")
    assert error in message


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (incident(seconds="soon"), 'seconds_to_resolve: "soon" is not a number'),
        (incident(seconds="1_0"), 'seconds_to_resolve: "1_0" is not a number'),
        (incident(seconds="inf"), "is not a number of seconds, 0 or more"),
        (incident(seconds="nan"), "is not a number of seconds, 0 or more"),
        (incident(seconds="-5"), 'seconds_to_resolve: "-5" is not a number of seconds, 0 or more'),
        (incident(created="0001-01-01T00:00:00Z"), "is not in the years 1900 to 2200"),
        (incident(created=""), 'created_on: "" is not a time'),
        (incident(""), "line 2: id: missing"),
    ],
)
def test_invalid_incident__error_names_line_and_column(row: str, error: str) -> None:
    [message] = errors(PAGERDUTY, row)
    assert message.startswith("line 2: ")
    assert error in message


def test_entry_starts_now__is_accepted() -> None:
    assert len(read(NEEDLE_HEADER, "page,db,45,2026-11-20T07:00,").entries) == 1


def test_ten_errors__are_all_listed() -> None:
    assert len(errors(NEEDLE_HEADER, *["page,db,,2026-11-20T03:10,"] * 10)) == 10


def test_more_than_ten_errors__rest_are_counted() -> None:
    messages = errors(NEEDLE_HEADER, *["page,db,,2026-11-20T03:10,"] * 12)
    assert [line.partition(":")[0] for line in messages[:10]] == [f"line {n}" for n in range(2, 12)]
    assert messages[10:] == ["and 2 more"]


def test_repeated_origin__is_an_error() -> None:
    assert errors(PAGERDUTY, incident(), incident()) == ['line 3: "PT4KHLK" is repeated']
    row = "page,db,45,2026-11-20T03:10,,alert:1"
    messages = errors(f"{NEEDLE_HEADER},origin", row, row)
    assert messages == ['line 3: "alert:1" is repeated']


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{}"])
def test_unknown_columns__error_names_both_formats(text: str) -> None:
    [message] = errors(text)
    assert message == (
        "line 1: expected the columns kind,source,minutes,at,note[,origin]"
        " or PagerDuty's (id, description, service_name, created_on, seconds_to_resolve, …)"
    )


@pytest.mark.parametrize(
    ("header", "error"),
    [
        (PAGERDUTY.replace("created_on,", ""), "column created_on is missing"),
        ("id;description;urgency", "columns service_name, created_on and seconds_to_resolve are"),
        ("kind,source,note", "columns minutes and at are missing"),
        (f"{NEEDLE_HEADER},note", "column note is repeated"),
        (f"{NEEDLE_HEADER},Origin,origin", "column origin is repeated"),
    ],
)
def test_wrong_columns__error_names_them(header: str, error: str) -> None:
    [message] = errors(header, "1,2,3")
    assert message.startswith(f"line 1: {error}")
    [message] = errors("sep=;", header.replace(",", ";"))
    assert message.startswith(f"line 2: {error}")


def test_unclosed_quote__is_an_error() -> None:
    assert errors(NEEDLE_HEADER, 'page,"db,45,2026-11-20T03:10,') == [
        "line 2: unexpected end of data"
    ]


@given(st.text())
def test_any_text__is_parsed_or_raises_invalid_toil_file(text: str) -> None:
    for whole in (text, f"{NEEDLE_HEADER}\n{text}", f"{PAGERDUTY}\n{text}"):
        try:
            parse_toil_csv(whole, NEW_YORK, NOW)
        except InvalidToilFile:
            continue
