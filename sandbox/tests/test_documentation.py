"""The README: its example runs, and its reference tables are complete."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import slack_sandbox.control.routes
import slack_sandbox.web_api.dispatch  # noqa: F401 — both imports fill the tables below
from slack_sandbox.control.actions.registry import ACTIONS
from slack_sandbox.delivery.events import NAMES, SCOPES
from slack_sandbox.web_api.methods.registry import METHODS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = re.compile(r"^```\w+\n# (\w+\.\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([\w./]+)`")
EVENTS = {
    *SCOPES.keys() - NAMES.keys(),
    *(name for names in NAMES.values() for name in names.values()),
}


def test_readme_example__passes(tmp_path: Path) -> None:
    examples = NAMED.findall(README)
    assert [name for name, _ in examples] == ["app.yml", "app.py", "test_app.py"]
    for name, text in examples:
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_app.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 passed" in run.stdout


@pytest.mark.parametrize(
    ("header", "column", "names"),
    [
        ("| Action | Fields |", 0, ACTIONS),
        ("| Family | Methods |", 1, METHODS),
        ("| Family | Events |", 1, {*EVENTS, "app_rate_limited"}),
    ],
    ids=["actions", "methods", "events"],
)
def test_reference_table__lists_every_name(header: str, column: int, names: Iterable[str]) -> None:
    rows = README.split(f"{header}\n")[1].split("\n\n")[0].splitlines()[1:]
    listed = [name for row in rows for name in CODE.findall(row.split("|")[column + 1])]
    assert sorted(listed) == sorted(names)
