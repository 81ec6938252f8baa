"""The log: one JSON object per line on standard error, with tokens masked."""

import json
import logging
import re
from datetime import UTC, datetime

# Slack's tokens: https://docs.slack.dev/authentication/tokens
TOKEN = re.compile(r"x(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+")
MASK = "x…-hidden"
# The attributes of every record. Any others came in `extra`.
STANDARD_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
}


class JsonFormatter(logging.Formatter):
    """A formatter that renders a record as JSON: timestamp, level, logger, event, and fields."""

    def format(self, record: logging.LogRecord) -> str:
        timestamp = datetime.fromtimestamp(record.created, UTC)
        line = {
            "timestamp": timestamp.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **{key: x for key, x in vars(record).items() if key not in STANDARD_ATTRIBUTES},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return TOKEN.sub(MASK, json.dumps(line, ensure_ascii=False, default=str))


def configure_logging() -> None:
    """Log events of level INFO and above to standard error as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for verbose_library in ("apscheduler", "alembic"):
        logging.getLogger(verbose_library).setLevel(logging.WARNING)
