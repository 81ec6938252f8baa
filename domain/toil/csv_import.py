"""Files of toil: PagerDuty's export of incidents, and a table of our own."""

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
from domain.toil.ledger import LONGEST_NOTE, LONGEST_SOURCE, MOST_MINUTES, Entry, Kind, same
from domain.validation_messages import quoted

OURS = ("kind", "source", "minutes", "at", "note")  # and `origin`, if there is one
# Of the columns of PagerDuty's reports/raw/incidents.csv. Its times look like
# 2017-12-04T00:04:07-08:00; what is not resolved yet has no seconds_to_resolve.
PAGERDUTY = ("id", "description", "service_name", "created_on", "seconds_to_resolve")
# An incident that waits for the morning takes nobody's whole night.
MOST_OF_AN_INCIDENT = 8 * 60
COMPLAINTS = 10
LIMITS = {
    "kind": "page, bug or interrupt",
    "source": f"1 to {LONGEST_SOURCE} characters",
    "minutes": f"a whole number from 1 to {MOST_MINUTES}",
    "note": f"at most {LONGEST_NOTE} characters",
}

Row = Mapping[str, str]


class BadToil(ValueError):
    """A file that can't be read: its text has a line for each thing wrong, with its place."""


class _BadRow(ValueError):
    """What is wrong with one row."""


@dataclass
class Imported:
    """Entries by origin, and how many incidents are not resolved yet."""

    entries: dict[str, Entry] = field(default_factory=dict)
    unresolved: int = 0


def parse_toil(text: str, hours: WorkingHours, now: datetime) -> Imported:
    """Read a file with names in its first line; times without an offset are by the board's clock.

    All of it, or a BadToil that says what is wrong.
    """
    rows = csv.DictReader(
        StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", restval="", strict=True
    )
    found, wrong = Imported(), []
    try:
        read = _reader([name.strip().lower() for name in rows.fieldnames or ()], hours)
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        for row in rows:
            try:
                _take(found, read(row), row, now)
            except _BadRow as error:
                wrong.append(f"line {rows.reader.line_num}: {error}")
    except csv.Error as error:
        wrong.append(f"line {rows.reader.line_num}: {error}")
    if wrong:
        more = [f"and {len(wrong) - COMPLAINTS} more"] if len(wrong) > COMPLAINTS else []
        raise BadToil("\n".join([*wrong[:COMPLAINTS], *more]))
    return found


def _reader(columns: list[str], hours: WorkingHours) -> Callable[[Row], tuple[str, Entry] | None]:
    """What makes an entry of a row of that file."""
    if set(PAGERDUTY) <= {*columns}:
        return lambda row: _incident(row, hours)
    if set(OURS) <= {*columns}:
        seen: Counter[str] = Counter()
        return lambda row: _line_of_ours(row, hours, seen)
    raise BadToil(
        f"line 1: neither the columns {','.join(OURS)}[,origin]"
        f" nor PagerDuty's ({', '.join(PAGERDUTY)}, …)"
    )


def _take(found: Imported, read: tuple[str, Entry] | None, row: Row, now: datetime) -> None:
    if "" in row:
        raise _BadRow("more cells than there are columns")
    if read is None:
        found.unresolved += 1
        return
    origin, entry = read
    if origin in found.entries:
        raise _BadRow(f"{quoted(origin.partition(':')[2])} is there twice")
    if entry.at > now:
        raise _BadRow("at: that is still to come")
    found.entries[origin] = entry


def _incident(row: Row, hours: WorkingHours) -> tuple[str, Entry] | None:
    """A page; of low urgency, which wakes nobody, an interrupt. None before it is resolved."""
    if not row["seconds_to_resolve"].strip():
        return None
    try:
        minutes = round(float(row["seconds_to_resolve"]) / 60)
    except (ValueError, OverflowError):
        complaint = f"seconds_to_resolve: {quoted(row['seconds_to_resolve'])} is not a number"
        raise _BadRow(complaint) from None
    if not row["id"].strip():
        raise _BadRow("id: missing")
    low = row.get("urgency", "").strip().lower() == "low"
    entry = _entry(
        kind=Kind.INTERRUPT if low else Kind.PAGE,
        source=_short(row["service_name"], LONGEST_SOURCE),
        minutes=max(1, min(minutes, MOST_OF_AN_INCIDENT)),
        at=_moment("created_on", row["created_on"], hours),
        note=_short(row["description"], LONGEST_NOTE),
    )
    return f"pagerduty:{row['id'].strip()}", entry


def _line_of_ours(row: Row, hours: WorkingHours, seen: Counter[str]) -> tuple[str, Entry]:
    """Without an origin, a row is known again by all that it says, and by how often it says it."""
    entry = _entry(
        kind=row["kind"].strip().lower(),
        source=" ".join(row["source"].split()),
        minutes=row["minutes"].strip(),
        at=_moment("at", row["at"], hours),
        note=row["note"],
    )
    if origin := row.get("origin", "").strip():
        return f"file:{origin}", entry
    said = f"{entry.kind}\n{same(entry.source)}\n{entry.minutes}\n{entry.at}\n{entry.note}"
    seen[said] += 1
    return f"row:{sha256(said.encode()).hexdigest()[:32]}-{seen[said]}", entry


def _entry(**fields: object) -> Entry:
    try:
        return Entry(**fields)  # type: ignore[arg-type]  # it is here that they are checked
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise _BadRow(f"{name}: {quoted(first['input'])} is not {LIMITS[name]}") from None


def _moment(name: str, text: str, hours: WorkingHours) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(hours.time_zone))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        complaint = f"{name}: {quoted(text)} is not a time: write it like 2026-11-20T03:10"
        raise _BadRow(complaint) from None


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
