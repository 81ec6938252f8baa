"""What went over the wire, for the page's inspector and for tests."""

import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.model.workspace import Clock, Json

KEPT = 1000
# Of what stands under these names, nothing is shown.
SECRET = {"client_secret", "code"}
TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")


@dataclass(frozen=True)
class Entry:
    """`at` is in epoch seconds, `ms` how long the answer took; `sender` is sent as `from`.

    `said` is JSON as it was then: request, response and error, with the tokens in them.
    """

    id: int
    at: float
    sender: str
    kind: str
    name: str
    ok: bool
    said: str
    ms: float | None = None

    def shown(self) -> Json:
        """Return the entry with its tokens masked."""
        entry = {key: value for key, value in vars(self).items() if value is not None}
        entry["from"] = entry.pop("sender")
        said: Json = masked_tokens(json.loads(entry.pop("said")))
        return entry | said


class Traffic:
    def __init__(self, clock: Clock, tell: Callable[[Entry], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._last = 0

    def record(self, sender: str, kind: str, name: str, *, request: Json, **more: Any) -> None:
        """`more` may hold response, error and ms; an entry with an error is not ok."""
        self._last += 1
        ms = more.pop("ms", None)
        said = {"request": request} | {key: each for key, each in more.items() if each is not None}
        entry = Entry(
            id=self._last,
            at=self._clock(),
            sender=sender,
            kind=kind,
            name=name,
            ok=not more.get("error"),
            said=json.dumps(said, ensure_ascii=False),
            ms=ms,
        )
        self._entries.append(entry)
        self._tell(entry)

    def after(self, entry_id: int) -> list[Json]:
        return [entry.shown() for entry in self._entries if entry.id > entry_id]


def masked_tokens(value: Any) -> Any:
    """Copy JSON, with every token cut to its kind."""
    if isinstance(value, str):
        return TOKEN.sub(lambda found: found.group()[:5] + "…", value)
    if isinstance(value, dict):
        return {
            masked_tokens(key): "…" if key in SECRET else masked_tokens(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [masked_tokens(each) for each in value]
    return value
