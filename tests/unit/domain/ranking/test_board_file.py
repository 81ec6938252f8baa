"""The board file format, and the error message for each kind of invalid file."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.ranking.board_file import BoardFile, InvalidBoardFile, parse_board_file
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank

KEYS = "security, availability, performance, scalability, cost, efficiency"
NINES = "9" * 5000


def a_board(**project: Any) -> str:
    return json.dumps({"projects": [{"id": 1, "title": "A"} | project]})


def scored(impact: str) -> str:
    return a_board(scores={"U1": {"security": "?"}}).replace('"?"', impact)


def with_charter(**charter: Any) -> str:
    return json.dumps({"charter": charter, "projects": []})


ONE = {"key": "a", "emoji": "a", "weight": 1}

COMPLAINTS = [
    ("", 'line 1, column 1: The file is empty. The smallest board is {"projects": []}'),
    (" \n", 'line 1, column 1: The file is empty. The smallest board is {"projects": []}'),
    ("{", "line 1, column 2: Expecting property name enclosed in double quotes"),
    ('{\n "projects": [\n  x]}', "line 3, column 3: Expecting value"),
    ("[]", "board: Input should be a valid object (got a list)"),
    ("null", "board: Input should be a valid object (got null)"),
    ("{}", "projects: Field required"),
    ('{"projects": {}}', "projects: Input should be a valid list (got an object)"),
    ('{"projects": [7]}', "projects[0]: Input should be a valid object (got 7)"),
    (
        '{"projects": [], "project": 1}',
        "project: Unknown key. Valid keys: charter, fires, projects",
    ),
    (
        '{"projects": [], "a\\nb": 1}',
        '["a\\nb"]: Unknown key. Valid keys: charter, fires, projects',
    ),
    ('{"projects": [{"id": 1}]}', "projects[0].title: Field required"),
    ('{"projects": [{"title": "A"}]}', "projects[0].id: Field required"),
    (
        a_board(titel="B"),
        "projects[0].titel: Unknown key. Valid keys: id, title, effort_weeks, backers",
    ),
    (
        '{"projects": [], "charter": {"rule": 1}}',
        "charter.rule: Unknown key. Valid keys: values, prior",
    ),
    (
        json.dumps(
            {
                "projects": [],
                "charter": {"values": [{"key": "luck", "emoji": "x", "weight": 1, "wight": 1}]},
            }
        ),
        "charter.values[0].wight: Unknown key."
        " Valid keys: key, emoji, weight, number_one, name, rubric",
    ),
    (a_board(title=""), 'projects[0].title: String should have at least 1 character (got "")'),
    (
        a_board(title="x" * 151),
        f'projects[0].title: String should have at most 150 characters (got "{"x" * 40}…")',
    ),
    (a_board(title=7), "projects[0].title: Input should be a valid string (got 7)"),
    (a_board(title="\ud800"), "projects[0].title: Input should be valid Unicode (got "),
    (a_board(id="1"), 'projects[0].id: Input should be a valid integer (got "1")'),
    (a_board(id=True), "projects[0].id: Input should be a valid integer (got true)"),
    (a_board(id=0), "projects[0].id: Input should be greater than or equal to 1 (got 0)"),
    (
        a_board(id=2**63),
        f"projects[0].id: Input should be less than or equal to {2**63 - 1} (got {2**63})",
    ),
    (
        a_board(id="?").replace('"?"', NINES),
        "projects[0].id: Input should be a valid integer (got Infinity)",
    ),
    (a_board(effort_weeks=-1), "projects[0].effort_weeks: Input should be greater than 0 (got -1)"),
    (
        a_board(effort_weeks=27),
        "projects[0].effort_weeks: Input should be less than or equal to 26 (got 27)",
    ),
    (
        a_board(effort_weeks=True),
        "projects[0].effort_weeks: Input should be a valid number (got true)",
    ),
    (
        a_board(effort_weeks="two"),
        'projects[0].effort_weeks: Input should be a valid number (got "two")',
    ),
    (
        a_board(effort_weeks=float("nan")),
        "projects[0].effort_weeks: Input should be a finite number (got NaN)",
    ),
    (a_board(backers="U1"), 'projects[0].backers: Input should be a valid list (got "U1")'),
    (a_board(backers=[1]), "projects[0].backers[0]: Input should be a valid string (got 1)"),
    (scored("4"), "projects[0].scores.U1.security: 4 is not between -3 and 3"),
    (scored("-4"), "projects[0].scores.U1.security: -4 is not between -3 and 3"),
    (
        scored(NINES),
        "projects[0].scores.U1.security: Input should be a valid integer (got Infinity)",
    ),
    (scored("1.5"), "projects[0].scores.U1.security: Input should be a valid integer (got 1.5)"),
    (scored("true"), "projects[0].scores.U1.security: Input should be a valid integer (got true)"),
    (scored("NaN"), "projects[0].scores.U1.security: Input should be a valid integer (got NaN)"),
    (
        a_board(scores={"U1": [1]}),
        "projects[0].scores.U1: Input should be a valid object (got a list)",
    ),
    (
        a_board(scores={"": {}}),
        'projects[0].scores[""]: String should have at least 1 character (got "")',
    ),
    (
        a_board(scores={"U\u202e1": {"cost": 9}}),
        'projects[0].scores["U\\u202e1"].cost: 9 is not between -3 and 3',
    ),
    (
        a_board(scores={"U1": {"speed": 1}}),
        f'projects[0].scores.U1.speed: "speed" is not one of {KEYS}',
    ),
    (
        a_board(quick_scores={"U1": ["cost", "speed"]}),
        f'projects[0].quick_scores.U1[1]: "speed" is not one of {KEYS}',
    ),
    (
        a_board(quorum_needed=0),
        "projects[0].quorum_needed: Input should be greater than or equal to 1 (got 0)",
    ),
    (a_board(revealed=1), "projects[0].revealed: Input should be a valid boolean (got 1)"),
    (a_board(owner=""), 'projects[0].owner: String should have at least 1 character (got "")'),
    (a_board(link=7), "projects[0].link: Input should be a valid string (got 7)"),
    (
        with_charter(backing_bonus=-0.1),
        "charter.backing_bonus: Input should be greater than or equal to 0 (got -0.1)",
    ),
    (
        with_charter(reveal_after_days=-1),
        "charter.reveal_after_days: Input should be greater than or equal to 0 (got -1)",
    ),
    (
        with_charter(reveal_after_days=1.5),
        "charter.reveal_after_days: Input should be a valid integer (got 1.5)",
    ),
    ('{"projects": [], "fires": ["speed"]}', f'fires[0]: "speed" is not one of {KEYS}'),
    (
        '{"projects": [{"id": 2, "title": "A"}, {"id": 2, "title": "B"}]}',
        "projects[1].id: 2 is also the id of projects[0]",
    ),
    (
        '{"projects": [{"id": 1, "title": "A", "scores": {"U1": {}, "U1": {}}}]}',
        'board: "U1" is repeated in one object',
    ),
    (with_charter(quorum=0), "charter.quorum: Input should be greater than or equal to 1 (got 0)"),
    (
        with_charter(quick_impact=4),
        "charter.quick_impact: Input should be less than or equal to 3 (got 4)",
    ),
    (with_charter(moves_at=0), "charter.moves_at: Input should be greater than 0 (got 0)"),
    (with_charter(values=[ONE]), "charter.values: List should have at least 2 items, not 1"),
    (with_charter(values=[ONE, ONE]), 'charter.values: "a" is repeated'),
    (
        with_charter(values=[ONE | {"weight": 0}]),
        "charter.values[0].weight: Input should be greater than 0 (got 0)",
    ),
    (with_charter(values=[ONE] * 9), "charter.values: List should have at most 8 items, not 9"),
    (
        with_charter(values=[ONE | {"key": "A"}, ONE]),
        "charter.values[0].key: String should match pattern '^[a-z][a-z0-9_]{0,29}$' (got \"A\")",
    ),
    ("[" * 100_000, "board: nested too deeply"),
    ('{"a":' * 100_000, "board: nested too deeply"),
]


@pytest.mark.parametrize(("text", "line"), COMPLAINTS, ids=[line[:60] for _, line in COMPLAINTS])
def test_invalid_board__error_is_one_line_with_its_path(text: str, line: str) -> None:
    with pytest.raises(InvalidBoardFile) as refusal:
        parse_board_file(text)
    assert str(refusal.value).startswith(line)
    assert str(refusal.value).isprintable()


def test_golden_board__is_parsed(golden_file: Path) -> None:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    board = parse_board_file(json.dumps(golden["board"]))
    assert [project.id for project in board.projects] == [*range(1, 13)]
    assert board.charter == DEFAULT_CHARTER


def test_board_round_trip__is_unchanged(golden_file: Path) -> None:
    golden = json.loads(golden_file.read_text(encoding="utf-8"))
    board = parse_board_file(json.dumps(golden["board"] | {"fires": ["cost"]}))
    text = board.model_dump_json(indent=1)
    assert parse_board_file(text) == board
    assert parse_board_file(text).model_dump_json(indent=1) == text
    assert json.loads(text)["projects"][0]["backers"] == ["U1", "U2", "U5"]


def test_partial_charter__uses_defaults_for_the_rest() -> None:
    board = parse_board_file(with_charter(quorum=1))
    assert board.charter == DEFAULT_CHARTER.model_copy(update={"quorum": 1})


def test_file_from_before_reveals__gets_the_defaults() -> None:
    # The keys that every export wrote until backers counted.
    charter = DEFAULT_CHARTER.model_dump(exclude={"backing_bonus", "reveal_after_days"})
    project = {
        "id": 1,
        "title": "A",
        "effort_weeks": None,
        "backers": ["U1"],
        "scores": {"U1": {"cost": 1}},
        "quick_scores": {},
    }
    board = parse_board_file(json.dumps({"charter": charter, "fires": [], "projects": [project]}))
    assert board.charter == DEFAULT_CHARTER
    [candidate] = board.projects
    assert (candidate.quorum_needed, candidate.revealed) == (None, False)
    assert (candidate.owner, candidate.link) == (None, None)


def test_owner_and_link__do_not_affect_the_ranking() -> None:
    scores = {f"U{number}": {"cost": 2} for number in range(3)}
    owned = a_board(scores=scores, owner="U1", link="https://tracker.example/PLAT-412")
    rankings = [rank(parse_board_file(text).projects) for text in (owned, a_board(scores=scores))]
    assert rankings[0].projects[0].candidate.link == "https://tracker.example/PLAT-412"
    written = [(each.needle, each.explain()) for ranking in rankings for each in ranking.projects]
    assert written[0] == written[1]


def test_no_opinion__survives_a_round_trip() -> None:
    board = parse_board_file(a_board(scores={"U1": {"cost": None, "security": 1}}))
    again = parse_board_file(board.model_dump_json())
    assert again.projects[0].scores == {"U1": {"cost": None, "security": 1}}


def test_custom_values__scores_and_fires_can_use_them() -> None:
    charter = {"values": [ONE, ONE | {"key": "b", "emoji": "b"}]}
    projects = [{"id": 1, "title": "A", "scores": {"U1": {"b": 1}}}]
    board = parse_board_file(json.dumps({"charter": charter, "projects": projects, "fires": ["a"]}))
    assert board.projects[0].scores == {"U1": {"b": 1}}


def test_byte_order_mark__is_ignored() -> None:
    assert parse_board_file('\ufeff{"projects": []}') == BoardFile(projects=[])


def test_board_built_in_code__is_validated_too() -> None:
    project = Candidate(id=1, title="A", scores={"U1": {"speed": 1}})
    with pytest.raises(ValidationError, match="speed"):
        BoardFile(projects=[project])


def test_long_object_with_a_repeated_key__is_refused_at_once() -> None:
    keys = [f'"{number}": 0' for number in range(30_000)]
    started = time.process_time()
    with pytest.raises(InvalidBoardFile, match=r'"29999" is repeated in one object'):
        parse_board_file(f"{{{', '.join([*keys, keys[-1]])}}}")
    assert time.process_time() - started < 2
