"""Events, commands and interactions over signed HTTP, for apps without Socket Mode."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from queue import Queue
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from slack_sandbox.client.client import ActionFailed, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import TIMEOUT
from support.http_app import Answer, HttpApp, PostedRequest, manifest_for, serve
from support.sample_app import FORM

Json = dict[str, Any]
PATIENCE = 3  # seconds, as Slack has it
IMPATIENCE = 0.5  # where the app says nothing
SILENCE = Answer(delay=2 * IMPATIENCE)
NO_JSON = Answer(body="{", headers={"Content-Type": "application/json"})


@pytest.fixture
def http_app() -> HttpApp:
    return HttpApp()


@pytest.fixture
def ack_timeout() -> float:
    return PATIENCE


@pytest.fixture
def sandbox(http_app: HttpApp, ack_timeout: float) -> Iterator[Sandbox]:
    with (
        serve(http_app, http_app.closing) as url,
        Sandbox(manifest_for(url), ack_timeout=ack_timeout, retry_delays=(0, 0.1, 0.1)) as running,
    ):
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient, http_app: HttpApp) -> Person:
    """The app has been told that it joined #ops."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    assert {http_app.next().event["type"], http_app.next().event["type"]} == {
        "member_joined_channel",
        "message",
    }
    return mia


def test_request_url__is_verified_once_before_events(mia: Person, http_app: HttpApp) -> None:
    mia.types("Hello")
    assert http_app.next().event["text"] == "Hello"
    asked = json.loads(http_app.challenges.get_nowait().body)
    assert asked["type"] == "url_verification"


def test_wrong_challenge__gets_no_events() -> None:
    heard: Queue[PostedRequest] = Queue()

    def deaf(posted: PostedRequest) -> Answer:
        heard.put(posted)
        return Answer(body="what?")

    with (
        serve(deaf, threading.Event()) as url,
        Sandbox(manifest_for(url), retry_delays=()) as sandbox,
    ):
        slack = SandboxClient(sandbox.url)
        slack.person("mia").invites(slack.app_user_id, "ops")
        assert json.loads(heard.get(timeout=TIMEOUT).body)["type"] == "url_verification"
        assert json.loads(heard.get(timeout=TIMEOUT).body)["type"] == "url_verification"


def test_request__is_signed(mia: Person, http_app: HttpApp, sandbox: Sandbox) -> None:
    mia.types("Hello")
    mia.types("/go now")
    for _ in range(2):
        posted = http_app.next()
        assert SignatureVerifier(sandbox.signing_secret).is_valid_request(
            posted.body, posted.headers
        )
        assert not SignatureVerifier("another").is_valid_request(posted.body, posted.headers)


@pytest.mark.parametrize(
    ("answer", "reason", "ack_timeout"),
    [
        (Answer(500), "http_error", PATIENCE),
        (Answer(304), "http_error", PATIENCE),
        (SILENCE, "http_timeout", IMPATIENCE),
    ],
    ids=["an error", "not changed", "silence"],
)
def test_failed_event__is_retried_three_times_with_reason(
    mia: Person, http_app: HttpApp, answer: Answer, reason: str
) -> None:
    http_app.answer = lambda _: answer
    mia.types("Hello")
    posted = [http_app.next() for _ in range(4)]
    assert [each.headers.get("x-slack-retry-num") for each in posted] == [None, "1", "2", "3"]
    assert [each.headers.get("x-slack-retry-reason") for each in posted] == [None, *[reason] * 3]
    assert len({each.body for each in posted}) == 1
    http_app.answer = lambda _: Answer()
    mia.types("Done")
    assert http_app.next().event["text"] == "Done"


def leading(times: int) -> Callable[[PostedRequest], Answer]:
    """To itself, for so many requests, and takes the next."""
    answers = cycle([*[Answer(302, headers={"Location": "/slack?again"})] * times, Answer()])
    return lambda _: next(answers)


