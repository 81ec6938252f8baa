"""The form for a board's settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.views.blocks import block_kit, modal
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day
from bot.views.data.people import someone
from bot.views.parts.charter_thresholds import early_results
from domain.calendar.cadence import Cadence
from domain.calendar.working_hours import WorkingHours
from domain.calendar.years import LAST_YEAR
from domain.formatting import join_with_and

CALLBACK = "settings"
DRAFT_PENDING = (
    "The quorum is part of the charter, and the channel is deciding on a charter draft. Adopt or"
    " withdraw the draft first."
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Messages for invalid input, by field.
ERRORS = {
    "digest_weekday": "Choose a day.",
    "digest_time": "Choose a time.",
    "time_zone": "Enter a time zone such as Europe/Dublin.",
    "work_starts": "Choose a time.",
    "work_ends": "Choose a time after work starts.",
    "people": "Enter a number from 0.5 to 500.",
    "weeks_away": "Enter a number from 0 to 5000.",
    "fiscal_start": "Choose a month.",
    "quorum": "Enter a whole number from 1 to 50.",
    "paused_until": f"Choose a day from tomorrow to the end of {LAST_YEAR}, or clear this field.",
    "stewards": "Choose at least one person.",
}
WORK_ENDS_HINT = (
    "Working hours are on weekdays, in the board's time zone. All other time counts as after hours."
)
PEOPLE_HINT = (
    "If you leave this empty, I count the full members who scored, proposed, owned or shipped a"
    " project here in the last 90 days."
)
WEEKS_AWAY_HINT = (
    "Vacation and other absences, added up over everyone on the team. Applies to every quarter"
    " until you change it."
)
FISCAL_START_HINT = (
    "The first quarter starts in this month. Once a roadmap is committed, you can't change the"
    " month."
)
STEWARDS_HINT = "Stewards change this board's settings. The first is whoever invited me."
NO_STEWARDS_HINT = "Stewards change this board's settings. Until there is one, any full member can."
STEWARDS_NOT_MEMBERS = (
    "Stewards must be full members in this channel. Remove guests, bots, and people who left."
)


class Settings(BaseModel):
    """The settings that a steward can change. People and weeks away make a quarter's capacity."""

    model_config = ConfigDict(frozen=True)

    digest_weekday: int = Field(ge=0, le=6)
    digest_time: time
    time_zone: str
    work_starts: time
    work_ends: time
    people: float | None = Field(ge=0.5, le=500, allow_inf_nan=False)
    weeks_away: float = Field(ge=0, le=5000, allow_inf_nan=False)
    fiscal_start: int = Field(ge=1, le=12)
    quorum: int = Field(ge=1, le=50)
    paused_until: date | None = Field(default=None, le=date(LAST_YEAR, 12, 31))
    stewards: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class CurrentSettings:
    """A board's current settings."""

    channel_id: str
    cadence: Cadence
    hours: WorkingHours
    people: float | None  # None: counted from activity
    weeks_away: float
    quorum: int
    stewards: Sequence[str]
    reveal_after_days: int = 0  # after which one score is enough; 0: never
    paused_until: date | None = None  # None: digests aren't paused


