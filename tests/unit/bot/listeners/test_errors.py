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
from bot.views.blocks.modal import InvalidInput
from slack_sandbox.block_kit.block_errors import view_errors
from storage.database import CommitOutcomeUnknown, DatabaseUnavailable, open_database
from storage.idempotency import DuplicateAction, Request
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

    def provide(context: BoltContext, next: Callable[[], Any]) -> None:  # noqa: A002 — Bolt's name
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
def ask(inbox: ResponseUrlServer) -> Callable[[Exception, dict[str, Any]], BoltResponse]:
    def ask(error: Exception, payload: dict[str, Any]) -> BoltResponse:
        return asked(app_that_raises(error), payload, inbox)

    return ask


def asked(app: App, payload: dict[str, Any], inbox: ResponseUrlServer) -> BoltResponse:
    whole = {
        "team": {"id": "T1"},
        "team_id": "T1",
        "user": {"id": "U1"},
        "user_id": "U1",
        "response_url": inbox.url,
        **payload,
    }
    return app.dispatch(BoltRequest(body=whole, mode="socket_mode"))


Ask = Callable[[Exception, dict[str, Any]], BoltResponse]

COMMAND = {"command": "/propose", "text": "", "channel_id": "C1"}
PRESS = {"type": "block_actions", "actions": [{"action_id": "score", "block_id": "b"}]}
SUBMISSION = {"type": "view_submission", "view": {"type": "modal", "callback_id": "propose"}}
EVENT = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "reaction_added"}}


def slack_says(error: str, status: int = 200) -> SlackApiError:
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="views.open",
        req_args={},
        data={"ok": False, "error": error},
        headers={},
        status_code=status,
    )
    return SlackApiError(error, answer)  # type: ignore[no-untyped-call] # slack_sdk's


def failures() -> float:
    return REGISTRY.get_sample_value("needle_request_failures_total", {"type": "response"}) or 0


@pytest.mark.parametrize("error", [slack_says("exchanged_trigger_id"), DuplicateAction()], ids=repr)
@pytest.mark.parametrize("payload", [COMMAND, PRESS, SUBMISSION], ids=["command", "press", "form"])
def test_duplicate_action__is_acknowledged_silently(
    ask: Ask, inbox: ResponseUrlServer, payload: dict[str, Any], error: Exception
) -> None:
    answer = ask(error, payload)
    assert (answer.status, answer.body) == (200, "")
    assert inbox.received == []


@pytest.mark.parametrize("payload", [COMMAND, PRESS], ids=["command", "press"])
def test_refusal__is_told_to_the_person(
    ask: Ask, inbox: ResponseUrlServer, payload: dict[str, Any]
) -> None:
    answer = ask(Refusal("Only a steward can do that."), payload)
    assert answer.status == 200
    assert inbox.received == [{"text": "Only a steward can do that.", "replace_original": False}]


def test_refused_form__is_replaced_by_the_refusal(ask: Ask, inbox: ResponseUrlServer) -> None:
    answer = json.loads(ask(Refusal("No channel ranks work yet."), SUBMISSION).body)
    assert answer["response_action"] == "update"
    assert view_errors(answer["view"]) == []
    assert "No channel ranks work yet." in str(answer["view"]["blocks"])
    assert inbox.received == []


def test_invalid_input__shows_error_under_its_field(ask: Ask) -> None:
    answer = ask(InvalidInput({"title": "Too short."}), SUBMISSION)
    assert json.loads(answer.body) == {
        "response_action": "errors",
        "errors": {"title": "Too short."},
    }
    assert answer.status == 200


