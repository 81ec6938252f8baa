"""Error handler of the app: tells the person what went wrong and what to do next."""

import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

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
from bot.views.replies import failure
from storage.database import CommitOutcomeUnknown, DatabaseUnavailable
from storage.idempotency import DeadlineExceeded, DuplicateAction

log = logging.getLogger(__name__)

FORM_TOO_LATE = "Slack was too slow, so the form didn't open. Try again."
DEADLINE_EXCEEDED = "That took too long, so nothing was saved. Try again."
SAVED = "Saved. I couldn't show you the result, but you don't need to try again."
SLACK_OUTAGE = "Slack isn't responding normally, so nothing was saved. Try again in a minute."


def register(app: App) -> None:
    app.error(handle_error)


def handle_error(
    error: Exception,
    body: dict[str, Any],
    context: BoltContext,
    respond: Respond,
    client: WebClient,
) -> BoltResponse | None:
    """Tell the person what went wrong.

    Nobody waits for the answer to an event. Return None then: the event isn't acknowledged, and
    Slack sends it again.
    """
    if body.get("type") == "event_callback":
        REQUEST_FAILURES.labels("event").inc()
        _log_failed_event(error, body.get("event_id"))
        return None
    if _is_duplicate(error):
        return BoltResponse(status=200, body="")
    if isinstance(error, modal.InvalidInput):
        return _json({"response_action": "errors", "errors": error.errors})
    slack_request = context.get("slack_request")
    is_saved = slack_request is not None and slack_request.has_written
    text = _text_after_saving(error) if is_saved else _text(error)
    is_temporary = isinstance(error, DatabaseUnavailable | DeadlineExceeded | NotNow) or is_outage(
        error
    )
    if is_temporary and not is_saved and (errors := _under_first_input(body, text)):
        return _json({"response_action": "errors", "errors": errors})
    typed = f"{body.get('command') or ''} {body.get('text') or ''}"
    if "command" in body and not is_saved and _is_worth_repeating(error, typed):
        answer = failure.of_command(text, typed)
        respond(answer.text, answer.blocks, replace_original=False)
        return BoltResponse(status=200, body="")
    return _reply(text, "Saved" if is_saved else "That didn't work", body, respond, client)


def _is_worth_repeating(error: Exception, typed: str) -> bool:
    """Return whether a command that failed may contain text that its sender wants back.

    A refused `/roadmap` or `/fire out` has only a few words, and the refusal is about them.
    """
    return type(error) is not Refusal or not typed.startswith(("/roadmap ", "/fire out "))


def _log_failed_event(error: Exception, event_id: str | None) -> None:
    """Log the failure. The database logs its outages itself, once for all events."""
    if isinstance(error, DatabaseUnavailable):
        log.warning("event_failed", extra={"event_id": event_id, "error": str(error)})
    else:
        log.error("event_failed", extra={"event_id": event_id}, exc_info=error)


def _is_duplicate(error: Exception) -> bool:
    """Return whether the request is a copy of one that has already saved or opened its form."""
    if isinstance(error, SlackApiError):
        return error_code(error) == "exchanged_trigger_id"
    return isinstance(error, DuplicateAction)


def _reply(
    text: str, title: str, body: dict[str, Any], respond: Respond, client: WebClient
) -> BoltResponse:
    """Show a text in place of the person's form, in a new modal, or in the channel."""
    view = modal.modal(title, [block_kit.section(text)], close="Close")
    if body.get("type") == "block_suggestion":
        return _json({"options": []})
    if body.get("type") == "view_submission":
        return _json({"response_action": "update", "view": view})
    if "response_url" not in body:  # App Home, modals and shortcuts have no channel to reply in.
        in_modal = (body.get("view") or {}).get("type") == "modal"
        _open(client.views_push if in_modal else client.views_open, body["trigger_id"], view)
    else:
        respond(text, replace_original=False)
    return BoltResponse(status=200, body="")


def _open(method: Callable[..., SlackResponse], trigger_id: str, view: dict[str, Any]) -> None:
    """Open a modal with a method of Slack's, `views.push` if another modal is open.

    Log it if Slack refuses because the trigger was used or has expired.
    """
    try:
        method(trigger_id=trigger_id, view=view)
    except SLACK_CALL_ERRORS as error:
        REQUEST_FAILURES.labels("response").inc()
        log.warning("error_not_delivered", extra={"error": describe_error(error)})


def _text_after_saving(error: Exception) -> str:
    """Return the reply to an error after the commit. It advises against a retry."""
    if isinstance(error, Refusal):
        return str(error)
    REQUEST_FAILURES.labels("response").inc()
    if is_outage(error) or is_rejected_token(error):
        log.warning("result_not_delivered", extra={"error": describe_error(error)})
    else:
        log.error("result_failed_unexpectedly", exc_info=error)
    return SAVED


def _text(error: Exception) -> str:
    """Return the reply to an error. If the error needs a fix, the reply refers to the log."""
    if isinstance(error, NotNow) or not isinstance(error, Refusal):
        REQUEST_FAILURES.labels("response").inc()
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, SlackApiError) and error_code(error) == "expired_trigger_id":
        return FORM_TOO_LATE
    if is_rejected_token(error):
        return REJECTED_BY_SLACK
    if is_outage(error):
        log.warning("user_action_failed", extra={"error": describe_error(error)})
        return SLACK_OUTAGE
    if isinstance(error, DeadlineExceeded):
        log.warning("user_action_deadline_exceeded")
        return DEADLINE_EXCEEDED
    reference = secrets.token_hex(4)
    if isinstance(error, CommitOutcomeUnknown):
        log.warning("commit_outcome_unknown", extra={"reference": reference, "error": str(error)})
        return (
            "I can't tell whether that was saved, so check before you try again. If this keeps"
            f" happening, give whoever runs Needle this reference: `{reference}`."
        )
    if isinstance(error, DatabaseUnavailable):
        log.warning("user_action_failed", extra={"reference": reference, "error": str(error)})
        return (
            "I can't reach my database, so nothing was saved. Try again in a minute. If this keeps"
            f" happening, give whoever runs Needle this reference: `{reference}`."
        )
    log.error("user_action_failed_unexpectedly", extra={"reference": reference}, exc_info=error)
    return (
        "Something went wrong on my side, so nothing was saved. Try again. If this keeps happening,"
        f" give whoever runs Needle this reference: `{reference}`."
    )


def _under_first_input(body: dict[str, Any], text: str) -> dict[str, str]:
    """Return the text as the error of a form's first input, so that the form keeps its input.

    Return an empty dictionary if no form was submitted.
    """
    view = body.get("view") if body.get("type") == "view_submission" else None
    blocks = view.get("blocks", []) if view else []
    inputs = [block["block_id"] for block in blocks if block["type"] == "input"]
    return dict.fromkeys(inputs[:1], text)


def _json(payload: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(payload), headers={"content-type": ["application/json"]}
    )
