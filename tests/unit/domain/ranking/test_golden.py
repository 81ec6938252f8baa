"""Worked examples: one board without a fire, with one fire, and with two."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.ranking.board_file import parse_board_file
from domain.ranking.ranking import RankedProject, rank


@pytest.mark.parametrize("case", ["calm", "security_fire", "two_fires"])
def test_a_worked_case_comes_out_to_six_decimals(golden_file: Path, case: str) -> None:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    board = parse_board_file(json.dumps(golden["board"]))
    expected = golden["cases"][case]

    ranking = rank(board.projects, board.charter, expected["fires"])

    assert [_as_written(each) for each in ranking.projects] == expected["ranked"]


def _as_written(ranked: RankedProject) -> dict[str, Any]:
    return {
        "id": ranked.candidate.id,
        "section": ranked.section,
        "rank": ranked.rank,
        "needle": round(ranked.needle, 6),
        "impact": {key: round(x, 6) for key, x in ranked.impact.items()},
        "moved": list(ranked.moved),
        "too_close_to": list(ranked.too_close_to),
    }
