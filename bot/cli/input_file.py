"""The input of a command, from a file or standard input."""

import sys
from pathlib import Path

from domain.ranking.board_file import InvalidBoardFile


def read(file: str) -> str:
    """Return the text of a file, or standard input for `-`.

    Raise InvalidBoardFile if it can't be read.
    """
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidBoardFile(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidBoardFile(f"{file}: {error}") from error
