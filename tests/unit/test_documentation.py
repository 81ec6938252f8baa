"""Documentation: the files, tests and pages that it names exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for glob in ("*.md", "docs/**/*.md", "sandbox/*.md") for page in ROOT.glob(glob)
)
NAMED = re.compile(
    r"`((?:bot|docs|domain|requirements|sandbox|storage|tests)/[\w./-]*)(?:::(\w+))?`"
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_in_docs__exist(page: Path) -> None:
    roots = {ROOT, page.parent}  # the sandbox's pages name files of their own project
    named = NAMED.findall(page.read_text("utf-8"))
    missing = [path for path, _ in named if not any((root / path).exists() for root in roots)]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_tests_in_docs__exist(page: Path) -> None:
    named = [(path, test) for path, test in NAMED.findall(page.read_text("utf-8")) if test]
    missing = [
        f"{path}::{test}"
        for path, test in named
        if f"def {test}(" not in (ROOT / path).read_text("utf-8")
    ]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_in_docs__lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_values_page__names_code_and_tests() -> None:
    assert len(NAMED.findall((ROOT / "docs/values.md").read_text("utf-8"))) > 30
