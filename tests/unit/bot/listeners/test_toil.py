"""`/toil`, its form, and the message shortcut that logs an alert."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.views.blocks.modal import InvalidInput
from bot.views.modals import toil
from domain.projects.lifecycle import Status
from domain.toil.ledger import ToilType
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import answering, submitted

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def form(**inputs: Any) -> dict[str, Any]:
    filled = {"source": "db-primary", "minutes": "45", **inputs}
    return submitted(toil.form([(HERE, "ops")], NOW), **filled)


def test_typed_line__is_logged(team: ListenerHarness) -> None:
    reply = team.types("U1", "/toil page db-primary 45m replica *lag*")
    assert "db-primary" in reply
    assert "Logged. Page · 45 minutes · " in reply
    [entry] = team.toil
    assert (entry.toil_type, entry.source, entry.minutes) == (ToilType.PAGE, "db-primary", 45)
    assert entry.note == "replica *lag*"


def test_same_line_twice__is_logged_twice(team: ListenerHarness) -> None:
    team.types("U1", "/toil page db-primary 45m")
    team.types("U1", "/toil page db-primary 45m")
    assert len(team.toil) == 2


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("help", "/toil page db-primary 45m"),
        (
            "pager <!here> 45m",
            "“pager” isn't a type of toil: start with page, bug or interrupt. For example:"
            " `/toil page db-primary 45m`.",
        ),
        (
            "page db",
            "How long did it take? For example: `/toil page db-primary 45m`.",
        ),
        ("list X", "Leave out “X”: type only `/toil list`."),
    ],
)
def test_invalid_line__says_how_to_write_it(team: ListenerHarness, text: str, reply: str) -> None:
    assert reply in team.types("U1", f"/toil {text}")
    assert team.toil == []


def test_form_with_year_out_of_range__is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        toil.parse(form(at=int(datetime(2201, 1, 1, tzinfo=UTC).timestamp())), NOW)
    assert refusal.value.errors == {"at": toil.ERRORS["started_at"]}


def test_channel_without_board__has_no_ledger(team: ListenerHarness) -> None:
    assert "doesn't use Needle yet" in team.types("U1", "/toil page db 45m", "C9")


def test_undo__is_open_to_the_logger_only(team: ListenerHarness) -> None:
    team.types("U1", "/toil page db-primary 45m")
    assert "isn't in the toil ledger anymore" in team.presses("U2", toil.UNDO, value="1")
    assert len(team.toil) == 1
    assert "Removed from the toil ledger" in team.presses("U1", toil.UNDO, value="1")
    assert team.toil == []


def test_ledger__can_be_read_by_guests(team: ListenerHarness) -> None:
    assert "The toil ledger is empty." in team.types("U1", "/roadmap toil")
    for number in range(5):
        team.types("U1", f"/toil page {'DB' if number else 'db'}-primary 45m")
    team.types("U1", "/toil bug billing 2h")
    reply = team.types("UGUEST", "/toil list")
    assert "Last four weeks: 5 pages" in reply
    assert "5.8 hours of toil" in reply
    assert "DB-primary  5 times in four weeks, 3.8 hours · no project yet" in reply
    assert "After four weeks of entries, I show" in reply


def test_open_project_with_source__is_named_in_ledger(
    team: ListenerHarness,
) -> None:
    team.types("U1", "/toil page db-primary 45m")
    proposal = PROPOSAL.model_copy(update={"toil_source": "pages from DB-primary"})
    team.channel.proposes("first", proposal)
    assert "· #1 Rotate the keys" in team.types("U1", "/roadmap toil")
    team.channel.changes_status(1, Status.DECLINED)
    assert "no project yet" in team.types("U1", "/roadmap toil")


def test_form_submitted_twice__logs_once(team: ListenerHarness) -> None:
    assert "Undo" in team.submits("U1", form(kind="bug"), "V1")
    assert team.submits("U1", form(kind="bug"), "V1") == ""
    [entry] = team.toil
    assert (entry.toil_type, entry.started_at, entry.note) == (ToilType.BUG, NOW, "")


def test_alert_logged_by_two_people__counts_once(team: ListenerHarness) -> None:
    alert = toil.alert("C7", {"ts": "1795176000.000200", "text": "db-primary: lag"})
    logged = submitted(toil.form([(HERE, "ops")], NOW, alert), minutes="45")
    team.submits("U1", logged, "V1")
    assert "I didn't log it again" in team.submits("U2", logged, "V2")
    [entry] = team.toil
    assert entry.started_at == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def errors(view: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        toil.parse(view, NOW)
    return refusal.value.errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "0"),
        ("minutes", "10081"),
        ("minutes", "1.5"),
        ("source", "   "),
        ("source", "x" * 101),
        ("note", "x" * 501),
    ],
)
def test_invalid_field__has_its_own_error(field: str, value: str) -> None:
    assert errors(answering(form(), **{field: value})) == {field: toil.ERRORS[field]}


def test_start_in_the_future__is_refused() -> None:
    later = str(int((NOW + timedelta(minutes=1)).timestamp()))
    assert errors(form(at=later)) == {"at": toil.IN_FUTURE}


def test_form_with_several_boards__requires_a_choice() -> None:
    choosing = toil.form([(HERE, "ops"), ("C2", "net")], NOW)
    filled = submitted(choosing, source="db", minutes="45", board="C2")
    assert toil.parse(filled, NOW).channel_id == "C2"
    for block in filled["state"]["values"].values():
        block.pop("board", None)
    assert errors(filled) == {"board": "Choose a board."}


@pytest.mark.parametrize(
    ("message", "source", "note"),
    [
        ({"text": "db-primary: replica lag 300 s"}, "db-primary", "db-primary: replica lag 300 s"),
        ({"text": "Disk is full on web-3"}, "Disk is full", "Disk is full on web-3"),
        (
            {"text": "<https://x.test|nat &amp; co>: down <@U1>"},
            "nat & co",
            "nat & co: down @someone",
        ),
        ({"text": "", "username": "Nagios", "attachments": [{}]}, "Nagios", ""),
        ({"text": "", "attachments": [{"fallback": "ci: red"}]}, "ci", "ci: red"),
        ({"text": "", "bot_profile": {"name": "Pager"}}, "Pager", ""),
        ({"text": f"{'a' * 300}: b"}, f"{'a' * 99}…", f"{'a' * 300}: b"),
        ({"text": f"x {'b' * 600}"}, f"x {'b' * 97}…", f"x {'b' * 497}…"),
    ],
)
def test_alert__gives_source_and_note(message: dict[str, Any], source: str, note: str) -> None:
    alert = toil.alert("C7", {"ts": "1795176000.000200", **message})
    assert (alert.source, alert.note) == (source, note)
    assert alert.message_key == "message:C7/1795176000.000200"
    assert alert.at == NOW
