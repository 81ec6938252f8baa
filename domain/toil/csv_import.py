"""CSV files of toil: PagerDuty's export of incidents, and Needle's own format."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from itertools import zip_longest
from math import inf, nan
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from domain.calendar.working_hours import WorkingHours
from domain.calendar.years import YEAR_RANGE, is_accepted
from domain.formatting import collapse_whitespace, join_with_and, shorten, visible_or_empty
from domain.toil.ledger import (
    MAX_MINUTES,
    MAX_NOTE_LENGTH,
    MAX_SOURCE_LENGTH,
    ToilEntry,
    ToilType,
    normalize_source,
)
from domain.validation_messages import quote

NEEDLE_COLUMNS = ("kind", "source", "minutes", "at", "note")  # `origin` is optional
# Columns of PagerDuty's reports/raw/incidents.csv that are used. Its times look like
# 2017-12-04T00:04:07-08:00. An unresolved incident has no seconds_to_resolve.
PAGERDUTY_COLUMNS = ("id", "description", "service_name", "created_on", "seconds_to_resolve")
# An incident that's resolved in the morning didn't take the whole night.
MAX_INCIDENT_MINUTES = 8 * 60
MAX_ERRORS = 10
OPTIONAL_COLUMNS = ("origin", "urgency")
# Spreadsheets use `;` where the comma is the decimal separator.
SEPARATORS = (",", ";", "\t")
# Excel's own first line: `sep=;`.
SEPARATOR_LINE = re.compile(r'"?sep=(?P<separator>[,;\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
# Control characters that aren't spaces, and lone halves of surrogate pairs.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
COLUMN_NAMES = {"toil_type": "kind"}  # Where a column's name isn't its field's.
LIMITS = {
    "kind": "page, bug or interrupt",
    "source": f"1 to {MAX_SOURCE_LENGTH} characters",
    "minutes": f"a whole number from 1 to {MAX_MINUTES}",
    "note": f"at most {MAX_NOTE_LENGTH} characters",
}

Row = Mapping[str, str]


class InvalidToilFile(ValueError):
    """An invalid CSV file. The text has one line for each error, with its place."""


class _InvalidRow(ValueError):
    """An error in one row."""


@dataclass
class ImportedToil:
    """Entries by origin, and the number of incidents that aren't resolved yet."""

    entries: dict[str, ToilEntry] = field(default_factory=dict)
    unresolved: int = 0


def parse_toil_csv(text: str, hours: WorkingHours, now: datetime) -> ImportedToil:
    """Read a file with column names in its first line.

    Times without an offset are by the board's clock. Control characters are left out. Raise
    InvalidToilFile if a row is invalid.
    """
    text = UNPRINTABLE.sub("", text.removeprefix("\ufeff"))
    separator = SEPARATOR_LINE.match(text)
    header_line = 2 if separator else 1
    text = text[separator.end() :] if separator else text
    rows = csv.reader(
        StringIO(text, newline=""),
        delimiter=separator["separator"] if separator else _guess_separator(text),
        strict=True,
    )
    imported = ImportedToil()
    errors: list[str] = []
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        parse_row = _choose_row_parser(columns, hours, header_line)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue  # Spreadsheets save empty rows as separators.
            try:
                _add_entry(imported, parse_row(_named_cells(columns, cells)), now)
            except _InvalidRow as error:
                errors.append(f"line {rows.line_num + header_line - 1}: {error}")
    except csv.Error as error:
        errors.append(f"line {rows.line_num + header_line - 1}: {error}")
    if errors:
        more = [f"and {len(errors) - MAX_ERRORS} more"] if len(errors) > MAX_ERRORS else []
        raise InvalidToilFile("\n".join([*errors[:MAX_ERRORS], *more]))
    return imported


def _guess_separator(text: str) -> str:
    """Return the character that separates the names in the first line."""
    header = next(iter(text.splitlines()), "")
    return max(SEPARATORS, key=header.count)


def _choose_row_parser(
    columns: list[str], hours: WorkingHours, header_line: int
) -> Callable[[Row], tuple[str, ToilEntry] | None]:
    """Return the function that parses a row of a file with these columns.

    Raise InvalidToilFile if a column is missing or repeated.
    """
    expected = max(NEEDLE_COLUMNS, PAGERDUTY_COLUMNS, key=lambda names: len({*names} & {*columns}))
    missing = [name for name in expected if name not in columns]
    if len(missing) == len(expected):
        raise InvalidToilFile(
            f"line {header_line}: expected the columns {','.join(NEEDLE_COLUMNS)}[,origin]"
            f" or PagerDuty's ({', '.join(PAGERDUTY_COLUMNS)}, …)"
        )
    if missing:
        is_missing = "column {} is missing" if len(missing) == 1 else "columns {} are missing"
        names = is_missing.format(join_with_and(missing))
        raise InvalidToilFile(f"line {header_line}: {names}")
    for name in (*expected, *OPTIONAL_COLUMNS):
        if columns.count(name) > 1:
            raise InvalidToilFile(f"line {header_line}: column {name} is repeated")
    if expected is PAGERDUTY_COLUMNS:
        return lambda row: _parse_incident(row, hours)
    row_counts: Counter[str] = Counter()
    return lambda row: _parse_needle_row(row, hours, row_counts)


