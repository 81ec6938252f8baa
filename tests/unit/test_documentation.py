"""docs/values.md and docs/guarantees.md name code and tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`((?:bot|domain|storage|tests)/[\w/]+\.py)(?:::(\w+))?`")
PAGES = [ROOT / "docs" / name for name in ("guarantees.md", "values.md")]
PLACES = sorted({each for page in PAGES for each in NAMED.findall(page.read_text("utf-8"))})


@pytest.mark.parametrize(("file", "test"), PLACES)
def test_it_is_there(file: str, test: str) -> None:
    code = (ROOT / file).read_text(encoding="utf-8")
    assert not test or f"def {test}(" in code


def test_it_names_some() -> None:
    assert len(PLACES) > 30
