"""An installed wheel has all that it needs, with the sandbox and without."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.running import ROOT

pytestmark = pytest.mark.long

OF_THE_SANDBOX = frozenset({"starlette", "uvicorn", "websockets"})
OURS = frozenset(
    {"bot", "domain", "slack_sandbox", "storage"}
)  # an editable install has parts of them


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    return built


def install(wheel: Path, folder: Path, *, without: frozenset[str] = frozenset()) -> Path:
    """The Python of a new environment with the wheel and what this one has; not the checkout."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    zipfile.ZipFile(wheel).extractall(packages)
    for each in Path(sysconfig.get_path("purelib")).iterdir():
        ours = each.name in OURS or "needle" in each.name or each.suffix == ".pth"
        if not ours and each.name not in without:
            (packages / each.name).symlink_to(each)
    return python


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}


def test_the_demo_runs_from_a_wheel_and_says_when_it_has_ended(wheel: Path, tmp_path: Path) -> None:
    python = install(wheel, tmp_path / "installed")
    with subprocess.Popen(
        [python, "-m", "bot.cli.main", "demo"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout
        first = demo.stdout.readline()
        [page] = re.findall(r"http://127\.0\.0\.1:\d+/", first)
        with urlopen(page) as answer:  # noqa: S310 — a sandbox of ours
            assert "<html" in answer.read().decode()
        demo.send_signal(signal.SIGINT)
        said = demo.stdout.read().splitlines()
    assert said[-1] == "The demo has ended: its Slack and its store are gone."
    assert demo.returncode == 0


def test_without_the_sandbox_the_demo_says_how_to_get_it(wheel: Path, tmp_path: Path) -> None:
    python = install(wheel, tmp_path / "installed", without=OF_THE_SANDBOX)
    answer = subprocess.run(
        [python, "-m", "bot.cli.main", "demo"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert re.fullmatch(
        r"The demo needs \w+: run `pip install '\.\[sandbox\]'` in Needle's folder\n", answer.stderr
    )
