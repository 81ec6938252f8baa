"""An installed wheel is complete, with and without the sandbox."""

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

from tests.support.bot_process import ROOT

pytestmark = pytest.mark.long

OURS = frozenset(
    {"bot", "domain", "slack_sandbox", "storage"}
)  # an editable install has parts of them


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return Needle's wheel and the sandbox's."""
    return built(ROOT, tmp_path_factory), built(ROOT / "sandbox", tmp_path_factory)


def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=project,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    return wheel


def install(folder: Path, *wheels: Path) -> Path:
    """Install wheels, and the dependencies that this environment has, but not the checkout.

    Return the Python of the new environment.
    """
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    for wheel in wheels:
        zipfile.ZipFile(wheel).extractall(packages)
    for each in Path(sysconfig.get_path("purelib")).iterdir():
        ours = each.name in OURS or each.name.startswith(("needle", "slack_sandbox"))
        if not ours and each.suffix != ".pth":
            (packages / each.name).symlink_to(each)
    return python


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}


def test_demo_from_wheels__runs_and_says_when_it_ended(
    wheels: tuple[Path, Path], tmp_path: Path
) -> None:
    python = install(tmp_path / "installed", *wheels)
    with subprocess.Popen(
        [python, "-m", "bot.cli.main", "demo"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout
        assert "Starting a local Slack" in demo.stdout.readline()
        [page] = re.findall(r"http://127\.0\.0\.1:\d+/", demo.stdout.readline())
        with urlopen(page) as answer:  # noqa: S310 — a sandbox of ours
            assert "<html" in answer.read().decode()
        demo.send_signal(signal.SIGINT)
        said = demo.stdout.read().splitlines()
    assert said[-1] == "The demo has ended. Its Slack workspace and its database are deleted."
    assert demo.returncode == 0


def test_demo_without_sandbox__says_how_to_install_it(
    wheels: tuple[Path, Path], tmp_path: Path
) -> None:
    python = install(tmp_path / "installed", wheels[0])
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
    assert answer.stderr == (
        "The demo needs slack_sandbox. Run `pip install ./sandbox` in Needle's folder.\n"
    )


def test_needle_wheel__does_not_name_the_sandbox(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as needle:
        [metadata] = [each for each in needle.namelist() if each.endswith("/METADATA")]
        text = needle.read(metadata).decode().partition("\n\n")[0]
        assert text.startswith("Metadata-Version")
        assert "Name: needle-slack" in text
        assert "sandbox" not in text
        assert not [each for each in needle.namelist() if each.startswith(("sandbox", "slack_s"))]
