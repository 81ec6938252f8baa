"""The error with which Slack refuses a call or an action."""

from typing import Any


class SlackError(Exception):
    """A refusal, answered as `{"ok": false, "error": …}` with the fields in `extra`."""

    def __init__(self, error: str, detail: str = "", **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """Return the JSON of the response."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.detail:
            body["detail"] = self.detail
        return body
