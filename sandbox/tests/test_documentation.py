"""What README.md shows is run as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"^```\w+\n# (\w+\.\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_example_works_as_it_is_written(tmp_path: Path) -> None:
    shown = NAMED.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [name for name, _ in shown] == ["app.py", "app.yml", "test_app.py"]
    for name, text in shown:
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_app.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 passed" in run.stdout
