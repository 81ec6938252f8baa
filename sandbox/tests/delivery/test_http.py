"""Events, commands and interactions over signed HTTP, for apps without Socket Mode."""

import json
import socket
import ssl
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
ACK_TIMEOUT = 3  # seconds, as in Slack
SHORT_ACK_TIMEOUT = 0.5  # for apps that don't respond
NO_RESPONSE = Answer(delay=2 * SHORT_ACK_TIMEOUT)
INVALID_JSON = Answer(body="{", headers={"Content-Type": "application/json"})


@pytest.fixture
def http_app() -> HttpApp:
    return HttpApp()


@pytest.fixture
def ack_timeout() -> float:
    return ACK_TIMEOUT


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
    """Return Mia, after inviting the app to #ops and receiving the events about it."""
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
    challenge = json.loads(http_app.challenges.get_nowait().body)
    assert challenge["type"] == "url_verification"


def test_wrong_challenge__gets_no_events() -> None:
    requests: Queue[PostedRequest] = Queue()

    def answer_wrongly(posted: PostedRequest) -> Answer:
        requests.put(posted)
        return Answer(body="what?")

    with (
        serve(answer_wrongly, threading.Event()) as url,
        Sandbox(manifest_for(url), retry_delays=()) as sandbox,
    ):
        slack = SandboxClient(sandbox.url)
        slack.person("mia").invites(slack.app_user_id, "ops")
        assert json.loads(requests.get(timeout=TIMEOUT).body)["type"] == "url_verification"
        assert json.loads(requests.get(timeout=TIMEOUT).body)["type"] == "url_verification"


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
        (Answer(500), "http_error", ACK_TIMEOUT),
        (Answer(304), "http_error", ACK_TIMEOUT),
        (NO_RESPONSE, "http_timeout", SHORT_ACK_TIMEOUT),
    ],
    ids=["an error", "not modified", "no response"],
)
def test_failed_event__is_retried_three_times_with_reason(
    mia: Person, http_app: HttpApp, answer: Answer, reason: str
) -> None:
    http_app.answer = lambda _: answer
    mia.types("Hello")
    posted = [http_app.next() for _ in range(4)]
    assert [request.headers.get("x-slack-retry-num") for request in posted] == [None, "1", "2", "3"]
    assert [request.headers.get("x-slack-retry-reason") for request in posted] == [
        None,
        *[reason] * 3,
    ]
    assert len({request.body for request in posted}) == 1
    http_app.answer = lambda _: Answer()
    mia.types("Done")
    assert http_app.next().event["text"] == "Done"


def redirecting(times: int) -> Callable[[PostedRequest], Answer]:
    """Redirect this number of requests to the same server, and accept the next one."""
    answers = cycle([*[Answer(302, headers={"Location": "/slack?again"})] * times, Answer()])
    return lambda _: next(answers)


def test_two_redirects__are_followed(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = redirecting(2)
    mia.types("Hello")
    posted = [http_app.next() for _ in range(3)]
    assert len({request.body for request in posted}) == 1
    mia.types("Next")
    assert http_app.next().event["text"] == "Next"


def test_third_redirect__fails(mia: Person, http_app: HttpApp) -> None:
    http_app.answer = redirecting(3)
    mia.types("Hello")
    posted = [http_app.next() for _ in range(4)]
    reasons = [request.headers.get("x-slack-retry-reason") for request in posted]
    assert reasons == [None, None, None, "too_many_redirects"]


def test_server_without_tls__is_an_ssl_error(mia: Person, http_app: HttpApp) -> None:
    with server_without_tls() as address:
        answers = iter([Answer(302, headers={"Location": address})])
        http_app.answer = lambda _: next(answers, Answer())
        mia.types("Hello")
        assert "x-slack-retry-num" not in http_app.next().headers
        assert http_app.next().headers["x-slack-retry-reason"] == "ssl_error"


@contextmanager
def server_without_tls() -> Iterator[str]:
    """Run a server that answers one TLS handshake with plain text. Yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def respond() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"Who is there?\r\n")
                connection.recv(1)

        thread = threading.Thread(target=respond)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


@pytest.fixture
def certificate_loads(monkeypatch: pytest.MonkeyPatch) -> list[ssl.SSLContext]:
    """Record the contexts that are created with the system's certificate authorities."""
    create = ssl.create_default_context
    loads: list[ssl.SSLContext] = []

    def create_and_record() -> ssl.SSLContext:
        loads.append(create())
        return loads[-1]

    monkeypatch.setattr(ssl, "create_default_context", create_and_record)
    return loads


def test_certificates__are_loaded_only_for_https(
    certificate_loads: list[ssl.SSLContext], mia: Person, http_app: HttpApp
) -> None:
    assert certificate_loads == []
    with server_without_tls() as address:
        answers = iter([Answer(302, headers={"Location": address})])
        http_app.answer = lambda _: next(answers, Answer())
        mia.types("Hello")
        for _ in range(2):
            http_app.next()
    assert len(certificate_loads) == 1


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
    ("answer", "notice", "ack_timeout"),
    [
        (NO_RESPONSE, "the app didn't respond", SHORT_ACK_TIMEOUT),
        (Answer(500), "answered with an error", ACK_TIMEOUT),
        (INVALID_JSON, "answered with an error", ACK_TIMEOUT),
    ],
    ids=["no response", "an error", "invalid JSON"],
)
def test_failed_command__shows_an_error_and_is_not_retried(
    mia: Person, http_app: HttpApp, answer: Answer, notice: str
) -> None:
    http_app.answer = lambda _: answer
    with pytest.raises(ActionFailed, match=notice):
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
    # Bolt verifies the signatures, answers the challenge, and acknowledges. It needs the sandbox's
    # secrets, and the sandbox needs its URL, so the app starts after the server.
    new_app: Queue[App] = Queue()
    apps: list[App] = []

    def dispatch(posted: PostedRequest) -> Answer:
        if not apps:
            apps.append(new_app.get(timeout=TIMEOUT))
        request = BoltRequest(body=posted.body, headers={**posted.headers})
        response = apps[0].dispatch(request)
        headers = {name: values[0] for name, values in response.headers.items()}
        return Answer(response.status, response.body, headers)

    with serve(dispatch, threading.Event()) as url, Sandbox(manifest_for(url)) as sandbox:
        texts: Queue[str] = Queue()
        app = App(
            client=WebClient(sandbox.bot_token, base_url=sandbox.api_url),
            signing_secret=sandbox.signing_secret,
            ignoring_self_events_enabled=False,
        )
        app.event("message")(lambda event: texts.put(event["text"]))
        app.event("member_joined_channel")(lambda: None)
        app.command("/go")(answer_command)
        new_app.put(app)
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")
        mia.types("Hello")
        # Each event is its own request, so they can arrive in any order.
        joined, hello = sorted(
            (texts.get(timeout=TIMEOUT) for _ in range(2)), key=len, reverse=True
        )
        assert "has joined" in joined
        assert hello == "Hello"
        mia.types("/go now")
        assert mia.sees("You said: now").ephemeral


def answer_command(ack: Ack, command: Json) -> None:
    ack(f"You said: {command['text']}")
