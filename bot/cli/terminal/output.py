"""What commands print: text for people, and data for other programs.

Standard output may have any encoding. A redirect on Windows, or `PYTHONIOENCODING`, can choose an
encoding that lacks most characters.
"""

import codecs
import os
import stat
import sys
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from bot.views.blocks.escape import strip_controls

# Python's name for an error handler: https://docs.python.org/3/library/codecs.html#error-handlers
SIMILAR_CHARACTERS = "needle_similar_characters"
SIMILAR = {
    "−": "-",
    "–": "-",
    "—": "-",
    "≈": "~",
    "·": "-",
    "•": "*",
    "→": "->",
    "…": "...",
    "⋯": "...",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}
# Excel opens a CSV file as UTF-8 only if it begins with this mark:
# https://support.microsoft.com/en-us/office/opening-csv-utf-8-files-correctly-in-excel-8a935af5-3416-4edd-ba7e-3dfd2bc4a032
BYTE_ORDER_MARK = "\ufeff"


class NeedleCommand(TyperGroup):
    """The `needle` command. It can print any text in any encoding, in its help too."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command."""
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors=SIMILAR_CHARACTERS)
        return super().main(*args, **kwargs)


def print_text(text: str, *, to_stderr: bool = False) -> None:
    """Print lines for people, without control characters, which people may have typed."""
    typer.echo(strip_controls(text), err=to_stderr)


def print_data(text: str) -> None:
    """Print data for other programs, in UTF-8 unless a person reads it in a terminal."""
    line = f"{text.rstrip()}\n"
    typer.echo(line if sys.stdout.isatty() else line.encode(), nl=False)


def print_csv(text: str) -> None:
    """Print CSV. If standard output is a file, start with the byte order mark that Excel needs.

    A program that reads from a pipe would take the mark for part of the first column's name.
    """
    print_data(BYTE_ORDER_MARK + text if _is_redirected_to_file() else text)


def _is_redirected_to_file() -> bool:
    """Return whether standard output is a regular file, not a terminal, pipe, or memory stream."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False


def _use_similar_characters(error: UnicodeError) -> tuple[str, int]:
    """Return a replacement for characters that the encoding lacks, and the position after them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(SIMILAR.get(character, "?") for character in missing), error.end


codecs.register_error(SIMILAR_CHARACTERS, _use_similar_characters)
