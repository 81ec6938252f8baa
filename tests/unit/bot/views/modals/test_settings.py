"""Submitted settings forms."""

from datetime import time
from typing import Any

import pytest

from bot.views.blocks.modal import InvalidInput, channel_of
from bot.views.modals import settings
from domain.calendar.cadence import Cadence
from tests.support.modal_input import answering, submitted
from tests.support.surfaces import current_settings, the_settings

NOW = Cadence(time_zone="Europe/Dublin", fiscal_start=4)  # as the form shows it


def form(**inputs: Any) -> dict[str, Any]:
    return submitted(the_settings(), **inputs)


def errors(view: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        settings.parse(view, current_settings())
    return refusal.value.errors


def test_untouched_form__changes_nothing() -> None:
    chosen, cadence = settings.parse(form(), current_settings())
    assert cadence == NOW
    assert (chosen.people, chosen.weeks_away, chosen.quorum) == (6, 2.5, 3)
    assert chosen.stewards == ("UMIA",)


def test_filled_form__returns_every_setting() -> None:
    chosen, cadence = settings.parse(
        form(
            digest_weekday="4",
            digest_time="16:05",
            time_zone=" America/New_York ",
            work_starts="08:00",
            work_ends="16:30",
            people="7.5",
            weeks_away="0",
            fiscal_start="7",
            quorum="2",
            stewards=["UANA", "UBEN"],
        ),
        current_settings(),
    )
    assert cadence == Cadence(
        time_zone="America/New_York",
        digest_weekday=4,
        digest_time=time(16, 5),
        fiscal_start=7,
    )
    assert (chosen.work_starts, chosen.work_ends) == (time(8), time(16, 30))
    assert (chosen.people, chosen.weeks_away, chosen.quorum) == (7.5, 0, 2)
    assert chosen.stewards == ("UANA", "UBEN")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Dublin"),
        ("time_zone", "Europe"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "/etc/localtime"),
        ("time_zone", "localtime"),
        ("time_zone", "right/UTC"),
        ("time_zone", "x" * 300),
        ("time_zone", "a\x00b"),
        ("time_zone", "   "),
        ("time_zone", None),
        ("people", "0"),
        ("people", "501"),
        ("people", "nan"),
        ("weeks_away", "-1"),
        ("weeks_away", "5001"),
        ("quorum", "0"),
        ("quorum", "51"),
        ("quorum", "2.5"),
    ],
)
def test_invalid_value__shows_error_under_its_field(field: str, value: str | None) -> None:
    assert errors(answering(form(), **{field: value})) == {field: settings.ERRORS[field]}


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("digest_time", None),
        ("work_starts", None),
        ("digest_weekday", None),
        ("fiscal_start", None),
        ("stewards", []),
    ],
)
def test_empty_field__shows_error_under_its_field(field: str, empty: Any) -> None:
    assert errors(form(**{field: empty})) == {field: settings.ERRORS[field]}


@pytest.mark.parametrize("month", ["0", "13", "April", ""])
def test_invalid_month__shows_error_under_its_field(month: str) -> None:
    view = form()
    chosen = view["state"]["values"]["fiscal_start"]["fiscal_start"]
    chosen["selected_option"] = {"value": month}
    assert errors(view) == {"fiscal_start": settings.ERRORS["fiscal_start"]}


def test_work_ends_before_start__shows_error() -> None:
    assert errors(form(work_ends="09:00")) == {"work_ends": settings.ERRORS["work_ends"]}


def test_errors__name_blocks_of_the_form() -> None:
    assert {block["block_id"] for block in the_settings()["blocks"]} == set(settings.ERRORS)


def test_submitted_form__knows_its_channel() -> None:
    assert channel_of(form()) == "C1"


@pytest.mark.parametrize("field", [name for name in settings.ERRORS if name != "paused_until"])
def test_field_that_the_form_lacks__stays(field: str) -> None:
    view = form()
    del view["state"]["values"][field]
    assert settings.parse(view, current_settings()) == settings.parse(form(), current_settings())
