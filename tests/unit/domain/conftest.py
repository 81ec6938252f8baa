"""Fixtures: a board small enough to calculate by hand."""

from pathlib import Path

import pytest

from domain.ranking.candidate import Candidate


@pytest.fixture
def golden_file() -> Path:
    return Path(__file__).parent / "ranking" / "ranking.json"


@pytest.fixture
def keys_project() -> Candidate:
    """A project that three people score 3 for security, and one of them 1 for availability."""
    scores = {
        "U1": {"security": 3},
        "U2": {"security": 3},
        "U3": {"security": 3, "availability": 1},
    }
    return Candidate(id=2, title="Rotate every long-lived key", effort_weeks=2, scores=scores)
