"""Error handler of a real Bolt app, with requests as Slack sends them."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.client import IncompleteRead
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.exceptions import Refusal
from bot.listeners import errors
from bot.listeners.errors import SAVED
from bot.slack.answers.answer import MalformedAnswer
from bot.views.blocks.modal import InvalidInput
from slack_sandbox.block_kit.block_errors import view_errors
from storage.database import CommitOutcomeUnknown, DatabaseUnavailable, open_database
from storage.idempotency import DuplicateAction, Request
from storage.locks import STORE
from tests.support.response_url_server import ResponseUrlServer, response_url_server


@pytest.fixture
def inbox() -> Iterator[ResponseUrlServer]:
    with response_url_server() as server:
        yield server


def app_that_raises(error: Exception, slack_request: Request | None = None) -> App:
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        process_before_response=True,
        request_verification_enabled=False,
        logger=logging.getLogger("slack_bolt"),
    )

    # Bolt passes the next middleware by the name `next`.
    def provide(context: BoltContext, next: Callable[[], Any]) -> None:  # noqa: A002
        context["slack_request"] = slack_request
        next()

    def fail() -> None:
        raise error

    app.middleware(provide)
    app.command("/propose")(fail)
    app.action("score")(fail)
    app.view("propose")(fail)
    app.event("reaction_added")(fail)
    errors.register(app)
    return app


@pytest.fixture
def send(inbox: ResponseUrlServer) -> Callable[[Exception, dict[str, Any]], BoltResponse]:
    def send(error: Exception, payload: dict[str, Any]) -> BoltResponse:
        return dispatch(app_that_raises(error), payload, inbox)

    return send


def dispatch(app: App, payload: dict[str, Any], inbox: ResponseUrlServer) -> BoltResponse:
    body = {
        "team": {"id": "T1"},
        "team_id": "T1",
        "user": {"id": "U1"},
        "user_id": "U1",
        "response_url": inbox.url,
        **payload,
    }
    return app.dispatch(BoltRequest(body=body, mode="socket_mode"))


Send = Callable[[Exception, dict[str, Any]], BoltResponse]

COMMAND = {"command": "/propose", "text": "", "channel_id": "C1"}
PRESS = {"type": "block_actions", "actions": [{"action_id": "score", "block_id": "b"}]}
SUBMISSION = {"type": "view_submission", "view": {"type": "modal", "callback_id": "propose"}}
EVENT = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "reaction_added"}}


def slack_error(error: str | None, status: int = 200) -> SlackApiError:
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="views.open",
        req_args={},
        data={"ok": False, "error": error},
        headers={},
        status_code=status,
    )
    return SlackApiError(str(error), response)  # type: ignore[no-untyped-call] # slack_sdk's


def failures() -> float:
    return REGISTRY.get_sample_value("needle_request_failures_total", {"type": "response"}) or 0


@pytest.mark.parametrize(
    "error", [slack_error("exchanged_trigger_id"), DuplicateAction()], ids=repr
)
@pytest.mark.parametrize("payload", [COMMAND, PRESS, SUBMISSION], ids=["command", "press", "form"])
def test_duplicate_action__is_acknowledged_silently(
    send: Send, inbox: ResponseUrlServer, payload: dict[str, Any], error: Exception
) -> None:
    response = send(error, payload)
    assert (response.status, response.body) == (200, "")
    assert inbox.received == []


@pytest.mark.parametrize("payload", [COMMAND, PRESS], ids=["command", "press"])
def test_refusal__is_told_to_the_person(
    send: Send, inbox: ResponseUrlServer, payload: dict[str, Any]
) -> None:
    response = send(Refusal("Only a steward can do that."), payload)
    assert response.status == 200
    [answer] = inbox.received
    assert answer["text"] == "Only a steward can do that."
    assert answer["replace_original"] is False


def test_refused_form__is_replaced_by_the_refusal(send: Send, inbox: ResponseUrlServer) -> None:
    response = json.loads(send(Refusal("No channel ranks work yet."), SUBMISSION).body)
    assert response["response_action"] == "update"
    assert view_errors(response["view"]) == []
    assert "No channel ranks work yet." in str(response["view"]["blocks"])
    assert inbox.received == []


def test_invalid_input__shows_error_under_its_field(send: Send) -> None:
    response = send(InvalidInput({"title": "Too short."}), SUBMISSION)
    assert json.loads(response.body) == {
        "response_action": "errors",
        "errors": {"title": "Too short."},
    }
    assert response.status == 200


def test_expired_trigger__says_slack_was_slow(send: Send, inbox: ResponseUrlServer) -> None:
    before = failures()
    send(slack_error("expired_trigger_id"), COMMAND)
    assert [reply["text"] for reply in inbox.received] == [errors.FORM_TOO_LATE]
    assert failures() == before + 1


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("xoxb-1 in a message"), slack_error("invalid_blocks")], ids=str
)
def test_unexpected_error__gives_reference_to_the_log(
    send: Send, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    send(error, COMMAND)
    [reply] = inbox.received
    match = re.search("reference: `([0-9a-f]{8})`", reply["text"])
    assert match
    assert "xoxb" not in reply["text"]
    [record] = [record for record in caplog.records if record.name == errors.log.name]
    assert vars(record)["reference"] == match[1]
    assert record.exc_info
    assert record.exc_info[1] is error


OUTAGES = {
    "rate limit": slack_error("ratelimited", 429),
    "internal error": slack_error("internal_error"),
    "page of a proxy": slack_error("Received a response in a non-JSON format", 502),
    "time-out": TimeoutError(),
    "malformed answer": MalformedAnswer("views.open", "has no valid view"),
    "null as error": slack_error(None),
    "cut connection": IncompleteRead(b""),
}


@pytest.mark.parametrize("error", OUTAGES.values(), ids=OUTAGES)
def test_slack_outage__is_told_and_logged_as_warning(
    send: Send, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    before = failures()
    send(error, COMMAND)
    assert [reply["text"] for reply in inbox.received] == [errors.SLACK_OUTAGE]
    assert failures() == before + 1
    [record] = [record for record in caplog.records if record.name == errors.log.name]
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


def test_form_during_slack_outage__keeps_what_was_typed(send: Send) -> None:
    blocks = [{"type": "input", "block_id": "title"}]
    view = {"type": "modal", "callback_id": "propose", "blocks": blocks}
    response = send(slack_error("internal_error"), {**SUBMISSION, "view": view})
    assert json.loads(response.body) == {
        "response_action": "errors",
        "errors": {"title": errors.SLACK_OUTAGE},
    }


@pytest.mark.parametrize(
    "error", [slack_error("internal_error"), slack_error("token_revoked"), TimeoutError()], ids=repr
)
def test_slack_outage_after_saving__says_saved(
    inbox: ResponseUrlServer, store_file: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as store:
        slack_request = Request(store, "1.2.a", datetime.now(UTC))
        with slack_request.transaction(STORE):
            pass  # A transaction marks the request as saved, even if it writes nothing.
        dispatch(app_that_raises(error, slack_request), COMMAND, inbox)
    assert [reply["text"] for reply in inbox.received] == [SAVED]
    [record] = [record for record in caplog.records if record.name == errors.log.name]
    assert record.getMessage() == "result_not_delivered"
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


def test_unexpected_error_after_saving__is_logged_with_traceback(
    inbox: ResponseUrlServer, store_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as store:
        slack_request = Request(store, "1.2.a", datetime.now(UTC))
        with slack_request.transaction(STORE):
            pass  # A transaction marks the request as saved, even if it writes nothing.
        dispatch(app_that_raises(ZeroDivisionError(), slack_request), COMMAND, inbox)
    [record] = [record for record in caplog.records if record.name == errors.log.name]
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "result_failed_unexpectedly")
    assert record.exc_info


def test_event_fails__is_not_acknowledged(
    send: Send, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert send(ZeroDivisionError(), EVENT).status != 200
    assert inbox.received == []
    [record] = [record for record in caplog.records if record.name == errors.log.name]
    assert (record.getMessage(), vars(record)["event_id"]) == ("event_failed", "Ev1")


NOT_SAVED = "nothing was saved"


@pytest.mark.parametrize(
    "error",
    [
        slack_error("internal_error"),
        TimeoutError(),
        IncompleteRead(b""),
        DatabaseUnavailable("locked"),
        ZeroDivisionError(),
    ],
    ids=repr,
)
@pytest.mark.parametrize("payload", [COMMAND, SUBMISSION], ids=["command", "submission"])
def test_error_after_saving__never_says_nothing_was_saved(
    inbox: ResponseUrlServer, store_file: Path, error: Exception, payload: dict[str, Any]
) -> None:
    store = open_database(f"sqlite:///{store_file}")
    slack_request = Request(store, "1.2.a", datetime.now(UTC))
    with slack_request.transaction(STORE):
        pass  # A transaction marks the request as saved, even if it writes nothing.
    response = dispatch(app_that_raises(error, slack_request), payload, inbox)
    replies = [reply["text"] for reply in inbox.received] or [str(response.body)]
    assert SAVED in replies[0]
    assert NOT_SAVED not in replies[0]
    store.close()


def test_commit_outcome_unknown__says_to_check(inbox: ResponseUrlServer) -> None:
    dispatch(app_that_raises(CommitOutcomeUnknown("gone")), COMMAND, inbox)
    [reply] = [reply["text"] for reply in inbox.received]
    assert "check before you try again" in reply
    assert NOT_SAVED not in reply


def test_listener_succeeds__handler_is_not_called() -> None:
    app = app_that_raises(ZeroDivisionError())
    app.command("/toil")(lambda ack: ack("Noted."))
    body = {"command": "/toil", "team_id": "T1", "user_id": "U1"}
    assert app.dispatch(BoltRequest(body=body, mode="socket_mode")).body == "Noted."