def test_expired_trigger__says_slack_was_slow(ask: Ask, inbox: ResponseUrlServer) -> None:
    before = failures()
    ask(slack_says("expired_trigger_id"), COMMAND)
    assert [each["text"] for each in inbox.received] == [errors.FORM_TOO_LATE]
    assert failures() == before + 1


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("xoxb-1 in a message"), slack_says("invalid_blocks")], ids=str
)
def test_unexpected_error__gives_reference_to_the_log(
    ask: Ask, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    ask(error, COMMAND)
    [told] = inbox.received
    found = re.search("reference: `([0-9a-f]{8})`", told["text"])
    assert found
    assert "xoxb" not in told["text"]
    [record] = [each for each in caplog.records if each.name == errors.log.name]
    assert vars(record)["reference"] == found[1]
    assert record.exc_info
    assert record.exc_info[1] is error


TROUBLES = {
    "it is too much": slack_says("ratelimited", 429),
    "it breaks down": slack_says("internal_error"),
    "a proxy's page": slack_says("Received a response in a non-JSON format", 502),
    "it hangs": TimeoutError(),
    "it is cut": IncompleteRead(b""),
}


@pytest.mark.parametrize("error", TROUBLES.values(), ids=TROUBLES)
def test_slack_outage__is_told_and_logged_as_warning(
    ask: Ask, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    before = failures()
    ask(error, COMMAND)
    assert [each["text"] for each in inbox.received] == [errors.SLACK_OUTAGE]
    assert failures() == before + 1
    [record] = [each for each in caplog.records if each.name == errors.log.name]
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


def test_form_during_slack_outage__keeps_what_was_typed(ask: Ask) -> None:
    blocks = [{"type": "input", "block_id": "title"}]
    view = {"type": "modal", "callback_id": "propose", "blocks": blocks}
    answer = ask(slack_says("internal_error"), {**SUBMISSION, "view": view})
    assert json.loads(answer.body) == {
        "response_action": "errors",
        "errors": {"title": errors.SLACK_OUTAGE},
    }


@pytest.mark.parametrize(
    "error", [slack_says("internal_error"), slack_says("token_revoked"), TimeoutError()], ids=repr
)
def test_slack_outage_after_saving__says_saved(
    inbox: ResponseUrlServer, store_file: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as store:
        slack_request = Request(store, "1.2.a", datetime.now(UTC))
        with slack_request.transaction():
            pass  # whatever it writes
        asked(app_that_raises(error, slack_request), COMMAND, inbox)
    assert [each["text"] for each in inbox.received] == [SAVED]
    [record] = [each for each in caplog.records if each.name == errors.log.name]
    assert record.getMessage() == "result_not_delivered"
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


def test_unexpected_error_after_saving__is_logged_with_traceback(
    inbox: ResponseUrlServer, store_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as store:
        slack_request = Request(store, "1.2.a", datetime.now(UTC))
        with slack_request.transaction():
            pass  # A transaction marks the request as saved, even if it writes nothing.
        asked(app_that_raises(ZeroDivisionError(), slack_request), COMMAND, inbox)
    [record] = [each for each in caplog.records if each.name == errors.log.name]
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "result_failed_unexpectedly")
    assert record.exc_info


def test_event_fails__is_not_acknowledged(
    ask: Ask, inbox: ResponseUrlServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(ZeroDivisionError(), EVENT).status != 200
    assert inbox.received == []
    [record] = [each for each in caplog.records if each.name == errors.log.name]
    assert (record.getMessage(), vars(record)["event_id"]) == ("event_failed", "Ev1")


WRONG = "nothing was saved"


@pytest.mark.parametrize(
    "error",
    [
        slack_says("internal_error"),
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
    with slack_request.transaction():
        pass  # whatever it writes
    answer = asked(app_that_raises(error, slack_request), payload, inbox)
    told = [each["text"] for each in inbox.received] or [str(answer.body)]
    assert SAVED in told[0]
    assert WRONG not in told[0]
    store.close()


def test_commit_outcome_unknown__says_to_check(inbox: ResponseUrlServer) -> None:
    asked(app_that_raises(CommitOutcomeUnknown("gone")), COMMAND, inbox)
    [told] = [each["text"] for each in inbox.received]
    assert "Check before you try again" in told
    assert WRONG not in told


def test_listener_succeeds__handler_is_not_called() -> None:
    app = app_that_raises(ZeroDivisionError())
    app.command("/toil")(lambda ack: ack("Noted."))
    body = {"command": "/toil", "team_id": "T1", "user_id": "U1"}
    assert app.dispatch(BoltRequest(body=body, mode="socket_mode")).body == "Noted."
