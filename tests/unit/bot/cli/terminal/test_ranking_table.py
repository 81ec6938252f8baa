"""The ranking as a table in the terminal and as JSON."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from bot.cli.terminal import ranking_table
from bot.views.blocks.escape import CONTROL_CHARACTERS
from domain.ranking.board_file import parse_board_file
from domain.ranking.candidate import Candidate
from domain.ranking.ranking import Ranking, rank
from tests.support.hostile_text import EVERY

CASES = json.loads(
    (Path(__file__).parents[3] / "domain" / "ranking" / "ranking.json").read_text(encoding="utf-8")
)


def ranking(case: str) -> Ranking:
    board = parse_board_file(json.dumps(CASES["board"]))
    return rank(board.projects, board.charter, CASES["cases"][case]["fires"])


def printed(ranking: Ranking, width: int) -> str:
    screen = io.StringIO()
    Console(file=screen, width=width).print(ranking_table.table(ranking))
    return "".join(f"{line.rstrip()}\n" for line in screen.getvalue().splitlines())


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("case", ["calm", "security_fire"])
def test_ranking__prints_as_in_its_snapshot(
    case: str, width: int, text_snapshot: SnapshotAssertion
) -> None:
    assert printed(ranking(case), width) == text_snapshot


@pytest.mark.parametrize("case", CASES["cases"])
def test_ranking_as_json__is_the_worked_case(case: str) -> None:
    def numbers(each: dict[str, Any]) -> dict[str, Any]:
        return {name: each[name] for name in CASES["cases"][case]["ranked"][0]}

    written = json.loads(json.dumps(ranking_table.as_json(ranking(case))))
    assert [numbers(each) for each in written["ranked"]] == CASES["cases"][case]["ranked"]
    assert {*written["ranked"][0]} - {*numbers(written["ranked"][0])} == {"why"}


def test_needle_rounds_to_zero__has_no_sign() -> None:
    scores = {f"U{number}": {"cost": 3, "efficiency": -3} for number in range(99)}
    below = rank([Candidate(id=1, title="Even", scores=scores | {"U99": {"efficiency": -1}})])
    assert -0.05 < below.projects[0].needle < 0
    assert " 0.0 " in printed(below, 80)


def test_below_quorum__only_the_table_hides_numbers() -> None:
    blind = rank([Candidate(id=1, title="New", scores={"U1": {"security": 3}})])
    [row] = [line for line in printed(blind, 80).splitlines() if "#1" in line]
    assert row.split() == ["#1", "New", "–", "1", "of", "3", "has", "scored", "0", "?"]
    assert ranking_table.as_json(blind)["ranked"][0]["impact"]["security"] == 1


@pytest.mark.parametrize(
    ("impact", "effects"), [(3, "security (scored by 1 of 3)"), (0, "scored by 1 of 3")]
)
def test_revealed_early__row_says_how_many_scored(impact: int, effects: str) -> None:
    scores = {"U1": {"security": impact}}
    revealed = rank([Candidate(id=1, title="Old", revealed=True, scores=scores)])
    assert f" {effects} " in printed(revealed, 120)


SCORED = {f"U{number}": {"security": 3} for number in range(3)}


@pytest.mark.parametrize(
    ("fires", "title"),
    [
        (["security"], "Security is burning: projects that help it come first."),
        (["cost"], "Cost is burning: no ranked project helps it."),
        (
            ["cost", "security"],
            "Security and cost are burning: projects that help them come first.",
        ),
    ],
)
def test_fires__title_says_what_comes_first(fires: list[str], title: str) -> None:
    told, *_ = printed(
        rank([Candidate(id=1, title="Keys", scores=SCORED)], fires=fires), 100
    ).splitlines()
    assert told == title


def test_empty_board__prints_its_header() -> None:
    assert printed(rank([]), 80).split() == (
        ["Rank", "Project", "Needle", "Helps", "Backers", "Weeks"]
    )


@pytest.mark.parametrize(
    "title",
    [
        "[red]not red[/red]",
        "[/]",
        "[link=https://evil.test]needle[/link]",
        "one\ntwo\r\nthree",
        "\x1b[2J\x1b[31mred\x07",
        "\x9b31mred",
        "\u202egnp.exe",
        ":fire:",
        "🧨👩‍👩‍👧‍👦",
        "x" * 150,
    ],
)
@pytest.mark.parametrize("width", [80, 120])
def test_hostile_title__changes_no_layout(title: str, width: int) -> None:
    lines = printed(rank([Candidate(id=1, title=title)]), width).splitlines()
    assert len(lines) == 3  # a header, a section, the project
    assert "".join(lines).replace("\u200d", "").isprintable()  # some emoji are joined by it


@pytest.mark.parametrize("title", ["[red]not red[/red]", "[/]", ":fire:", "مرحبا", "🧨"])
def test_title__is_printed_unchanged(title: str) -> None:
    assert f"#1 {title} " in printed(rank([Candidate(id=1, title=title)]), 80)


def test_control_characters__are_removed_from_titles() -> None:
    projects = [
        Candidate(id=number, title=title[:150]) for number, title in enumerate(EVERY.values(), 1)
    ]
    assert not (set(CONTROL_CHARACTERS) - {ord("\n")}).intersection(
        map(ord, printed(rank(projects), 120))
    )
