"""`needle` commands in processes that are forked from one with all imports, to start fast.

`tests/e2e/operations/test_wheel.py` starts `needle` as an operator does.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.cli.main import app

FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(
    ["__main__", "tests.support.process_runner", "tests.support.chaos.faulty_process"]
)
EXIT_TIMEOUT = 60  # seconds


class NeedleProcess:
    """A `needle` command in a folder, with only this environment. It writes to files."""

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        out: Path,
        errors: Path,
    ) -> None:
        self._process = FORKSERVER.Process(
            target=_run_in_child,
            args=(tuple(arguments), folder, dict(environment), out, errors),
            daemon=True,  # a failing test may leave a process: it ends with the test run
        )
        self._process.start()

    def send_signal(self, which: signal.Signals) -> None:
        if self._process.pid is not None:
            with suppress(ProcessLookupError):  # it has ended
                os.kill(self._process.pid, which)

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def wait(self, timeout: float = EXIT_TIMEOUT) -> int:
        """Return the exit status."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            self._process.kill()
            raise AssertionError(f"needle did not end in {timeout} s")
        return self._process.exitcode


@dataclass(frozen=True)
class CompletedCommand:
    returncode: int
    stdout: str
    stderr: str


def run_needle(
    *arguments: str, folder: Path, environment: Mapping[str, str], written: Path
) -> CompletedCommand:
    """Run a command, and return its exit status and output."""
    out, errors = written / "out", written / "errors"
    out.write_bytes(b"")
    errors.write_bytes(b"")
    status = NeedleProcess(arguments, folder, environment, out, errors).wait()
    return CompletedCommand(status, out.read_text("utf-8"), errors.read_text("utf-8"))


def _run_in_child(
    arguments: tuple[str, ...], folder: Path, environment: dict[str, str], out: Path, errors: Path
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for file, number in ((out, 1), (errors, 2)):
        with file.open("ab") as opened:
            os.dup2(opened.fileno(), number)
    sys.argv = ["needle", *arguments]
    app()