def _named_cells(columns: list[str], cells: list[str]) -> Row:
    """Return a row's cells by column. Cells that are missing at the row's end are empty."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise _InvalidRow("more cells than columns")
    return dict(zip_longest(columns, cells[: len(columns)], fillvalue=""))


def _add_entry(imported: ImportedToil, parsed: tuple[str, ToilEntry] | None, now: datetime) -> None:
    if parsed is None:
        imported.unresolved += 1
        return
    origin, entry = parsed
    if origin in imported.entries:
        raise _InvalidRow(f"{quote(origin.partition(':')[2])} is repeated")
    if entry.started_at > now:
        raise _InvalidRow("at: the time is in the future")
    imported.entries[origin] = entry


def _parse_incident(row: Row, hours: WorkingHours) -> tuple[str, ToilEntry] | None:
    """Parse an incident as a page, or return None if it isn't resolved yet.

    An incident of low urgency wakes nobody, so it is an interrupt.
    """
    if not row["seconds_to_resolve"].strip():
        return None
    minutes = _parse_seconds("seconds_to_resolve", row["seconds_to_resolve"])
    if not row["id"].strip():
        raise _InvalidRow("id: missing")
    low = row.get("urgency", "").strip().lower() == "low"
    entry = _make_entry(
        toil_type=ToilType.INTERRUPT if low else ToilType.PAGE,
        source=_shorten(row["service_name"], MAX_SOURCE_LENGTH),
        minutes=max(1, min(minutes, MAX_INCIDENT_MINUTES)),
        started_at=_parse_time("created_on", row["created_on"], hours),
        note=_shorten(row["description"], MAX_NOTE_LENGTH),
    )
    return f"pagerduty:{row['id'].strip()}", entry


def _parse_needle_row(
    row: Row, hours: WorkingHours, row_counts: Counter[str]
) -> tuple[str, ToilEntry]:
    """Parse a row in Needle's own format.

    If the row has no origin, its content and the number of equal rows before it identify it.
    """
    minutes = row["minutes"].strip()
    if "_" in minutes:  # pydantic accepts Python's digit separator.
        raise _InvalidRow(f"minutes: {quote(minutes)} is not {LIMITS['minutes']}")
    entry = _make_entry(
        toil_type=row["kind"].strip().lower(),
        source=" ".join(row["source"].split()),
        minutes=minutes,
        started_at=_parse_time("at", row["at"], hours),
        note=row["note"],
    )
    if origin := row.get("origin", "").strip():
        return f"file:{origin}", entry
    source = normalize_source(entry.source)
    content = f"{entry.toil_type}\n{source}\n{entry.minutes}\n{entry.started_at}\n{entry.note}"
    row_counts[content] += 1
    return f"row:{sha256(content.encode()).hexdigest()[:32]}-{row_counts[content]}", entry


def _make_entry(**fields: object) -> ToilEntry:
    fields["source"] = visible_or_empty(str(fields["source"]))  # an empty source isn't valid
    try:
        return ToilEntry(**fields)  # type: ignore[arg-type]  # it is here that they are checked
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = COLUMN_NAMES.get(field, field)
        raise _InvalidRow(f"{name}: {quote(first['input'])} is not {LIMITS[name]}") from None


def _parse_seconds(name: str, text: str) -> int:
    """Return a duration in minutes."""
    try:
        seconds = nan if "_" in text else float(text)
    except ValueError:
        seconds = nan
    if not 0 <= seconds < inf:
        raise _InvalidRow(f"{name}: {quote(text)} is not a number of seconds, 0 or more")
    return round(seconds / 60)


def _parse_time(name: str, text: str, hours: WorkingHours) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(hours.time_zone))
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"{name}: {quote(text)} is not a time: write it like 2026-11-20T03:10"
        raise _InvalidRow(message) from None
    if not is_accepted(moment.year):
        raise _InvalidRow(f"{name}: {quote(text)} is not in the years {YEAR_RANGE}")
    return moment


def _shorten(text: str, limit: int) -> str:
    return shorten(collapse_whitespace(text), limit)
