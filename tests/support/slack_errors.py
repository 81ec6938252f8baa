"""Errors as the Slack SDK raises them."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse


def slack_error(
    code: str,
    *,
    method: str = "chat.update",
    status: int = 200,
    retry_after: str | None = None,
    arguments: dict[str, Any] | None = None,
) -> SlackApiError:
    """Return the error that the SDK raises for such a response."""
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url=f"https://slack.com/api/{method}",
        req_args=arguments or {},
        data={"ok": False, "error": code},
        headers={} if retry_after is None else {"Retry-After": retry_after},
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]  # the SDK's
