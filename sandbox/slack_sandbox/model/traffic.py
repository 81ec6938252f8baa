"""Traffic between Slack and the app: API calls, deliveries, and acknowledgments, without tokens."""

import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.model.workspace import Clock, Json

MAX_ENTRIES = 1000
# Fields whose values are masked as a whole.
SECRET_FIELDS = {"client_secret", "code"}
TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")


@dataclass(frozen=True)
class Entry:
    """A call, a delivery, or an acknowledgment.

    `at` is in epoch seconds, and `ms` is how long the response took. `content` is JSON text with
    the request, the response, and the error. It still contains tokens.
    """

    id: int
    at: float
    sender: str
    kind: str
    name: str
    ok: bool
    content: str
    ms: float | None = None

    def as_json(self) -> Json:
        """Return the entry with tokens masked, and with `sender` as `from`."""
        entry = {key: value for key, value in vars(self).items() if value is not None}
        entry["from"] = entry.pop("sender")
        content: Json = masked_tokens(json.loads(entry.pop("content")))
        return entry | content


class Traffic:
    def __init__(self, clock: Clock, on_record: Callable[[Entry], None]) -> None:
        self._clock = clock
        self._on_record = on_record
        self._entries: deque[Entry] = deque(maxlen=MAX_ENTRIES)
        self._last_id = 0

    def record(self, sender: str, kind: str, name: str, *, request: Json, **extra: Any) -> None:
        """Add an entry. `extra` can have `response`, `error`, and `ms`."""
        self._last_id += 1
        ms = extra.pop("ms", None)
        content = {"request": request} | {
            key: value for key, value in extra.items() if value is not None
        }
        entry = Entry(
            id=self._last_id,
            at=self._clock(),
            sender=sender,
            kind=kind,
            name=name,
            ok=not extra.get("error"),
            content=json.dumps(content, ensure_ascii=False),
            ms=ms,
        )
        self._entries.append(entry)
        self._on_record(entry)

    def after(self, entry_id: int) -> list[Json]:
        """Return the remembered entries with a greater ID."""
        return [entry.as_json() for entry in self._entries if entry.id > entry_id]


def masked_tokens(value: Any) -> Any:
    """Return a copy of JSON in which each token is cut to its prefix."""
    if isinstance(value, str):
        return TOKEN.sub(lambda match: match.group()[:5] + "…", value)
    if isinstance(value, dict):
        return {
            masked_tokens(key): "…" if key in SECRET_FIELDS else masked_tokens(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [masked_tokens(item) for item in value]
    return value