def form(current: CurrentSettings) -> dict[str, Any]:
    days = [block_kit.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    months = [block_kit.option(name, str(number)) for number, name in enumerate(MONTHS, 1)]
    people_picker: block_kit.Element = {"type": "multi_users_select", "action_id": "stewards"}
    if current.stewards:
        people_picker["initial_users"] = list(current.stewards)
    blocks = [
        modal.field(
            "Digest day",
            modal.select("digest_weekday", days, initial=str(current.cadence.digest_weekday)),
        ),
        modal.field("Digest time", _time("digest_time", current.cadence.digest_time)),
        modal.field(
            "Pause digests until",
            _date("paused_until", current.paused_until),
            hint="I won't post a digest before that day. Clear this field to resume.",
            optional=True,
        ),
        modal.field(
            "Time zone",
            modal.text_input("time_zone", max_length=64, initial=current.cadence.time_zone),
            hint="For example, Europe/Dublin.",
        ),
        modal.field("Work starts at", _time("work_starts", current.hours.starts)),
        modal.field(
            "Work ends at",
            _time("work_ends", current.hours.ends),
            hint=WORK_ENDS_HINT,
        ),
        modal.field(
            "People who work on projects",
            modal.number_input(
                "people",
                min_value="0.5",
                max_value="500",
                decimal=True,
                initial="" if current.people is None else f"{current.people:g}",
            ),
            hint=PEOPLE_HINT,
            optional=True,
        ),
        modal.field(
            "Weeks away per quarter, for the whole team",
            modal.number_input(
                "weeks_away",
                min_value="0",
                max_value="5000",
                decimal=True,
                initial=f"{current.weeks_away:g}",
            ),
            hint=WEEKS_AWAY_HINT,
        ),
        modal.field(
            "Fiscal year starts in",
            modal.select("fiscal_start", months, initial=str(current.cadence.fiscal_start)),
            hint=FISCAL_START_HINT,
        ),
        modal.field(
            "Quorum",
            modal.number_input(
                "quorum", min_value="1", max_value="50", decimal=False, initial=str(current.quorum)
            ),
            hint=_quorum_hint(current.reveal_after_days),
        ),
        modal.field(
            "Stewards", people_picker, hint=STEWARDS_HINT if current.stewards else NO_STEWARDS_HINT
        ),
    ]
    return modal.modal(
        "Settings",
        blocks,
        callback_id=CALLBACK,
        submit="Save",
        metadata={"channel": current.channel_id, "quorum": current.quorum},
    )


def _quorum_hint(reveal_after_days: int) -> str:
    hint = "How many people must score a project before it's ranked and its results show"
    return f"{hint}{early_results(reveal_after_days)}."


def _time(action_id: str, initial: time) -> block_kit.Element:
    return {
        "type": "timepicker",
        "action_id": action_id,
        "initial_time": initial.isoformat("minutes"),
    }


def _date(action_id: str, initial: date | None) -> block_kit.Element:
    element: block_kit.Element = {"type": "datepicker", "action_id": action_id}
    return element | {"initial_date": initial.isoformat()} if initial else element


def parse(view: dict[str, Any], current: CurrentSettings) -> tuple[Settings, Cadence]:
    """Return the submitted settings. Fields that the view lacks keep the current values.

    Raise InvalidInput if a field is invalid.
    """
    try:
        settings = Settings.model_validate(_stored(current) | modal.input_values(view))
        cadence = Cadence(
            time_zone=settings.time_zone.strip(),
            digest_weekday=settings.digest_weekday,
            digest_time=settings.digest_time,
            fiscal_start=settings.fiscal_start,
        )
    except ValidationError as error:
        raise modal.InvalidInput(modal.field_errors(ERRORS, error)) from error
    if settings.work_starts >= settings.work_ends:
        raise modal.InvalidInput({"work_ends": ERRORS["work_ends"]})
    return settings, cadence


def _stored(current: CurrentSettings) -> dict[str, Any]:
    """Return the current settings by the form's fields."""
    return {
        "digest_weekday": current.cadence.digest_weekday,
        "digest_time": current.cadence.digest_time,
        "time_zone": current.cadence.time_zone,
        "work_starts": current.hours.starts,
        "work_ends": current.hours.ends,
        "people": current.people,
        "weeks_away": current.weeks_away,
        "fiscal_start": current.cadence.fiscal_start,
        "quorum": current.quorum,
        "paused_until": current.paused_until,
        "stewards": current.stewards,
    }


def saved(current: CurrentSettings) -> block_kit.Message:
    """Return the confirmation of saved settings, for the steward alone."""
    cadence = current.cadence
    parts = [
        f"digest on {WEEKDAYS[cadence.digest_weekday]} at {cadence.digest_time:%H:%M},"
        f" {escape(cadence.time_zone)}",
        *([f"digests paused until {day(current.paused_until)}"] if current.paused_until else []),
        f"work from {current.hours.starts:%H:%M} to {current.hours.ends:%H:%M}",
        _people(current.people),
        f"{_weeks(current.weeks_away)} away per quarter",
        f"fiscal year starts in {MONTHS[cadence.fiscal_start - 1]}",
        f"quorum {current.quorum}",
        f"stewards {join_with_and([someone(steward) for steward in current.stewards])}",
    ]
    confirmation = f"Saved: {' · '.join(parts)}."
    return block_kit.Message(text=confirmation, blocks=[block_kit.section(confirmation)])


def _people(people: float | None) -> str:
    if people is None:
        return "people counted from activity"
    return f"{people:g} {'person' if people == 1 else 'people'}"


def _weeks(weeks: float) -> str:
    return f"{weeks:g} {'week' if weeks == 1 else 'weeks'}"


def has_pause(view: dict[str, Any]) -> bool:
    """Return whether the form has the field that pauses digests: older forms don't."""
    return "paused_until" in modal.input_values(view)


def fiscal_start_locked(fiscal_start: int) -> str:
    return (
        "A roadmap is already committed, so the fiscal year can't start in another month. Choose"
        f" {MONTHS[fiscal_start - 1]} again."
    )


def quorum_changed(quorum: int) -> str:
    return (
        f"The quorum changed to {quorum} while this form was open. To change it, open the form"
        " again."
    )


def displayed_quorum(view: dict[str, Any]) -> Any:
    """Return the quorum that the form showed: any value if someone forged the form."""
    return modal.metadata_of(view).get("quorum")