def test_two_redirects__are_followed(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = leading(2)
    mia.types("Hello")
    posted = [http_app.next() for _ in range(3)]
    assert len({each.body for each in posted}) == 1
    mia.types("Next")
    assert http_app.next().event["text"] == "Next"


def test_third_redirect__fails(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = leading(3)
    mia.types("Hello")
    posted = [http_app.next() for _ in range(4)]
    reasons = [each.headers.get("x-slack-retry-reason") for each in posted]
    assert reasons == [None, None, None, "too_many_redirects"]


def test_server_without_tls__is_an_ssl_error(mia: Person, http_app: HttpApp) -> None:
    with speaking_no_tls() as address:
        answers = iter([Answer(302, headers={"Location": address})])
        http_app.answer = lambda _: next(answers, Answer())
        mia.types("Hello")
        assert "x-slack-retry-num" not in http_app.next().headers
        assert http_app.next().headers["x-slack-retry-reason"] == "ssl_error"


@contextmanager
def speaking_no_tls() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"Who is there?\r\n")
                connection.recv(1)

        thread = threading.Thread(target=speak)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def test_accepted_retry__is_the_last(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = lambda posted: Answer(200 if "x-slack-retry-num" in posted.headers else 500)
    mia.types("Hello")
    assert [http_app.next().headers.get("x-slack-retry-num") for _ in range(2)] == [None, "1"]
    mia.types("Next")
    assert http_app.next().event["text"] == "Next"


def test_no_retry_header__stops_retries(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = lambda _: Answer(500, headers={"X-Slack-No-Retry": "1"})
    mia.types("Hello")
    http_app.next()
    mia.types("Next")
    assert http_app.next().event["text"] == "Next"


def test_command__is_a_form_answered_by_the_response(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = lambda _: Answer(body="Between you and me")
    mia.types("/go now")
    form = {name: values[0] for name, values in parse_qs(http_app.next().body).items()}
    assert (form["command"], form["text"], form["user_name"]) == ("/go", "now", "mia")
    assert mia.sees("Between you and me").ephemeral


@pytest.mark.parametrize(
    ("answer", "words", "ack_timeout"),
    [
        (SILENCE, "the app didn't respond", IMPATIENCE),
        (Answer(500), "answered with an error", PATIENCE),
        (NO_JSON, "answered with an error", PATIENCE),
    ],
    ids=["silence", "an error", "no JSON"],
)
def test_failed_command__shows_an_error_and_is_not_retried(
    mia: Person, http_app: HttpApp, answer: Answer, words: str
) -> None:
    http_app.answer = lambda _: answer
    with pytest.raises(ActionFailed, match=words):
        mia.types("/go")
    http_app.next()
    http_app.answer = lambda _: Answer()
    mia.types("Next")
    assert http_app.next().event["text"] == "Next"


def test_interaction__is_json_in_a_form(mia: Person, http_app: HttpApp, sandbox: Sandbox) -> None:
    mia.types("/go")
    trigger = parse_qs(http_app.next().body)["trigger_id"][0]
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    client.views_open(trigger_id=trigger, view=FORM)
    errors = {"response_action": "errors", "errors": {"title": "Taken already"}}
    http_app.answer = lambda _: Answer(
        body=json.dumps(errors), headers={"Content-Type": "application/json"}
    )
    mia.submits(title="A bird", size="small")
    payload = json.loads(parse_qs(http_app.next().body)["payload"][0])
    assert payload["type"] == "view_submission"
    modal = mia.modal
    assert modal is not None
    assert modal.errors == {"title": "Taken already"}


def test_app_with_socket_mode__gets_no_http_requests() -> None:
    manifest = manifest_for("http://127.0.0.1:9/nobody")
    manifest["settings"]["socket_mode_enabled"] = True
    with Sandbox(manifest) as sandbox, ExitStack() as stack:
        app = App(client=WebClient(sandbox.bot_token, base_url=sandbox.api_url))
        app.command("/go")(answer_command)
        handler = SocketModeHandler(app, sandbox.app_token)
        handler.connect()  # type: ignore[no-untyped-call]
        stack.callback(handler.client.close)
        mia = SandboxClient(sandbox.url).person("mia")
        mia.types("/go by socket")
        assert mia.sees("You said: by socket").ephemeral


def test_bolt_app_over_http__accepts_the_requests() -> None:
    """Bolt itself verifies the signatures, answers the challenge and acks."""
    made: Queue[App] = Queue()
    bolt: list[App] = []

    def dispatch(posted: PostedRequest) -> Answer:
        if not bolt:
            bolt.append(made.get(timeout=TIMEOUT))
        request = BoltRequest(body=posted.body, headers={**posted.headers})
        response = bolt[0].dispatch(request)
        sent = {name: values[0] for name, values in response.headers.items()}
        return Answer(response.status, response.body, sent)

    with serve(dispatch, threading.Event()) as url, Sandbox(manifest_for(url)) as sandbox:
        heard: Queue[str] = Queue()
        app = App(
            client=WebClient(sandbox.bot_token, base_url=sandbox.api_url),
            signing_secret=sandbox.signing_secret,
            ignoring_self_events_enabled=False,
        )
        app.event("message")(lambda event: heard.put(event["text"]))
        app.event("member_joined_channel")(lambda: None)
        app.command("/go")(answer_command)
        made.put(app)
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")
        mia.types("Hello")
        # Each event is a request of its own: which arrives first is not promised.
        joined, hello = sorted(
            (heard.get(timeout=TIMEOUT) for _ in range(2)), key=len, reverse=True
        )
        assert "has joined" in joined
        assert hello == "Hello"
        mia.types("/go now")
        assert mia.sees("You said: now").ephemeral


def answer_command(ack: Ack, command: Json) -> None:
    ack(f"You said: {command['text']}")
