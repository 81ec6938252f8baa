"""A board small enough to reckon by hand."""

from pathlib import Path

import pytest

from domain.ranking.candidate import Candidate


@pytest.fixture
def golden_file() -> Path:
    return Path(__file__).parent / "ranking" / "ranking.json"


@pytest.fixture
def keys_project() -> Candidate:
    """Three people give security 3, one of them availability 1 too."""
    scores = {
        "U1": {"security": 3},
        "U2": {"security": 3},
        "U3": {"security": 3, "availability": 1},
    }
    return Candidate(id=2, title="Rotate every long-lived key", effort_weeks=2, scores=scores)
