"""The form to log toil, and the replies to a person who logged it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from bot.views.blocks import block_kit, modal
from bot.views.blocks.escape import NO_NAMES, Names, escape
from bot.views.blocks.formatting import quantity, weekday_and_time
from bot.views.modals.propose import BOARD, board_field
from bot.views.parts.message_text import message_text
from domain.formatting import collapse_whitespace, shorten
from domain.toil.ledger import MAX_MINUTES, MAX_NOTE_LENGTH, MAX_SOURCE_LENGTH, ToilEntry, ToilType

CALLBACK = "toil"
UNDO = "toil_take_back"
FALLBACK_WORDS = 3  # The source of an alert without a colon is its first words.
MAX_LEAD_LENGTH = 40  # Longer text before an alert's colon isn't a source.
IN_FUTURE = "Choose a time in the past."

# Messages for invalid input, by the entry's field.
ERRORS = {
    "toil_type": "Choose a type.",
    "source": f"Use 1 to {MAX_SOURCE_LENGTH} characters.",
    "minutes": f"Enter a whole number from 1 to {MAX_MINUTES}.",
    "started_at": "Choose when it started.",
    "note": f"Use at most {MAX_NOTE_LENGTH} characters.",
}

# Inputs of the form whose names differ from the entry's fields.
INPUTS = {"toil_type": "kind", "started_at": "at"}


@dataclass(frozen=True)
class Alert:
    """A message that someone logs as toil. `message_key` makes it count only once."""

    message_key: str
    source: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Submission:
    """A submitted form: the channel of the board, and the entry."""

    channel_id: str
    entry: ToilEntry
    message_key: str | None  # of the alert that it came from, if any


def alert(channel_id: str, message: dict[str, Any], names: Names = NO_NAMES) -> Alert:
    """Return a message of any shape as an alert to log.

    `names` has the names of people and channels by ID.
    """
    ts = message["ts"]
    text = message_text(message, names)
    poster = message.get("username") or (message.get("bot_profile") or {}).get("name") or ""
    return Alert(
        message_key=f"message:{channel_id}/{ts}",
        source=shorten(_source(text) or collapse_whitespace(poster), MAX_SOURCE_LENGTH),
        at=datetime.fromtimestamp(int(ts.partition(".")[0]), UTC),
        note=shorten(collapse_whitespace(text), MAX_NOTE_LENGTH),
    )


def _source(text: str) -> str:
    """Return an alert's source: the text before its first colon, or its first words."""
    first_line = text.partition("\n")[0]
    lead, colon, _ = first_line.partition(":")
    if colon and 0 < len(lead.strip()) <= MAX_LEAD_LENGTH:
        return collapse_whitespace(lead)
    return " ".join(first_line.split()[:FALLBACK_WORDS])


def form(
    boards: Sequence[tuple[str, str]], now: datetime, alert: Alert | None = None
) -> dict[str, Any]:
    """Return the form for one of `boards`, (channel id, name) pairs, with a choice if there are
    several.
    """
    at: block_kit.Element = {
        "type": "datetimepicker",
        "action_id": "at",
        "initial_date_time": int((alert.at if alert else now).timestamp()),
    }
    types = [block_kit.option(toil_type.capitalize(), str(toil_type)) for toil_type in ToilType]
    source, note = (alert.source, alert.note) if alert else ("", "")
    blocks = [
        board_field(boards),
        modal.field("What was it?", modal.select("kind", types, initial=str(ToilType.PAGE))),
        modal.field(
            "Which source did it come from?",
            modal.text_input(
                "source",
                min_length=1,
                max_length=MAX_SOURCE_LENGTH,
                initial=source,
                placeholder="db-primary",
            ),
            hint="Use the same name each time, so that I can count how often it happens.",
        ),
        modal.field(
            "How many minutes did it take?",
            modal.number_input("minutes", min_value="1", max_value=str(MAX_MINUTES), decimal=False),
        ),
        modal.field("When did it start?", at),
        modal.field(
            "Note",
            modal.text_input("note", max_length=MAX_NOTE_LENGTH, multiline=True, initial=note),
            optional=True,
        ),
    ]
    metadata = {"channel": boards[0][0]} if len(boards) == 1 else {}
    message_metadata = {"origin": alert.message_key} if alert else {}
    return modal.modal(
        "Log toil",
        blocks,
        callback_id=CALLBACK,
        submit="Log",
        metadata={**metadata, **message_metadata},
    )


def parse(view: dict[str, Any], now: datetime) -> Submission:
    """Return the submitted form. Raise InvalidInput if a field is invalid."""
    entered, metadata = modal.input_values(view), modal.metadata_of(view)
    channel = entered.pop(BOARD, None) or metadata.get("channel")
    fields: dict[str, Any] = {name: entered.get(INPUTS.get(name, name)) for name in ERRORS}
    fields["source"] = collapse_whitespace(fields["source"] or "")
    fields["note"] = fields["note"] or ""
    try:
        entry = ToilEntry(**fields)
    except ValidationError as error:
        errors = modal.field_errors(ERRORS, error)
        raise modal.InvalidInput(
            {INPUTS.get(name, name): text for name, text in errors.items()}
        ) from error
    if entry.started_at > now:
        raise modal.InvalidInput({"at": IN_FUTURE})
    if not channel:
        raise modal.InvalidInput({BOARD: "Choose a board."})
    return Submission(channel_id=channel, entry=entry, message_key=metadata.get("origin"))


def logged(
    entry: ToilEntry, started: datetime, entry_id: int, *, out_of_hours: bool
) -> block_kit.Message:
    """Return the confirmation. `started` is in the board's time zone."""
    facts = [
        entry.toil_type.capitalize(),
        quantity(entry.minutes, "minute", "minutes"),
        weekday_and_time(started),
        *(["after hours"] if out_of_hours else []),
    ]
    confirmation = f"Logged. {' · '.join(facts)}"
    note = collapse_whitespace(entry.note)
    parts = [
        block_kit.Part(
            [block_kit.rich_text(block_kit.text(entry.source, bold=True))],
            [escape(entry.source)],
        ),
        block_kit.statement(confirmation),
        *(
            [block_kit.Part([block_kit.rich_text(*block_kit.typed(note))], [escape(note)])]
            if note
            else []
        ),
        block_kit.Part([block_kit.actions(block_kit.button("Undo", UNDO, str(entry_id)))], []),
    ]
    return block_kit.message(parts)


def already_logged() -> block_kit.Message:
    return block_kit.message(
        [block_kit.statement("This is already in the toil ledger, so I didn't log it again.")]
    )


def removed(*, was_logged: bool) -> block_kit.Message:
    result = (
        "Removed from the toil ledger." if was_logged else "It isn't in the toil ledger anymore."
    )
    return block_kit.message([block_kit.statement(result)])


def result_modal(message: block_kit.Message, channel_id: str) -> dict[str, Any]:
    """Return the modal that replaces the form."""
    return modal.modal("Toil", message.blocks, close="Close", metadata={"channel": channel_id})
