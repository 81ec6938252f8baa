"""The line about the software that a team runs."""

import pytest

from bot.views.parts.software import software
from domain.projects.software import SoftwareBalance

WHOLE = SoftwareBalance(added=1, removed=2)
BALANCE = "1 project adds software, 2 projects remove software"


@pytest.mark.parametrize(
    ("shipped", "line"),
    [
        (
            SoftwareBalance(),
            f"no change yet. When all projects have shipped: {BALANCE}.",
        ),
        (
            SoftwareBalance(removed=1),
            f"so far, 1 project removes software. When all projects have shipped: {BALANCE}.",
        ),
        (WHOLE, f"{BALANCE}."),
    ],
)
def test_projects_change_software__says_now_and_later(shipped: SoftwareBalance, line: str) -> None:
    [part] = software(shipped, WHOLE)
    assert part.text_lines == [f"Software you run: {line}"]


def test_no_project_changes_software__shows_nothing() -> None:
    assert software(SoftwareBalance(), SoftwareBalance()) == []
