"""Exports: typed text can't become a formula or markup."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.views.data.export import ExportRow
from bot.views.replies import export
from domain.formatting import collapse_whitespace
from domain.projects.proposal import Proposal
from domain.ranking.board_file import BoardFile, parse_board_file
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from storage.locks import STORE
from storage.people import people
from storage.projects import projects
from storage.tables import AccountType
from tests.support.channel import NOW
from tests.support.hostile_text import EVERY
from tests.support.listener_harness import ListenerHarness
from tests.support.slack_text import parsed, problems, unescaped

SCORES = {who: {"cost": 3, "performance": -1} for who in ("U1", "U2", "U3")}
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", "=HYPERLINK()"]


def export_rows(*titles: str) -> list[ExportRow]:
    projects = [
        Candidate(id=number, title=title, effort_weeks=2.5, scores=SCORES)
        for number, title in enumerate(titles, 1)
    ]
    return [ExportRow(ranked, "open") for ranked in rank(projects).projects]


def table(kind: str, *titles: str) -> str:
    return export.table_text(export_rows(*titles), DEFAULT_CHARTER, kind)


@pytest.mark.parametrize("title", [*FORMULAS, *EVERY.values()])
def test_hostile_title__starts_no_formula_in_csv(title: str) -> None:
    [row] = csv.DictReader(io.StringIO(table("csv", title[:150])))
    assert row["title"][:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert None not in row
    assert row["effort_weeks"] == "2.5"


@pytest.mark.parametrize(
    "title",
    [
        *EVERY.values(),
        "Retire NAT;=cmd|'/C calc'!A0",
        'x; "=HYPERLINK(""https://evil.test"")',
        "a;b; =1+1;@SUM(A1)",
        *(f"x;{formula}" for formula in FORMULAS),
    ],
)
def test_hostile_title__starts_no_formula_after_a_semicolon(title: str) -> None:
    text = table("csv", title[:150])
    [_, cells] = csv.reader(io.StringIO(text), delimiter=";")
    assert not [cell for cell in cells if cell.lstrip(' "')[:1] in tuple("=+-@＝＋－＠")]


@pytest.mark.parametrize("title", [*FORMULAS, *EVERY.values(), "a;b,c", 'x "y"; z'])
def test_semicolons__separate_the_same_cells_as_commas(title: str) -> None:
    rows = export_rows(title[:150], "Second")
    comma = export.table_text(rows, DEFAULT_CHARTER, "csv")
    semicolon = export.table_text(rows, DEFAULT_CHARTER, "csv", ";")
    expected = list(csv.DictReader(io.StringIO(comma)))
    numbers = {"needle", "effort_weeks", *(name for name in expected[0] if "impact_" in name)}
    for row in expected:
        row |= {name: row[name].replace(".", ",") for name in numbers}
    assert list(csv.DictReader(io.StringIO(semicolon), delimiter=";")) == expected
    assert expected[0]["effort_weeks"] == "2,5"


def test_title_with_a_semicolon__is_exported_as_typed() -> None:
    assert "Slow; then fast; 5 % less - maybe" in table("csv", "Slow; then fast; 5 % less - maybe")


@pytest.mark.parametrize("title", EVERY.values(), ids=EVERY)
def test_hostile_title__is_escaped_in_markdown(title: str) -> None:
    text = table("md", title[:150])
    head, _, row = text.splitlines()
    bare = row.replace("\\\\", "")
    assert bare.count("|") - bare.count("\\|") == head.count("|")
    for character in "`*_[]<>!@#:&~":
        assert bare.count(character) == bare.count(f"\\{character}")


def test_board_file__has_titles_as_typed() -> None:
    titles = [title for each in EVERY.values() if len(title := collapse_whitespace(each)[:150]) > 2]
    projects = [Candidate(id=number, title=title) for number, title in enumerate(titles, 1)]
    file = BoardFile(charter=DEFAULT_CHARTER, fires=[], projects=projects).model_dump_json()
    assert parse_board_file(file).projects == projects


@pytest.mark.parametrize("kind", export.FORMATS)
def test_table_of_hostile_titles__is_a_valid_plain_message(kind: str) -> None:
    message = export.message(table(kind, *[each[:150] for each in EVERY.values()]), "ops")
    assert problems(message) == []
    assert "".join(unescaped(text, "none") for text in parsed(message)) == ""


def test_hidden_results__are_hidden_in_export() -> None:
    hidden = Candidate(id=1, title="Rotate the keys", scores={"U1": {"cost": 3}})
    line = ExportRow(rank([hidden]).projects[0], "open")
    [row] = json.loads(export.table_text([line], DEFAULT_CHARTER, "json"))
    assert (row["needle"], row["impact_cost"], row["scored_by"]) == (None, None, 1)


def test_long_table__is_cut_and_names_the_command_for_the_rest() -> None:
    text = table("csv", *[f"Idea {number}" for number in range(300)])
    message = export.message(text, "ops")
    assert problems(message) == []
    code = message.blocks[0]["elements"][0]["elements"][0]["text"]
    assert text.startswith(f"{code}\n")
    left = 301 - code.count("\n") - 1
    assert f"and {left} more lines. Whoever runs Needle can " in str(message.blocks[1])
    assert "`needle export ops`" in str(message.blocks[1])


def propose_and_score(team: ListenerHarness, title: str = "Rotate the keys") -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1", Proposal(title=title, summary="Nobody rotates them."))
    for person, impacts in SCORES.items():
        team.channel.scores(person, impacts)


def test_roadmap_export__returns_ranking_in_each_format(team: ListenerHarness) -> None:
    assert "so there is nothing to export" in team.types("U1", "/roadmap export")
    propose_and_score(team)
    assert "| 1 | 1 | Rotate the keys | ranked |" in team.types("U1", "/roadmap export")
    assert "1,1,Rotate the keys,ranked," in team.types("U1", "/roadmap export CSV")
    assert '"title": "Rotate the keys"' in team.types("U1", "/roadmap export json")
    assert "*Which format: csv, md or json?*" in team.types("U1", "/roadmap export xlsx")


def test_owner__is_exported_by_display_name(team: ListenerHarness) -> None:
    proposal = Proposal(title="Rotate the keys", summary="Nobody rotates them.")
    with team.database.transaction(STORE) as session:
        for origin, owner in (("V1", "U7"), ("V2", "U8")):
            projects.propose(
                session,
                team.board.id,
                origin=origin,
                proposer="U1",
                proposal=proposal,
                owner=owner,
                now=NOW,
            )
        team_id = team.board.team_id
        people.save_profile(session, team_id, "U7", AccountType.MEMBER, None, NOW, None, "Mia")
    for kind in export.FORMATS:
        text = team.types("U1", f"/roadmap export {kind}")
        assert "Mia" in text
        assert "U7" not in text
        assert "U8" in text, "Slack hasn't told the name"


def run_export(store: Path, *arguments: str) -> tuple[int, str]:
    variables = {"DATABASE_URL": f"sqlite:///{store}"}
    result = CliRunner().invoke(app, ["export", *arguments], env=variables)
    return result.exit_code, result.output


def test_exported_board__is_ranked_the_same_by_needle_rank(
    team: ListenerHarness, tmp_path: Path
) -> None:
    propose_and_score(team)
    team.types("U1", "/fire cost the bill")
    status, text = run_export(tmp_path / "needle.db", "C1")
    assert status == 0
    board = parse_board_file(text)
    assert board.fires == ["cost"]
    assert board.projects == [team.channel.candidate()]
    ranked = CliRunner().invoke(app, ["rank", "--json"], input=text)
    assert json.loads(ranked.stdout)["ranked"][0]["section"] == "burning"


def test_hidden_scores__are_exported_only_on_request(team: ListenerHarness, tmp_path: Path) -> None:
    propose_and_score(team)
    team.channel.proposes("V2", Proposal(title="Second", summary="Two have scored it."))
    for person in ("U1", "U2"):
        team.channel.scores(person, {"cost": 3}, number=2)
    first, second = team.channel.candidate(1), team.channel.candidate(2)
    _, text = run_export(tmp_path / "needle.db", "C1")
    assert parse_board_file(text).projects == [first, second.model_copy(update={"scores": {}})]
    _, text = run_export(tmp_path / "needle.db", "C1", "--include-hidden")
    assert parse_board_file(text).projects == [first, second]


def test_semicolons__are_printed_on_request(team: ListenerHarness, tmp_path: Path) -> None:
    propose_and_score(team)
    status, text = run_export(tmp_path / "needle.db", "--format", "csv", "--delimiter", ";")
    assert status == 0
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["title"] == "Rotate the keys"


def test_invalid_export__exits_with_one_line(team: ListenerHarness, tmp_path: Path) -> None:
    store = tmp_path / "needle.db"
    assert team.board.channel_id == "C1"
    assert run_export(store, "C1", "--format", "xls") == (
        2,
        "--format: xls is not one of json, csv, md\n",
    )
    assert run_export(store, "--format", "csv", "--delimiter", "|") == (
        2,
        "--delimiter: | is not one of , ;\n",
    )
    assert run_export(store, "--delimiter", ";") == (2, "--delimiter: only --format csv has one\n")
    assert run_export(store, "nowhere") == (1, "There is no board nowhere. Known boards: C1.\n")
    assert run_export(store, "--format", "csv") == (0, "\n")
