"""Web API client whose calls have a total time limit."""

from typing import Any
from urllib.request import Request

from slack_sdk import WebClient

from bot.slack.answers.answer import method_in
from bot.slack.call_status import Call
from bot.slack.errors import CallTimedOut, named_channel
from bot.slack.time_limit import fetch


class TimeLimitedClient(WebClient):
    """Client whose calls take at most `timeout` seconds each, from start to end.

    The SDK's own time-out is for each read. These two methods send all calls of the SDK.
    """

    def _perform_urllib_http_request(
        self, *, url: str, args: dict[str, dict[str, Any]]
    ) -> dict[str, Any]:
        """Return the response. Raise CallTimedOut, which names the method and the channel."""
        try:
            return super()._perform_urllib_http_request(url=url, args=args)
        except TimeoutError as error:
            raise CallTimedOut(Call(method_in(url), named_channel(args))) from error

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:  # noqa: ARG002
        response = fetch(req, self.timeout, proxy=self.proxy, tls=self.ssl)
        # JSON between systems is in UTF-8: https://datatracker.ietf.org/doc/html/rfc8259#section-8.1
        body = response.body.decode()
        return {"status": response.status, "headers": response.headers, "body": body}
