"""The text of a command's input, from a file or standard input.

Spreadsheets mark UTF-8 and UTF-16 with a byte order mark. A file without the mark must be UTF-8,
because no program can tell older encodings apart.
"""

import codecs
import sys
from pathlib import Path

# https://www.unicode.org/faq/utf_bom.html#bom4
ENCODINGS_BY_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAVE_AS_UTF_8 = "Save it as UTF-8 (in Excel: CSV UTF-8)"


class UnreadableInput(ValueError):
    """Input that is missing or isn't text. The message says what to do, in one line."""


def read(file: str) -> str:
    """Return the text of a file, or standard input for `-`.

    Raise UnreadableInput if it can't be read.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{file}: {error.strerror}") from error
    try:
        return decode(data)
    except ValueError as error:
        name = "standard input" if file == "-" else file
        raise UnreadableInput(f"{name}: {error}") from error


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark.

    Raise ValueError for any other encoding. The message names the line.
    """
    encoding = next(
        (name for mark, name in ENCODINGS_BY_MARK.items() if data.startswith(mark)), "utf-8"
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} isn't in UTF-8. {SAVE_AS_UTF_8}") from error
    # UTF-16 or UTF-32 without a byte order mark is full of null characters.
    before, null, _ = text.partition("\0")
    if null:
        line = before.count("\n") + 1
        raise ValueError(f"line {line} has a null character, so it isn't text. {SAVE_AS_UTF_8}")
    return text
