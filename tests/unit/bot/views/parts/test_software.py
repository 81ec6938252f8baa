"""The line about the software that a team runs."""

import pytest

from bot.views.parts.software import software
from domain.projects.software import SoftwareBalance

WHOLE = SoftwareBalance(added=1, removed=2)


@pytest.mark.parametrize(
    ("shipped", "line"),
    [
        (
            SoftwareBalance(),
            "no change yet. When all projects have shipped: 1 added and 2 removed.",
        ),
        (
            SoftwareBalance(removed=1),
            "1 removed so far. When all projects have shipped: 1 added and 2 removed.",
        ),
        (WHOLE, "1 added and 2 removed."),
    ],
)
def test_projects_change_software__says_now_and_later(shipped: SoftwareBalance, line: str) -> None:
    [part] = software(shipped, WHOLE)
    assert part.text_lines == [f"Software you run: {line}"]


def test_no_project_changes_software__shows_nothing() -> None:
    assert software(SoftwareBalance(), SoftwareBalance()) == []
