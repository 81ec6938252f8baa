"""Settings of a board: what they change, and the errors of invalid fields."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views.blocks import modal
from bot.views.modals import commit, settings
from storage.boards import charter_drafts
from storage.locks import STORE
from storage.tables import AccountType
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.user_actions import a_quarter, made_up, post_draft

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def open_form(team: ListenerHarness, person: str = "U1") -> dict[str, Any]:
    """Return the form that `/roadmap settings` opens."""
    team.new_requests("views.open")
    team.types(person, "/roadmap settings")
    [request] = team.new_requests("views.open")
    view = request["view"]
    form: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
    return form


def save(team: ListenerHarness, form: dict[str, Any], **inputs: Any) -> dict[str, str]:
    """Submit the form, and return the errors by field."""
    stewards = inputs.pop("stewards", ["U1"])
    answer = team.submits("U1", submitted(form, stewards=stewards, **inputs))
    errors: dict[str, str] = json.loads(answer)["errors"] if answer else {}
    return errors


def adopt_quorum_of_five(team: ListenerHarness) -> None:
    with team.database.transaction(STORE) as session:
        changed = team.board.charter.with_settings(quorum=5)
        charter_drafts.save(session, team.board.id, 1, changed, by="U2", now=NOW)
        draft = charter_drafts.find_open(session, team.board.id)
        assert draft is not None
        charter_drafts.adopt(session, draft.id, by="U2", now=NOW)


def quorum(team: ListenerHarness) -> tuple[int, int]:
    """Return the quorum and the charter's version."""
    return team.board.charter.quorum, team.board.charter_version


EVERY_SETTING = {
    "digest_weekday": "4",
    "digest_time": "16:05",
    "paused_until": "2199-12-24",
    "time_zone": "America/New_York",
    "work_starts": "08:00",
    "work_ends": "16:30",
    "people": "7.5",
    "weeks_away": "2.5",
    "fiscal_start": "7",
    "quorum": "2",
    "stewards": ["U2"],
}


def test_every_setting_changed__form_shows_what_was_saved(team: ListenerHarness) -> None:
    assert EVERY_SETTING.keys() == settings.ERRORS.keys()
    form = open_form(team)
    before = modal.input_values(submitted(form))
    assert [name for name, value in EVERY_SETTING.items() if before[name] == value] == []
    assert save(team, form, **EVERY_SETTING) == {}
    assert modal.input_values(submitted(open_form(team, "U2"))) == EVERY_SETTING


def test_pause__must_end_in_the_future_and_can_be_cleared(team: ListenerHarness) -> None:
    form = open_form(team)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    for day in (today, "2201-01-01"):
        assert save(team, form, paused_until=day) == {
            "paused_until": settings.ERRORS["paused_until"]
        }
    assert save(team, form, paused_until="2199-12-24") == {}
    assert team.board.is_paused(datetime.now(UTC))
    assert save(team, open_form(team), paused_until=None) == {}
    assert not team.board.is_paused(datetime.now(UTC))


def test_form_of_an_earlier_version__keeps_the_pause(team: ListenerHarness) -> None:
    old = open_form(team)
    old["blocks"] = [block for block in old["blocks"] if block["block_id"] != "paused_until"]
    assert save(team, open_form(team), paused_until="2199-12-24") == {}
    assert save(team, old) == {}
    assert team.board.is_paused(datetime.now(UTC))


def test_quorum_untouched__keeps_charter_agreed_meanwhile(
    team: ListenerHarness,
) -> None:
    form = open_form(team)
    adopt_quorum_of_five(team)
    assert save(team, form, people="7") == {}
    assert team.board.people == 7
    assert quorum(team) == (5, 2)


def test_quorum_changed__makes_charter_version(team: ListenerHarness) -> None:
    assert save(team, open_form(team), quorum="2") == {}
    assert quorum(team) == (2, 2)


def test_quorum_changed_on_stale_form__is_refused(
    team: ListenerHarness,
) -> None:
    form = open_form(team)
    adopt_quorum_of_five(team)
    errors = save(team, form, quorum="2", people="7")
    assert errors == {"quorum": settings.quorum_changed(5)}
    assert "The quorum changed to 5" in errors["quorum"]
    assert team.board.people is None
    assert save(team, form, quorum="5") == {}
    assert quorum(team) == (5, 2)


def test_quorum_changed_while_draft_is_posted__is_refused(team: ListenerHarness) -> None:
    post_draft(team)
    form = open_form(team)
    assert save(team, form, quorum="2") == {"quorum": settings.DRAFT_PENDING}
    assert save(team, form, people="7") == {}
    with team.database.transaction(STORE) as session:
        charter_drafts.withdraw(session, 1, by="U1", now=NOW)
    assert save(team, form, quorum="2") == {}
    assert quorum(team) == (2, 2)


@pytest.mark.parametrize("displayed", [None, "3", [3], {"of": 3}])
def test_form_without_displayed_quorum__keeps_quorum(team: ListenerHarness, displayed: Any) -> None:
    metadata = json.dumps(
        {"channel": HERE, "quorum": displayed} if displayed else {"channel": HERE}
    )
    form = open_form(team) | {"private_metadata": metadata}
    assert save(team, form, people="7") == {}
    assert set(save(team, form, quorum="2")) == {"quorum"}
    assert (team.board.people, quorum(team)) == (7, (3, 1))


@pytest.mark.parametrize(
    "kind", [AccountType.DEACTIVATED, AccountType.GUEST, AccountType.BOT, AccountType.EXTERNAL]
)
def test_known_non_member_as_steward__is_refused(team: ListenerHarness, kind: AccountType) -> None:
    team.channel.adds_people("U9", kind=kind)
    errors = save(team, open_form(team), stewards=["U1", "U9"], people="7")
    assert errors == {"stewards": settings.STEWARDS_NOT_MEMBERS}
    assert (team.board.stewards, team.board.people) == ((), None)


def test_steward_outside_the_channel__is_refused(team: ListenerHarness) -> None:
    errors = save(team, open_form(team), stewards=["U1", "U8"], people="7")
    assert errors == {"stewards": settings.STEWARDS_NOT_MEMBERS}
    assert (team.board.stewards, team.board.people) == ((), None)


def test_only_steward_left__every_member_is_steward(team: ListenerHarness) -> None:
    assert save(team, open_form(team), stewards=["U3"]) == {}
    assert "Only stewards" in team.types("U1", "/roadmap settings")
    team.channel.adds_people("U3", kind=AccountType.DEACTIVATED)
    assert save(team, open_form(team), stewards=["U1"]) == {}
    assert team.board.stewards == ("U1",)
    assert "Ask <@U1>" in team.types("U2", "/roadmap settings")


def test_fiscal_start__determines_quarters(
    team: ListenerHarness,
) -> None:
    assert save(team, open_form(team), fiscal_start="4") == {}
    assert team.board.cadence.quarter(NOW).label == "FY2027 Q3"
    assert "FY2031 Q1" in team.types("U1", "/roadmap plan 2031-Q1")


def test_fiscal_start_after_commit__is_refused(team: ListenerHarness) -> None:
    team.submits("U1", made_up(commit.COMMIT, a_quarter()))
    errors = save(team, open_form(team), fiscal_start="4", people="7")
    assert errors == {"fiscal_start": settings.fiscal_start_locked(1)}
    assert (team.board.cadence.fiscal_start, team.board.people) == (1, None)
    assert save(team, open_form(team), people="7") == {}
    assert team.board.people == 7
