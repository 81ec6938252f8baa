"""Log lines: one JSON object for each event, with its fields and without tokens."""

import json
import logging
import sys
from typing import Any

from bot.service.logs import JsonFormatter


def written(message: str, *args: object, **given: Any) -> dict[str, Any]:
    record = logging.getLogger("needle").makeRecord(
        "needle", logging.INFO, __file__, 1, message, args, **given
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def test_extra_fields__are_in_the_line() -> None:
    said = written("posted", exc_info=None, extra={"board": 1, "subject": "12"})
    assert (said["event"], said["board"], said["subject"]) == ("posted", 1, "12")
    assert (said["level"], said["logger"]) == ("info", "needle")


def test_traceback__is_part_of_the_line() -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        said = written("failed", exc_info=sys.exc_info())
    assert "ValueError: first\nsecond" in said["traceback"]


def test_tokens_in_message_or_field__are_masked() -> None:
    bot, app = "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy", "xapp-1-A123-456-abc_def"
    rotated = "xoxe.xoxb-1-My0xLWFi"
    said = json.dumps(written("refused %s", app, exc_info=None, extra={"header": [bot, rotated]}))
    for secret in (bot, app, rotated):
        assert secret not in said
    assert said.count("x…-hidden".encode("unicode_escape").decode()) == 3
