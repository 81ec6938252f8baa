"""`needle demo` on a host where it can't run."""

import tempfile

import pytest
from typer.testing import CliRunner

from bot.cli.main import app


def test_nowhere_to_write__demo_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere"])
    result = CliRunner().invoke(app, ["demo"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "The demo can't write temporary files. Set TMPDIR to a writable folder.\n"
    )
