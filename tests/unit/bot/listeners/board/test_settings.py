"""Settings of a board: what they change, and the errors of invalid fields."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views.modals import commit, settings
from storage.boards import charter_drafts
from storage.tables import AccountType
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.user_actions import a_quarter, made_up, post_draft

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def on_screen(team: ListenerHarness, person: str = "U1") -> dict[str, Any]:
    """The form that `/roadmap settings` opens."""
    team.new_requests("views.open")
    team.types(person, "/roadmap settings")
    [asked] = team.new_requests("views.open")
    view = asked["view"]
    found: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
    return found


def saves(team: ListenerHarness, form: dict[str, Any], **inputs: Any) -> dict[str, str]:
    """Submit the form, and return the errors by field."""
    stewards = inputs.pop("stewards", ["U1"])
    answer = team.submits("U1", submitted(form, stewards=stewards, **inputs))
    errors: dict[str, str] = json.loads(answer)["errors"] if answer else {}
    return errors


def adopts_a_quorum_of_five(team: ListenerHarness) -> None:
    with team.database.transaction() as session:
        changed = team.board.charter.with_settings(quorum=5)
        charter_drafts.save(session, team.board.id, 1, changed, by="U2", now=NOW)
        draft = charter_drafts.find_open(session, team.board.id)
        assert draft is not None
        charter_drafts.adopt(session, draft.id, by="U2", now=NOW)


def quorum(team: ListenerHarness) -> tuple[int, int]:
    """Return the quorum and the charter's version."""
    return team.board.charter.quorum, team.board.charter_version


def test_quorum_untouched__keeps_charter_agreed_meanwhile(
    team: ListenerHarness,
) -> None:
    form = on_screen(team)
    adopts_a_quorum_of_five(team)
    assert saves(team, form, people="7") == {}
    assert team.board.people == 7
    assert quorum(team) == (5, 2)


def test_quorum_changed__makes_charter_version(team: ListenerHarness) -> None:
    assert saves(team, on_screen(team), quorum="2") == {}
    assert quorum(team) == (2, 2)


def test_quorum_changed_on_stale_form__is_refused(
    team: ListenerHarness,
) -> None:
    form = on_screen(team)
    adopts_a_quorum_of_five(team)
    said = saves(team, form, quorum="2", people="7")
    assert said == {"quorum": settings.quorum_changed(5)}
    assert "the quorum is now 5" in said["quorum"]
    assert team.board.people == 4
    assert saves(team, form, quorum="5") == {}
    assert quorum(team) == (5, 2)


def test_quorum_changed_while_draft_is_posted__is_refused(team: ListenerHarness) -> None:
    post_draft(team)
    form = on_screen(team)
    assert saves(team, form, quorum="2") == {"quorum": settings.DRAFT_PENDING}
    assert saves(team, form, people="7") == {}
    with team.database.transaction() as session:
        charter_drafts.withdraw(session, 1, by="U1", now=NOW)
    assert saves(team, form, quorum="2") == {}
    assert quorum(team) == (2, 2)


@pytest.mark.parametrize("shown", [None, "3", [3], {"of": 3}])
def test_form_without_displayed_quorum__keeps_quorum(team: ListenerHarness, shown: Any) -> None:
    known = json.dumps({"channel": HERE, "quorum": shown} if shown else {"channel": HERE})
    form = on_screen(team) | {"private_metadata": known}
    assert saves(team, form, people="7") == {}
    assert set(saves(team, form, quorum="2")) == {"quorum"}
    assert (team.board.people, quorum(team)) == (7, (3, 1))


@pytest.mark.parametrize(
    "kind", [AccountType.DEACTIVATED, AccountType.GUEST, AccountType.BOT, AccountType.EXTERNAL]
)
def test_known_non_member_as_steward__is_refused(team: ListenerHarness, kind: AccountType) -> None:
    team.channel.adds_people("U9", kind=kind)
    said = saves(team, on_screen(team), stewards=["U1", "U9"], people="7")
    assert said == {"stewards": settings.STEWARDS_NOT_MEMBERS}
    assert (team.board.stewards, team.board.people) == ((), 4)


def test_only_steward_left__every_member_is_steward(team: ListenerHarness) -> None:
    assert saves(team, on_screen(team), stewards=["U3"]) == {}
    assert "Only a steward" in team.types("U1", "/roadmap settings")
    team.channel.adds_people("U3", kind=AccountType.DEACTIVATED)
    assert saves(team, on_screen(team), stewards=["U1"]) == {}
    assert team.board.stewards == ("U1",)
    assert "Ask <@U1>" in team.types("U2", "/roadmap settings")


def test_fiscal_start__determines_quarters(
    team: ListenerHarness,
) -> None:
    assert saves(team, on_screen(team), fiscal_start="4") == {}
    assert team.board.cadence.quarter(NOW).label == "FY2027 Q3"
    assert "FY2031 Q1" in team.types("U1", "/roadmap plan 2031-Q1")


def test_fiscal_start_after_commit__is_refused(team: ListenerHarness) -> None:
    team.submits("U1", made_up(commit.COMMIT, a_quarter()))
    said = saves(team, on_screen(team), fiscal_start="4", people="7")
    assert said == {"fiscal_start": settings.FISCAL_START_LOCKED}
    assert (team.board.cadence.fiscal_start, team.board.people) == (1, 4)
    assert saves(team, on_screen(team), people="7") == {}
    assert team.board.people == 7
