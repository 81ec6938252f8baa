"""What commands print, to a redirect of any encoding, into a pipe, and to a terminal."""

import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.cli.terminal.output import print_csv, print_text
from domain.projects.proposal import Proposal
from domain.ranking.board_file import parse_board_file
from tests.support.listener_harness import ListenerHarness

TITLE = "Déménager « NAT » – 🧨 ≈ 界"
RANKED = {who: {"performance": -3, "cost": 1} for who in ("U1", "U2", "U3")}
BOARD_FILE = json.dumps({"projects": [{"id": 1, "title": TITLE, "scores": RANKED}]})
COMMANDS = [
    ["--help"],
    ["rank", "--help"],
    ["rank"],
    ["rank", "--json"],
    ["boards"],
    ["export"],
    ["export", "--format", "csv"],
    ["export", "--format", "md"],
    ["post", "digest", "--dry-run"],
    ["post", "roadmap", "--dry-run"],
]
ENCODINGS = ["cp1252", "ascii", "utf-8"]


def run(
    arguments: Sequence[str], encoding: str = "utf-8", store: Path | None = None, given: str = ""
) -> Result:
    """Run a command whose standard output is redirected to a file in this encoding."""
    variables = {"DATABASE_URL": f"sqlite:///{store}"} if store else {}
    runner = CliRunner(charset=encoding)
    return runner.invoke(app, list(arguments), input=given.encode(), env=variables)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_redirect_in_any_encoding__gets_the_output(
    command: list[str], encoding: str, team: ListenerHarness, tmp_path: Path
) -> None:
    team.channel.proposes("V1", Proposal(title=TITLE, summary=f"What it is about: {TITLE}"))
    result = run(command, encoding, tmp_path / "needle.db", BOARD_FILE)
    assert result.exception is None
    assert result.stdout_bytes


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_data__is_utf_8_in_any_redirect(
    encoding: str, team: ListenerHarness, tmp_path: Path
) -> None:
    team.channel.proposes("V1", Proposal(title=TITLE, summary=f"What it is about: {TITLE}"))
    store = tmp_path / "needle.db"
    board = run(["export"], encoding, store).stdout_bytes.decode()
    assert parse_board_file(board).projects[0].title == TITLE
    table = run(["export", "--format", "csv"], encoding, store).stdout_bytes
    assert TITLE in table.decode()
    [ranked] = json.loads(run(["rank", "--json"], encoding, given=BOARD_FILE).stdout_bytes)[
        "ranked"
    ]
    assert "−" in ranked["why"]


def test_missing_characters__are_replaced_by_similar_ones() -> None:
    told = run(["rank"], "ascii", given=BOARD_FILE).stdout_bytes.decode("ascii")
    assert "#1 D?m?nager ? NAT ? - ? ~ ?" in told
    assert "-performance" in told


def test_csv_for_a_file__starts_with_the_mark_that_excel_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "board.csv"
    with path.open("w") as file:
        monkeypatch.setattr(sys, "stdout", file)
        print_csv("rank\n1\n")
    assert path.read_bytes() == b"\xef\xbb\xbfrank\n1\n"


def test_csv_for_a_pipe__has_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as pipe, os.fdopen(writing, "w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        print_csv("rank\n1\n")
        stdout.close()
        assert pipe.read() == b"rank\n1\n"


def test_csv_for_a_stream_in_memory__has_no_mark(team: ListenerHarness, tmp_path: Path) -> None:
    team.channel.proposes("V1", Proposal(title=TITLE, summary=f"What it is about: {TITLE}"))
    written = run(["export", "--format", "csv"], store=tmp_path / "needle.db").stdout_bytes
    assert written.startswith(b"rank,project,title,")


class Terminal(io.TextIOWrapper):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_csv_for_a_terminal__has_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", screen)
    print_csv("rank\n1\n")
    screen.flush()
    assert screen.buffer.getvalue() == b"rank\n1\n"  # type: ignore[attr-defined]


def test_control_characters__are_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print_text("#ops\x1b[31m\u202e\nsecond line")
    assert capsys.readouterr().out == "#ops[31m\nsecond line\n"


def test_ranking_into_a_pipe__has_whole_titles() -> None:
    title = f"Retire the last NAT box 🚀 {'x' * 120}"
    names = {"projects": [{"id": 1, "title": title, "scores": RANKED}]}
    lines = run(["rank"], given=json.dumps(names)).stdout.splitlines()
    assert len(lines) == 3  # a header, a section, the project
    assert title in lines[2]
