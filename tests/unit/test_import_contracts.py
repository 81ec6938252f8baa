"""Import contracts also apply to modules that don't exist yet."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["name"] for contract in SETTINGS["tool"]["importlinter"]["contracts"]]
PACKAGES = ("bot", "domain", "sandbox/slack_sandbox", "storage")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / Path(package).name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(copy: Path) -> list[str]:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=copy,
        env={**os.environ, "COLUMNS": "200"},  # so that a contract's name stays on one line
        capture_output=True,
        text=True,
        check=False,
    )
    lines = result.stdout.splitlines()
    return [line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")]


@pytest.mark.long
def test_new_module_breaks_each_contract__all_are_reported(copy: Path) -> None:
    for new_module, imports in {
        "bot/new_module.py": "import slack_sandbox.server",
        "bot/listeners/new_module.py": "import bot.demo.script, sqlmodel",
        "bot/presenters/new_module.py": "import bot.views.blocks.block_kit",
        "bot/slack/new_module.py": "import domain.formatting",
        "bot/views/blocks/new_module.py": "import bot.views.posts.card, storage.tables",
        "domain/new_module.py": "import storage.tables",
        "storage/new_module.py": "import slack_sdk",
        "slack_sandbox/new_module.py": "import domain.formatting",
    }.items():
        (copy / new_module).write_text(f"{imports}\n", encoding="utf-8")
    assert broken_contracts(copy) == CONTRACTS
