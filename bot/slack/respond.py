"""Answers over a response_url: to whoever acted, within a bounded time, and never twice."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.metrics import REQUEST_FAILURES
from bot.slack.background import afterwards
from bot.slack.client import quiet_log
from bot.slack.error_messages import LOST, NOT_SLACK, in_words

# Whoever acted waits no longer than this for anything of ours:
# https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
ANSWER_SECONDS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answers:
    """Bolt's `respond`, which by itself waits half a minute, and once more; here nobody waits.

    What does not get through in time is logged and not repeated, as Slack may show it all the
    same; and nothing is raised, as what was asked for has been done by then.
    """

    url: str
    client: WebClient  # by its way: proxy and certificates
    seconds: int = ANSWER_SECONDS

    def __call__(
        self,
        text: str,
        blocks: Sequence[dict[str, Any]] = (),
        *,
        replace_original: bool | None = None,
    ) -> None:
        answer = {"text": text, "blocks": blocks or None, "replace_original": replace_original}
        afterwards("an answer", partial(self._tell, answer))

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
            logger=quiet_log(),
        )
        try:
            status = webhook.send(**answer).status_code
        except LOST as error:
            return in_words(error)
        except (LookupError, ValueError):  # it is no text, in the encoding that it names
            return NOT_SLACK
        return "" if status == HTTPStatus.OK else f"status {status}"
