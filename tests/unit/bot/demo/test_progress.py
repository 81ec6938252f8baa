"""Progress of the demo on a terminal and in a pipe."""

import io
import os
import re
import signal
import subprocess
import sys

import pytest
from rich.console import Console

from bot.demo.progress import MAX_SILENCE_SECONDS, ProgressLines, show_progress

PROGRESS = re.compile(r"(Before )?Q[1-4] \d{4}(, week \d+)? … (\d+)%")


class Seconds:
    """A clock that tests advance by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


def test_new_week__prints_a_line() -> None:
    out = io.StringIO()
    report = ProgressLines(Console(file=out), Seconds())
    report("Q3 2026, week 5", 0.306)
    report("Q3 2026, week 5", 0.32)
    report("Q3 2026, week 6", 0.35)
    assert out.getvalue() == "Q3 2026, week 5 … 31%\nQ3 2026, week 6 … 35%\n"


def test_long_week__prints_more_lines() -> None:
    out, seconds = io.StringIO(), Seconds()
    report = ProgressLines(Console(file=out), seconds)
    report("Q3 2026, week 5", 0.30)
    seconds.passed += MAX_SILENCE_SECONDS
    report("Q3 2026, week 5", 0.32)
    report("Q3 2026, week 5", 0.33)
    assert out.getvalue() == "Q3 2026, week 5 … 30%\nQ3 2026, week 5 … 32%\n"


def test_terminal__keeps_the_bar() -> None:
    out = io.StringIO()
    with show_progress(Console(file=out, force_terminal=True)) as report:
        report("Q3 2026, week 5", 0.31)
    assert "━" in out.getvalue()
    assert " … " not in out.getvalue()


@pytest.mark.long
def test_piped_demo__prints_progress_while_it_runs() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", "demo", "--once"],
        env={"PATH": os.environ["PATH"]},  # PYTHONUNBUFFERED would flush for us
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout
        assert demo.stdout.readline() == "Starting a local Slack and Needle …\n"
        assert demo.stdout.readline().startswith("Open http://127.0.0.1:")
        parts = [PROGRESS.fullmatch(demo.stdout.readline().rstrip()) for _ in range(5)]
        assert demo.poll() is None
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
    assert all(parts), parts
    percents = [int(part.group(3)) for part in parts if part]
    assert percents == sorted(percents)
    assert percents[-1] < 100
