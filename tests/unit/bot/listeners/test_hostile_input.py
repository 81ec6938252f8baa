"""Invisible and unstorable text at each edge where Needle reads what people type."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.slack.payload import remove_unstorable
from bot.views.blocks.modal import InvalidInput
from bot.views.modals import charter_value, edit, fire, propose, score, steps, toil
from bot.views.posts import outcome
from domain.calendar.working_hours import WorkingHours
from domain.formatting import is_blank
from domain.projects.proposal import Proposal
from domain.ranking.board_file import InvalidBoardFile, parse_board_file
from domain.ranking.charter import DEFAULT_CHARTER
from domain.toil.csv_import import InvalidToilFile, parse_toil_csv
from domain.toil.quick_entry import MISSING_SOURCE
from storage.locks import STORE
from storage.people import people
from storage.tables import AccountType
from tests.support import charter_surfaces
from tests.support.channel import NOW
from tests.support.hostile_text import BLANK, EVERY, UNSTORABLE
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.shipped_projects import outcome_form, ship_scored_project

PROPOSAL = Proposal(
    title="Rotate the keys",
    summary="Nobody rotates them.",
    effort_weeks=2,
    steps=("one", "two"),
    toil_source="keys",
    toil_per_month=3,
    software_added="vault",
    software_removed="cron",
    link="https://example.com/1",
)
BOARDS = [(HERE, "ops")]
SUMMARY = "Nobody has rotated them for a year."

blank = pytest.mark.parametrize("blank", BLANK, ids=ascii)


def errors(answer: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(answer)["errors"]
    return found


@blank
def test_blank_text__is_blank(blank: str) -> None:
    assert is_blank(blank)


@pytest.mark.parametrize("seen", ["x", "❤️", "\u200bx", "🏴\U000e0067\U000e007f", "\u200eא"])
def test_text_with_a_visible_character__is_not_blank(seen: str) -> None:
    assert not is_blank(seen)


@blank
def test_blank_fields__are_refused_like_empty_ones(blank: str, team: ListenerHarness) -> None:
    propose_form = submitted(propose.form("", BOARDS), title=blank, summary=blank)
    assert errors(team.submits_new("U1", propose_form)).keys() == {"title", "summary"}
    toil_form = submitted(toil.form(BOARDS, NOW), source=blank, minutes="5")
    assert errors(team.submits_new("U1", toil_form)).keys() == {"source"}
    fire_form = submitted(fire.form(HERE, DEFAULT_CHARTER, "cost", ""), reason=blank)
    assert errors(team.submits_new("U1", fire_form)).keys() == {"reason"}
    choices = charter_surfaces.choices(DEFAULT_CHARTER)
    value_form = submitted(charter_value.form(choices, None), name=blank, emoji="ship")
    with pytest.raises(InvalidInput) as refusal:
        charter_value.parse(value_form, choices)
    assert refusal.value.errors.keys() == {"-name"}


@blank
def test_blank_text_of_a_command__is_none(blank: str, team: ListenerHarness) -> None:
    assert MISSING_SOURCE in team.types("U1", f"/toil page {blank} 45m")
    team.types("U1", f"/fire cost {blank}")
    assert team.burning == []


@blank
def test_blank_details__are_left_out(blank: str, team: ListenerHarness) -> None:
    lines = "\n".join(["Write it", blank, f"- {blank}", "Ship it"])
    form = submitted(propose.form("", BOARDS), title="Rotate keys", summary=SUMMARY, steps=lines)
    team.submits_new("U1", form)
    assert team.channel.project().proposal.steps == ("Write it", "Ship it")
    team.types("U1", f"/toil page db 45m {blank}")
    assert [entry.note for entry in team.toil] == [""]


@blank
def test_blank_title_in_a_file__is_refused_with_its_place(blank: str) -> None:
    board = json.dumps({"projects": [{"id": 1, "title": "A"}, {"id": 2, "title": blank}]})
    with pytest.raises(InvalidBoardFile, match=r"^projects\[1\]\.title: ") as error:
        parse_board_file(board)
    assert str(error.value).isprintable()
    assert str(error.value).endswith(" has no visible character")
    result = CliRunner().invoke(app, ["rank"], input=board)
    assert (result.exit_code, result.stderr) == (2, f"{error.value}\n")


@blank
def test_blank_source_in_a_file__is_refused_with_its_line(blank: str) -> None:
    row = f"page,{blank},45,2026-11-20T03:10,"
    with pytest.raises(InvalidToilFile, match=r"^line 2: source: "):
        parse_toil_csv(f"kind,source,minutes,at,note\n{row}", WorkingHours(), NOW)


@pytest.mark.parametrize("typed", UNSTORABLE, ids=ascii)
def test_unstorable_characters__are_left_out(typed: str, team: ListenerHarness) -> None:
    form = submitted(propose.form("", BOARDS), title=typed, summary=f"{typed} and more")
    team.submits_new("U1", form)
    assert team.titles == ["Rotate keys"]
    team.types("U1", f"/toil page {typed} 45m")
    [entry] = team.toil
    assert entry.source == "Rotate keys"


@pytest.mark.parametrize("typed", EVERY.values(), ids=EVERY)
def test_payload__keeps_everything_that_can_be_stored(typed: str) -> None:
    payload = {"a": [typed, {"b": typed}], "c": 1, "d": None}
    kept = typed.replace("\0", "")
    assert remove_unstorable(payload) == {"a": [kept, {"b": kept}], "c": 1, "d": None}
    kept.encode()


def opened(team: ListenerHarness, callback_id: str, message: dict[str, Any]) -> str:
    """Return the form that a message shortcut opens."""
    team.new_requests("views.open")
    team.calls("U1", callback_id, {"ts": "1795176000.000200", **message}, HERE)
    [request] = team.new_requests("views.open")
    view = request["view"]
    return view if isinstance(view, str) else json.dumps(view, ensure_ascii=False)


@pytest.mark.parametrize("callback_id", ["propose_from_message", "log_toil"])
def test_mentions_in_a_message__become_names(callback_id: str, team: ListenerHarness) -> None:
    with team.database.transaction(STORE) as session:
        people.save_profile(session, "T1", "U7", AccountType.MEMBER, None, NOW, None, "Mia")
    rich = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U7"}]}
    for message in (
        {"text": "<@U7> saw <#C1|> burn with <@U404> in <#C404>"},
        {"blocks": [{"type": "rich_text", "elements": [rich]}]},
    ):
        form = opened(team, callback_id, message)
        assert "@Mia" in form
        assert "U7" not in form.replace("message:", "")
        assert "404" not in form


FIELDS = ["title", "summary", "effort_weeks", "steps", "toil_source", "toil_per_month", "link"]


@pytest.mark.parametrize("field", [*FIELDS, "software_added", "software_removed"])
def test_field_that_an_edit_lacks__stays(field: str, team: ListenerHarness) -> None:
    team.channel.proposes("V0", PROPOSAL)
    form = submitted(edit.form(HERE, 1, PROPOSAL, permanent_id="1"), summary="It is new.")
    del form["state"]["values"][field]
    assert team.submits_new("U1", form) == ""
    stored = team.channel.project().proposal.model_dump(exclude={"summary"})
    assert stored == PROPOSAL.model_dump(exclude={"summary"})


def test_owner_that_an_edit_lacks__stays(team: ListenerHarness) -> None:
    team.channel.proposes("V0", PROPOSAL)
    team.submits_new("U1", submitted(edit.form(HERE, 1, PROPOSAL, permanent_id="1"), owner="U2"))
    form = submitted(edit.form(HERE, 1, PROPOSAL, "U2", permanent_id="1"), title="Rotate all keys")
    del form["state"]["values"]["owner"]
    assert team.submits_new("U1", form) == ""
    assert team.channel.project().owner == "U2"


def test_comment_that_a_score_lacks__stays(team: ListenerHarness) -> None:
    team.channel.proposes("V0", PROPOSAL)
    ballot = score.ScoreForm(
        HERE, 1, "U1", PROPOSAL, None, "", {}, {}, 3, 3, unscored_count=1, permanent_id="1"
    )
    form = score.form(ballot, DEFAULT_CHARTER)
    team.submits_new("U1", submitted(form, comment="It pages us."))
    later = submitted(form, security="3")
    for block in later["state"]["values"].values():
        block.pop("comment", None)
    team.submits_new("U1", later)
    assert "It pages us." in str(team.dump())
    team.submits_new("U1", submitted(form, comment=""))
    assert "It pages us." not in str([row for row in team.dump() if '"comment"' in row])


def test_value_that_an_outcome_lacks__stays(team: ListenerHarness) -> None:
    ship_scored_project(team)
    team.submits_new("U1", outcome_form(cost="2", security="1"))
    form = outcome_form(security="3")
    for block in form["state"]["values"].values():
        block.pop("cost", None)
    parsed = outcome.parse(form, DEFAULT_CHARTER)
    assert "cost" not in parsed.impacts
    assert parsed.impacts["security"] == 3
    empty = outcome_form()
    empty["state"]["values"] = {}
    assert "wrong" not in team.submits_new("U1", empty)


def test_checkboxes_that_a_form_of_steps_lacks__stay() -> None:
    many = PROPOSAL.model_copy(update={"steps": tuple(f"step {number}" for number in range(12))})
    form = submitted(steps.form(HERE, 1, many, ["step 1", "step 11"], permanent_id="1"))
    assert steps.parse(form).undone == frozenset()
    del form["state"]["values"][f"{steps.GROUP}10"]
    assert steps.parse(form).undone == frozenset()
