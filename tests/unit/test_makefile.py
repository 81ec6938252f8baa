"""The Makefile: what `make help` lists."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def make(*arguments: str) -> str:
    """Return what make prints."""
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],  # noqa: S607 — wherever make is installed
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_no_target__prints_the_help() -> None:
    assert make() == make("help")


def test_help__lists_every_target() -> None:
    [phony] = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^  make ([a-z-]+) ", make(), re.MULTILINE) == phony.split()
