"""Responder over a response_url: to whoever acted, within a bounded time, and never twice."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.metrics import REQUEST_FAILURES
from bot.slack.background import run_in_background
from bot.slack.client import silent_logger
from bot.slack.error_messages import NETWORK_ERRORS, NOT_FROM_SLACK, describe_error

# Whoever acted waits no longer than this for anything of ours:
# https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
RESPONSE_TIMEOUT_SECONDS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Responder:
    """Bolt's `respond`, which by itself waits half a minute, and once more; here nobody waits.

    What does not get through in time is logged and not repeated, as Slack may show it all the
    same; and nothing is raised, as what was asked for has been done by then.
    """

    url: str
    client: WebClient  # by its way: proxy and certificates
    seconds: int = RESPONSE_TIMEOUT_SECONDS

    def __call__(
        self,
        text: str,
        blocks: Sequence[dict[str, Any]] = (),
        *,
        replace_original: bool | None = None,
    ) -> None:
        answer = {"text": text, "blocks": blocks or None, "replace_original": replace_original}
        run_in_background("an answer", partial(self._tell, answer))

    def _tell(self, answer: dict[str, Any]) -> None:
        lost = self._lost(**answer)
        if lost:
            REQUEST_FAILURES.labels("response").inc()
            log.warning("who acted could not be told: %s", lost)

    def _lost(self, **answer: Any) -> str:
        """Why Slack did not take it, if it did not."""
        webhook = WebhookClient(
            self.url,
            timeout=self.seconds,
            ssl=self.client.ssl,
            proxy=self.client.proxy,
            retry_handlers=[],
            logger=silent_logger(),
        )
        try:
            status = webhook.send(**answer).status_code
        except NETWORK_ERRORS as error:
            return describe_error(error)
        except (LookupError, ValueError):  # it is no text, in the encoding that it names
            return NOT_FROM_SLACK
        return "" if status == HTTPStatus.OK else f"status {status}"
