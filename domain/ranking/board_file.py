"""Board file format: `needle export` writes it and `needle rank` reads it."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from domain.formatting import is_blank
from domain.ranking.candidate import Candidate, ValueKey
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.validation_messages import ModelsByPath, first_error, format_path, quote

MAX_INTEGER_DIGITS = 20


class InvalidBoardFile(ValueError):
    """An invalid board file. The text is one line that says where the error is."""


class BoardFile(BaseModel):
    """A board's projects, charter and fires."""

    model_config = ConfigDict(extra="forbid")

    charter: Charter = DEFAULT_CHARTER
    fires: list[ValueKey] = []
    projects: list[Candidate]

    @model_validator(mode="after")
    def _fits_together(self) -> "BoardFile":
        for problem in (*self._repeated_ids(), *self._unknown_values()):
            raise ValueError(problem)
        return self

    def _repeated_ids(self) -> Iterator[str]:
        first_index: dict[int, int] = {}
        for index, project in enumerate(self.projects):
            first = first_index.setdefault(project.id, index)
            if first != index:
                path = format_path("projects", index, "id")
                yield f"{path}: {project.id} is also the id of projects[{first}]"

    def _unknown_values(self) -> Iterator[str]:
        known = frozenset(self.charter.keys)
        for path, key in self._named_values():
            if key not in known:
                keys = ", ".join(self.charter.keys)
                yield f"{format_path(*path)}: {quote(key)} is not one of {keys}"

    def _named_values(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield each value's key in the file with its path."""
        for index, key in enumerate(self.fires):
            yield ("fires", index), key
        for index, project in enumerate(self.projects):
            path = ("projects", index)
            for person, score in project.scores.items():
                for key in score:
                    yield (*path, "scores", person, key), key
            for person, keys in project.quick_scores.items():
                for position, key in enumerate(keys):
                    yield (*path, "quick_scores", person, position), key


MODELS_BY_PATH: ModelsByPath = {
    (): BoardFile,
    ("projects",): Candidate,
    ("charter",): Charter,
    ("charter", "values"): Value,
}


def parse_board_file(text: str) -> BoardFile:
    """Read a board, or raise a InvalidBoardFile."""
    text = text.removeprefix("\ufeff")  # some editors start a file with a byte order mark
    if not text.strip():
        raise InvalidBoardFile(
            'line 1, column 1: The file is empty. The smallest board is {"projects": []}'
        )
    try:
        data = json.loads(text, parse_int=_parse_integer, object_pairs_hook=_reject_repeated_keys)
    except json.JSONDecodeError as error:
        message = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise InvalidBoardFile(message) from None
    except RecursionError:
        raise InvalidBoardFile("board: nested too deeply") from None
    try:
        board = BoardFile.model_validate(data)
    except ValidationError as error:
        raise InvalidBoardFile(first_error(error, MODELS_BY_PATH)) from None
    for index, project in enumerate(board.projects):
        if is_blank(project.title):
            path = format_path("projects", index, "title")
            raise InvalidBoardFile(f"{path}: {quote(project.title)} has no visible character")
    return board


def _parse_integer(digits: str) -> int | float:
    """Parse an integer, or a float if it is too long for any field.

    Validation then names its path, and no time goes into a huge integer.
    """
    return int(digits) if len(digits) <= MAX_INTEGER_DIGITS else float(digits)


def _reject_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raise InvalidBoardFile if a key is repeated.

    JSON would silently keep the last of two, and lose a score.
    """
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise InvalidBoardFile(f"board: {quote(key)} is repeated in one object")
        data[key] = value
    return data
