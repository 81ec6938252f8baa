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

# An editable install puts parts of these packages into site-packages.
PROJECT_PACKAGES = frozenset({"bot", "domain", "slack_sandbox", "storage"})


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return Needle's wheel and the sandbox's."""
    return build_wheel(ROOT, tmp_path_factory), build_wheel(ROOT / "sandbox", tmp_path_factory)


def build_wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
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
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        is_project_package = path.name in PROJECT_PACKAGES or path.name.startswith(
            ("needle", "slack_sandbox")
        )
        if not is_project_package and path.suffix != ".pth":
            (packages / path.name).symlink_to(path)
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
        with urlopen(page) as response:  # noqa: S310 — the demo's sandbox
            assert "<html" in response.read().decode()
        demo.send_signal(signal.SIGINT)
        output = demo.stdout.read().splitlines()
    assert output[-1] == "The demo has ended. Its Slack workspace and its database are deleted."
    assert demo.returncode == 0


def test_demo_without_sandbox__says_how_to_install_it(
    wheels: tuple[Path, Path], tmp_path: Path
) -> None:
    python = install(tmp_path / "installed", wheels[0])
    result = subprocess.run(
        [python, "-m", "bot.cli.main", "demo"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        "The demo needs slack_sandbox. Run `pip install ./sandbox` in Needle's folder.\n"
    )


def test_needle_wheel__does_not_name_the_sandbox(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as needle:
        [metadata] = [path for path in needle.namelist() if path.endswith("/METADATA")]
        text = needle.read(metadata).decode().partition("\n\n")[0]
        assert text.startswith("Metadata-Version")
        assert "Name: needle-slack" in text
        assert "sandbox" not in text
        assert not [path for path in needle.namelist() if path.startswith(("sandbox", "slack_s"))]
