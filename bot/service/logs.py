"""What is written down while the bot works: one line of JSON an event, and no secret in it."""

import json
import logging
import re
from datetime import UTC, datetime

# Slack's tokens: https://docs.slack.dev/authentication/tokens
TOKEN = re.compile(r"x(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+")
HIDDEN = "x…-hidden"
# What every record has; the rest was given as `extra`.
USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class OneLine(logging.Formatter):
    """A record as JSON: when, how grave, who says it, what, and the facts given beside it."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "by": record.name,
            "event": record.getMessage(),
            **{key: fact for key, fact in vars(record).items() if key not in USUAL},
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return TOKEN.sub(HIDDEN, json.dumps(said, ensure_ascii=False, default=str))


def write_logs() -> None:
    """From here on, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
