"""Responses to a user action over its response_url: in bounded time, and never twice."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient

from bot.metrics import REQUEST_FAILURES
from bot.slack.background import run_in_background
from bot.slack.error_messages import NETWORK_ERRORS, describe_error
from bot.slack.time_limit import fetch

# A person waits for at most this long:
# https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
RESPONSE_TIMEOUT_SECONDS = 3

JSON_HEADERS = {"Content-Type": "application/json; charset=utf-8"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Responder:
    """Replacement for Bolt's `respond`, which blocks for up to a minute.

    It responds in the background. A response that fails is logged, and not repeated because Slack
    may show it anyway. Nothing is raised, because the user's action is already stored.
    """

    url: str
    client: WebClient  # for its proxy and certificates
    seconds: int = RESPONSE_TIMEOUT_SECONDS

    def __call__(
        self,
        text: str,
        blocks: Sequence[dict[str, Any]] = (),
        *,
        replace_original: bool | None = None,
    ) -> None:
        response = {"text": text, "blocks": blocks or None, "replace_original": replace_original}
        run_in_background("a response", partial(self._send, response))

    def _send(self, response: dict[str, Any]) -> None:
        failure = self._post(response)
        if failure:
            REQUEST_FAILURES.labels("response").inc()
            log.warning("response_not_delivered", extra={"error": failure})

    def _post(self, response: dict[str, Any]) -> str:
        """Send the response. Return why it failed, or "" if Slack accepted it."""
        given = {name: value for name, value in response.items() if value is not None}
        # `fetch` opens only HTTP and HTTPS.
        request = Request(self.url, json.dumps(given).encode(), JSON_HEADERS)  # noqa: S310
        try:
            proxy, tls = self.client.proxy, self.client.ssl
            status = fetch(request, self.seconds, proxy=proxy, tls=tls).status
        except NETWORK_ERRORS as error:
            return describe_error(error)
        return "" if status == HTTPStatus.OK else f"HTTP status {status}"
