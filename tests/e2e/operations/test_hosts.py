"""Hosts that give Needle little: a user without an entry in /etc/passwd and without HOME."""

import os
import subprocess
import sys

import pytest

from tests.support.bot_process import ROOT

# Only root could become such a user, and a checkout may be readable by its owner only.
RUN_WITHOUT_PASSWD = """
import pwd

def getpwuid(uid):
    raise KeyError(f"getpwuid(): uid not found: {uid}")

pwd.getpwuid = getpwuid
from bot.cli.main import app
app()
"""
COMMANDS = [
    ("--version",),
    ("--help",),
    ("run",),
    ("doctor",),
    ("boards",),
    ("export",),
    ("rank", "/nowhere"),
    ("backup", "/nowhere/copy.db"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_user_without_name_or_home__gets_no_traceback(arguments: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-c", RUN_WITHOUT_PASSWD, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in result.stderr
    if result.returncode:
        assert len(result.stderr.splitlines()) == 1, result.stderr
