"""The README: its example runs, and its reference tables are complete."""

import dataclasses
import inspect
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

import slack_sandbox.web_api.dispatch  # noqa: F401 — the import fills METHODS
from slack_sandbox.client.client import Person, SandboxClient
from slack_sandbox.control.actions.registry import ACTIONS
from slack_sandbox.control.fault_routes import FaultRoutes
from slack_sandbox.control.routes import ControlRoutes
from slack_sandbox.delivery.events import NAMES, SCOPES
from slack_sandbox.faults.delivery_faults import DeliveryFault
from slack_sandbox.faults.http_faults import HttpFault
from slack_sandbox.model.manifest import read_manifest
from slack_sandbox.server import Sandbox
from slack_sandbox.slack import Slack, SlackSettings
from slack_sandbox.web_api.methods.registry import METHODS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED_EXAMPLE = re.compile(r"^```\w+\n# (\w+\.\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"--[a-z-]+")
CODE = re.compile(r"`([\w./]+)`")
EVENTS = {
    *SCOPES.keys() - NAMES.keys(),
    *(name for names in NAMES.values() for name in names.values()),
}


def test_readme_example__passes(tmp_path: Path) -> None:
    examples = NAMED_EXAMPLE.findall(README)
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
    listed = [name for cell in table_column(header, column) for name in CODE.findall(cell)]
    assert sorted(listed) == sorted(names)


def table_column(header: str, column: int) -> list[str]:
    rows = README.split(f"{header}\n")[1].split("\n\n")[0].splitlines()[1:]
    return [row.split("|")[column + 1] for row in rows]


def test_methods_that_are_missing__are_not_supported() -> None:
    missing = README.split("bots often use:\n")[1].split("| Family | Methods |")[0]
    assert len(names := CODE.findall(missing)) > 20
    assert not {*names} & METHODS.keys()


def test_command__options_are_documented() -> None:
    usage = subprocess.run(
        [sys.executable, "-m", "slack_sandbox", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    documented = {
        option
        for cell in table_column("| Option | Meaning | Default |", 0)
        for option in OPTION.findall(cell)
    }
    assert documented == {*OPTION.findall(usage)} - {"--help"}


def test_server__options_are_documented() -> None:
    parameters = [*inspect.signature(Sandbox).parameters]
    header = "| Option of `Sandbox` | Meaning | Default |"
    listed = [name for cell in table_column(header, 0) for name in CODE.findall(cell)]
    assert ["manifest", *listed] == parameters


def test_control_endpoints__are_documented() -> None:
    slack = Slack(read_manifest({}), "http://127.0.0.1", SlackSettings(time.time))
    paths = {
        re.sub(r"{(\w+)}", lambda match: match[1].upper(), getattr(route, "path", ""))
        for route in (*ControlRoutes(slack).routes(), *FaultRoutes(slack).routes())
    }
    cells = [*table_column("| Request | Result |", 0), *table_column("| Request | Fields |", 0)]
    listed = {path for cell in cells for path in re.findall(r"/control/[\w/]+", cell)}
    connections = re.compile(r"^/control/connections/\w+")
    assert {connections.sub("/control/connections/ACTION", path) for path in listed} == paths


def test_client__methods_are_documented() -> None:
    methods = {name for cls in (Person, SandboxClient) for name in public_names(cls)}
    called = {
        *re.findall(r"\b(?:mia|ana|slack)\.(\w+)\(", README),
        *re.findall(r"`mia\.(\w+)`", README),
        *re.findall(r"`\.(\w+)\(", README),
    }
    assert called == methods


def public_names(cls: type) -> list[str]:
    return [name for name in vars(cls) if not name.startswith("_")]


@pytest.mark.parametrize("fault", [HttpFault, DeliveryFault])
def test_fault__options_are_documented(fault: type[HttpFault | DeliveryFault]) -> None:
    options = {field.name for field in dataclasses.fields(fault) if field.init}
    section = README.split("## Inject faults")[1].split("\n## ")[0]
    assert options - {*re.findall(r"\w+", section)} == set()
