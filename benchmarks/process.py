"""The start and the memory of `needle run`, compared with an empty Bolt app of the same imports."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.row import Row, at_most
from slack_sandbox.server import Sandbox
from storage.database import open_database

ROOT = Path(__file__).parents[1]
NEEDLE = (sys.executable, "-m", "bot.cli.main", "run")
EMPTY_APP = (sys.executable, "-m", "benchmarks.empty_app")
IMPORTS = "import sys, bot.cli.main; print(*sys.modules)"
OWN_PACKAGES = ("bot", "domain", "storage")
READY = ("bot_started", "connected")  # what each prints when it is connected to Slack
ROUNDS = 5
SETTLING_SECONDS = 2.0  # after which the memory is read
KIBIBYTES_PER_MEBIBYTE = 1024


@dataclass(frozen=True)
class Start:
    """A start of a process: the CPU seconds until it was ready, and its memory soon after."""

    seconds: float
    mebibytes: float


def measure(folder: Path) -> Iterator[Row]:
    """Start the processes in turn, and compare the fastest start and the least memory of each."""
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    url = f"sqlite:///{folder}/needle.db"
    open_database(url).close()
    modules = needle_modules()
    libraries = [name for name in modules if name.partition(".")[0] not in OWN_PACKAGES]
    commands = (NEEDLE, (*EMPTY_APP, *modules), (*EMPTY_APP, *libraries))
    starts: list[list[Start]] = [[] for _ in commands]
    with Sandbox(manifest) as sandbox:
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": url,
        }
        for _ in range(ROUNDS):
            for command, measured in zip(commands, starts, strict=True):
                measured.append(_start(command, environment))
    seconds = [min(each.seconds for each in measured) for measured in starts]
    mebibytes = [min(each.mebibytes for each in measured) for measured in starts]
    yield Row(
        "start to ready",
        seconds[0] / seconds[1],
        at_most(1.2),
        "an empty Bolt Socket Mode app with the same imports, in CPU time",
    )
    yield Row(
        "resident memory",
        mebibytes[0] / mebibytes[2],
        at_most(1.3),
        "an empty Bolt Socket Mode app with the same imports, without Needle's own modules",
    )


def needle_modules() -> list[str]:
    """Return the modules that `needle run` imports, in their order."""
    loaded = subprocess.run(
        (sys.executable, "-c", IMPORTS), cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return [name for name in loaded if name not in ("__main__", "__mp_main__")]


def _start(command: tuple[str, ...], environment: dict[str, str]) -> Start:
    """Start a process, wait until it is ready, and kill it."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            if any(ready in line for ready in READY):
                break
        else:
            raise RuntimeError(f"{command[2]} ended before it was ready")
        seconds = _cpu_seconds(process.pid)
        time.sleep(SETTLING_SECONDS)
        mebibytes = _resident_kibibytes(process.pid) / KIBIBYTES_PER_MEBIBYTE
        process.kill()
    return Start(seconds, mebibytes)


def _cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of all threads of a process (Linux only)."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    user, system = after_name[11:13]  # https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _resident_kibibytes(pid: int) -> int:
    """Return what the kernel counts as the process's resident memory (Linux only)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    [line] = [each for each in status.splitlines() if each.startswith("VmRSS:")]
    return int(line.split()[1])
