"""How Slack says no."""

from typing import Any


class Refused(Exception):
    """Answered as `{"ok": false, "error": …}`, with what else Slack says beside it."""

    def __init__(self, error: str, detail: str = "", **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail
        self.extra = extra

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.detail:
            answer["detail"] = self.detail
        return answer
