"""Whatever goes wrong below a listener is answered here, once, in words."""

import json
import logging
import secrets
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.exceptions import NotNow, Refusal
from bot.metrics import REQUEST_FAILURES
from bot.slack.error_messages import (
    REJECTED_BY_SLACK,
    SLACK_CALL_ERRORS,
    describe_error,
    is_outage,
    is_rejected_token,
)
from bot.slack.errors import error_code
from bot.views.blocks import block_kit, modal
from storage.database import CommitOutcomeUnknown, DatabaseUnavailable
from storage.idempotency import DeadlineExceeded, DuplicateAction

log = logging.getLogger(__name__)

SLOW = "Slack was too slow for that form to open. Please try again."
TOO_LATE = "That took longer than Slack waits for me, so nothing was changed. Please try again."
DONE = "That is done, but what came of it could not be shown. There is no need to do it again."
IN_TROUBLE = (
    "Slack is in trouble just now, or asks me to wait, so nothing was changed. Please try again in"
    " a minute."
)


def register(app: App) -> None:
    app.error(answer)


def answer(
    error: Exception,
    body: dict[str, Any],
    context: BoltContext,
    respond: Respond,
    client: WebClient,
) -> BoltResponse | None:
    """Tell the person who acted. An event has no one to tell: it is not acknowledged, so that
    Slack sends it again.
    """
    if body.get("type") == "event_callback":
        REQUEST_FAILURES.labels("event").inc()
        log.error("event failed", extra={"event_id": body.get("event_id")}, exc_info=error)
        return None
    if _came_twice(error):
        return BoltResponse(status=200, body="")
    if isinstance(error, modal.InvalidInput):
        return _json({"response_action": "errors", "errors": error.errors})
    slack_request = context.get("slack_request")
    is_done = slack_request is not None and slack_request.has_written
    told = _told_of_what_is_done(error) if is_done else _words(error)
    passes = isinstance(error, DatabaseUnavailable | DeadlineExceeded | NotNow) or is_outage(error)
    keeps_open = passes and not is_done
    if keeps_open and (kept := _under_the_first_input(body, told)):
        return _json({"response_action": "errors", "errors": kept})
    return _say(told, "Done" if is_done else "That did not work", body, respond, client)


def _came_twice(error: Exception) -> bool:
    """What the act was to write is written, or it has opened its form: then it was answered."""
    if isinstance(error, SlackApiError):
        return error_code(error) == "exchanged_trigger_id"
    return isinstance(error, DuplicateAction)


def _say(
    told: str, title: str, body: dict[str, Any], respond: Respond, client: WebClient
) -> BoltResponse:
    """Where they acted: in the form's place, in a form of its own, or under their command."""
    view = modal.modal(title, [block_kit.section(told)], close="Close")
    if body.get("type") == "block_suggestion":
        return _json({"options": []})
    if body.get("type") == "view_submission":
        return _json({"response_action": "update", "view": view})
    if "response_url" not in body:  # App Home, or a shortcut: there is no channel to answer in
        _open(client, body["trigger_id"], view)
    else:
        respond(told, replace_original=False)
    return BoltResponse(status=200, body="")


def _open(client: WebClient, trigger_id: str, view: dict[str, Any]) -> None:
    """The trigger may have been used, or be too old: then there is no way to tell them."""
    try:
        client.views_open(trigger_id=trigger_id, view=view)
    except SLACK_CALL_ERRORS as error:
        REQUEST_FAILURES.labels("response").inc()
        log.warning("who acted could not be told: %s", describe_error(error))


def _told_of_what_is_done(error: Exception) -> str:
    """Whatever went wrong after it was written: to do it again would do it twice."""
    if isinstance(error, Refusal):
        return str(error)
    REQUEST_FAILURES.labels("response").inc()
    if is_outage(error) or is_rejected_token(error):
        log.warning("done, but not shown: %s", describe_error(error))
    else:
        log.error("done, but not shown", exc_info=error)
    return DONE


def _words(error: Exception) -> str:
    """Known errors in their own words; what is to be mended by a reference that the log has too."""
    if isinstance(error, NotNow) or not isinstance(error, Refusal):
        REQUEST_FAILURES.labels("response").inc()
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, SlackApiError) and error_code(error) == "expired_trigger_id":
        return SLOW
    if is_rejected_token(error):
        return REJECTED_BY_SLACK
    if is_outage(error):
        log.warning("what someone did has failed: %s", describe_error(error))
        return IN_TROUBLE
    if isinstance(error, DeadlineExceeded):
        log.warning("what someone did could not be written in time")
        return TOO_LATE
    reference = secrets.token_hex(4)
    if isinstance(error, CommitOutcomeUnknown):
        log.error("%s, and may hold what was to be written", error, extra={"reference": reference})
        return (
            "What I keep did not say whether it took that. Please look before you do it again; if"
            f" it stays so, tell whoever runs me: reference {reference}."
        )
    if isinstance(error, DatabaseUnavailable):
        log.error("%s", error, extra={"reference": reference})
        return (
            "What I keep can't be written or read just now, so nothing was changed. Please try"
            f" again in a minute; if it stays, tell whoever runs me: reference {reference}."
        )
    log.error("unexpected", extra={"reference": reference}, exc_info=error)
    return (
        f"Something went wrong on my side, and nothing was changed. Please try again; if it"
        f" stays, tell whoever runs me: reference `{reference}`."
    )


def _under_the_first_input(body: dict[str, Any], told: str) -> dict[str, str]:
    """Said in the form, which keeps what was typed, to be sent again; nothing if none was sent."""
    sent = body.get("view") if body.get("type") == "view_submission" else None
    blocks = sent.get("blocks", []) if sent else []
    inputs = [each["block_id"] for each in blocks if each["type"] == "input"]
    return dict.fromkeys(inputs[:1], told)


def _json(payload: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(payload), headers={"content-type": ["application/json"]}
    )
