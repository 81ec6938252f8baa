"""CSV files of toil: PagerDuty's export of incidents, and Needle's own format."""

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from domain.calendar.working_hours import WorkingHours
from domain.calendar.years import YEAR_RANGE, is_accepted
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
    """Read a file with names in its first line; times without an offset are by the board's clock.

    All of it, or a InvalidToilFile that says what is wrong.
    """
    rows = csv.DictReader(
        StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", restval="", strict=True
    )
    imported = ImportedToil()
    errors: list[str] = []
    try:
        parse_row = _choose_row_parser(
            [name.strip().lower() for name in rows.fieldnames or ()], hours
        )
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        for row in rows:
            try:
                _add_entry(imported, parse_row(row), row, now)
            except _InvalidRow as error:
                errors.append(f"line {rows.reader.line_num}: {error}")
    except csv.Error as error:
        errors.append(f"line {rows.reader.line_num}: {error}")
    if errors:
        more = [f"and {len(errors) - MAX_ERRORS} more"] if len(errors) > MAX_ERRORS else []
        raise InvalidToilFile("\n".join([*errors[:MAX_ERRORS], *more]))
    return imported


def _choose_row_parser(
    columns: list[str], hours: WorkingHours
) -> Callable[[Row], tuple[str, ToilEntry] | None]:
    """Return the function that parses a row of a file with these columns."""
    if set(PAGERDUTY_COLUMNS) <= {*columns}:
        return lambda row: _parse_incident(row, hours)
    if set(NEEDLE_COLUMNS) <= {*columns}:
        row_counts: Counter[str] = Counter()
        return lambda row: _parse_needle_row(row, hours, row_counts)
    raise InvalidToilFile(
        f"line 1: expected the columns {','.join(NEEDLE_COLUMNS)}[,origin]"
        f" or PagerDuty's ({', '.join(PAGERDUTY_COLUMNS)}, …)"
    )


def _add_entry(
    imported: ImportedToil, parsed: tuple[str, ToilEntry] | None, row: Row, now: datetime
) -> None:
    if "" in row:
        raise _InvalidRow("more cells than columns")
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
    try:
        minutes = round(float(row["seconds_to_resolve"]) / 60)
    except (ValueError, OverflowError):
        message = f"seconds_to_resolve: {quote(row['seconds_to_resolve'])} is not a number"
        raise _InvalidRow(message) from None
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
    entry = _make_entry(
        toil_type=row["kind"].strip().lower(),
        source=" ".join(row["source"].split()),
        minutes=row["minutes"].strip(),
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
    try:
        return ToilEntry(**fields)  # type: ignore[arg-type]  # it is here that they are checked
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = COLUMN_NAMES.get(field, field)
        raise _InvalidRow(f"{name}: {quote(first['input'])} is not {LIMITS[name]}") from None


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
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
