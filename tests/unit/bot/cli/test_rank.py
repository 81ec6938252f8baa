"""`needle rank`: its help, its ranking, and its errors for invalid files."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

FORMAT = Path(__file__).parents[4] / "docs" / "board-format.md"


def rank(*arguments: str, board: str = "") -> Result:
    return CliRunner().invoke(app, ["rank", *arguments], input=board)


def ranks_of(board: str) -> list[int]:
    answer = rank("--json", board=board)
    assert answer.exit_code == 0, answer.output
    return [each["rank"] for each in json.loads(answer.stdout)["ranked"]]


def test_example_in_help__is_a_valid_board() -> None:
    answer = rank("--help")
    [example] = re.findall(r"^ +(\{\"projects\".*?\}\]\})", answer.output, re.DOTALL | re.MULTILINE)
    assert ranks_of(example) == [1]
    assert FORMAT.name in answer.output


def test_example_in_docs__is_a_valid_board() -> None:
    [example] = re.findall(r"```json\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    assert ranks_of(example) == [1]


def test_example_in_docs__is_explained_as_the_ranking_page_says() -> None:
    [example] = re.findall(r"```json\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    [ranked] = json.loads(rank("--json", board=example).stdout)["ranked"]
    page = FORMAT.with_name("ranking.md").read_text(encoding="utf-8")
    assert ranked["why"] in page.replace("\n> ", " ")


@pytest.mark.parametrize(
    ("arguments", "board", "said"),
    [
        (["nowhere.json"], "", "nowhere.json: No such file or directory"),
        (["/"], "", "/: Is a directory"),
        ([], "{", "line 1, column 2: Expecting property name enclosed in double quotes"),
        (
            ["--fire", "luck"],
            '{"projects": []}',
            "--fire: luck is not one of this board's values: security, ",
        ),
    ],
)
def test_bad_input__is_one_line_on_standard_error(
    arguments: list[str], board: str, said: str
) -> None:
    answer = rank(*arguments, board=board)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith(said)
    assert answer.stderr.count("\n") == 1
