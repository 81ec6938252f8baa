"""Fixtures: the golden board, and a project small enough to calculate by hand."""

from pathlib import Path

import pytest

from domain.ranking.candidate import Candidate


@pytest.fixture
def golden_file() -> Path:
    return Path(__file__).parent / "ranking" / "ranking.json"


@pytest.fixture
def keys_project() -> Candidate:
    """Return a project that three people score security +3, and one availability +1."""
    scores = {
        "U1": {"security": 3},
        "U2": {"security": 3},
        "U3": {"security": 3, "availability": 1},
    }
    return Candidate(id=2, title="Rotate every long-lived key", effort_weeks=2, scores=scores)
