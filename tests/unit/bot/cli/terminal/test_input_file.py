"""Files of any encoding: read if a mark or UTF-8 says how, and otherwise refused in one line."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.main import app
from bot.cli.terminal.input_file import decode

TEXT = '{"projects": [{"id": 1, "title": "Déménager 🧨"}]}'
SAVE_IT = "Save it as UTF-8 (in Excel: CSV UTF-8)\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_file_that_says_its_encoding__is_read(encoding: str, tmp_path: Path) -> None:
    data, file = TEXT.encode(encoding), tmp_path / "board.json"
    file.write_bytes(data)
    from_file = CliRunner().invoke(app, ["rank", "--json", str(file)])
    assert from_file.exit_code == 0, from_file.stderr
    assert json.loads(from_file.stdout)["ranked"][0]["id"] == 1
    assert CliRunner().invoke(app, ["rank", "--json", "-"], input=data).stdout == from_file.stdout


def test_big_endian_mark__is_read() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"kind\n{TEXT}".encode("cp1252", "replace"), "line 2 isn't in UTF-8. "),
        (f"kind\n\n{TEXT}".encode("mac-roman", "replace"), "line 3 isn't in UTF-8. "),
        (TEXT.encode("utf-16-le"), "line 1 "),
        (TEXT.encode("utf-32"), "line 1 "),
        (b"\xff\xfe\x00\xd8\x00", "line 1 isn't in UTF-8. "),
        (b"kind\na\x00b", "line 2 has a null character, so it isn't text. "),
        (b"\x89PNG\r\n\x1a\n", "line 1 isn't in UTF-8. "),
    ],
)
@pytest.mark.parametrize("command", [["rank"], ["import", "toil"]], ids=" ".join)
def test_other_encoding__is_refused_with_what_to_do(
    command: list[str], data: bytes, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    result = CliRunner().invoke(app, [*command, str(file)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}: {said}")
    assert result.stderr.endswith(SAVE_IT)
    assert result.stderr.count("\n") == 1
    standard_input = CliRunner().invoke(app, [*command, "-"], input=data)
    assert standard_input.stderr == result.stderr.replace(str(file), "standard input")


@given(st.binary())
def test_any_bytes__are_text_without_nulls_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ValueError as error:
        assert SAVE_IT.strip() in str(error)  # noqa: PT017 — most bytes are refused
    else:
        assert "\0" not in text
        assert len(text) <= len(data)
