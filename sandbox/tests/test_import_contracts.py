"""The import contracts: they also cover new modules."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["name"] for contract in SETTINGS["tool"]["importlinter"]["contracts"]]
NEW_MODULES = {
    "slack_sandbox/model/new_module.py": "import slack_sandbox.server",
    "slack_sandbox/client/new_module.py": "import slack_sandbox.model.ids",
}


@pytest.mark.long
def test_module_that_breaks_a_contract__is_reported(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "slack_sandbox", tmp_path / "slack_sandbox")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, text in NEW_MODULES.items():
        (tmp_path / path).write_text(f"{text}\n", encoding="utf-8")
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},  # so that a contract's name stays on one line
        capture_output=True,
        text=True,
        check=False,
    )
    lines = result.stdout.splitlines()
    broken = [line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")]
    assert broken == CONTRACTS
