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
# Of JSON that matches none of these, nothing is to be masked. An escape may stand before a token.
PERHAPS_SECRET = re.compile("|".join(["xox", "xapp-", *(f'"{name}"' for name in sorted(SECRET))]))


@dataclass(frozen=True)
class Entry:
    """`at` is in epoch seconds, `ms` how long the answer took; `sender` is sent as `from`."""

    id: int
    at: float
    sender: str
    kind: str
    name: str
    ok: bool
    request: Json
    response: Json | None = None
    error: str | None = None
    ms: float | None = None

    def shown(self) -> Json:
        entry = {key: value for key, value in vars(self).items() if value is not None}
        entry["from"] = entry.pop("sender")
        return entry


class Traffic:
    def __init__(self, clock: Clock, tell: Callable[[Json], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._last = 0

    def record(self, sender: str, kind: str, name: str, *, request: Json, **more: Any) -> None:
        """`more` may hold response, error and ms; an entry with an error is not ok."""
        self._last += 1
        masked = {key: masked_tokens(value) for key, value in more.items()}
        entry = Entry(
            id=self._last,
            at=self._clock(),
            sender=sender,
            kind=kind,
            name=name,
            ok=not more.get("error"),
            request=masked_tokens(request),
            **masked,
        )
        self._entries.append(entry)
        self._tell(entry.shown())

    def after(self, entry_id: int) -> list[Json]:
        return [entry.shown() for entry in self._entries if entry.id > entry_id]


def masked_tokens(value: Any) -> Any:
    """Copy JSON, with every token cut to its kind."""
    text = json.dumps(value, ensure_ascii=False)
    return _masked(value) if PERHAPS_SECRET.search(text) else json.loads(text)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return TOKEN.sub(lambda found: found.group()[:5] + "…", value)
    if isinstance(value, dict):
        return {
            _masked(key): "…" if key in SECRET else _masked(each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return value
