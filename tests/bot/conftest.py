"""Golden files: what a view is, kept beside its test and read by people when it changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("golden")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="write tests/bot/golden/* anew, to be read before they are committed",
    )


@pytest.fixture
def is_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Whether that text is the one in the file of that name."""
    # With all of tests/ collected, this file is read too late for the option to be known.
    write = request.config.getoption("write_golden", default=False)

    def check(name: str, text: str) -> None:
        file = FOLDER / name
        if write:
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), "unknown: pytest tests/bot --write-golden makes it"
        assert text == file.read_text(encoding="utf-8")

    return check
