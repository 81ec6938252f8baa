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

from slack_sandbox.client.client import NotPossible, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.ear import WITHIN
from support.parrot import FORM
from support.receiver import Answer, Posted, Receiver, manifest_for, served

Json = dict[str, Any]
PATIENCE = 3  # seconds, as Slack has it
IMPATIENCE = 0.5  # where the app says nothing
SILENCE = Answer(after=2 * IMPATIENCE)
NO_JSON = Answer(body="{", headers={"Content-Type": "application/json"})


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def ack_timeout() -> float:
    return PATIENCE


@pytest.fixture
def sandbox(receiver: Receiver, ack_timeout: float) -> Iterator[Sandbox]:
    with (
        served(receiver, receiver.closing) as url,
        Sandbox(manifest_for(url), ack_timeout=ack_timeout, retry_delays=(0, 0.1, 0.1)) as running,
    ):
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient, receiver: Receiver) -> Person:
    """The app has been told that it joined #ops."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    assert {receiver.next().event["type"], receiver.next().event["type"]} == {
        "member_joined_channel",
        "message",
    }
    return mia


def test_an_address_is_verified_once_before_it_is_told_anything(
    mia: Person, receiver: Receiver
) -> None:
    mia.types("Hello")
    assert receiver.next().event["text"] == "Hello"
    asked = json.loads(receiver.challenges.get_nowait().body)
    assert asked["type"] == "url_verification"


def test_an_address_that_does_not_say_the_challenge_back_is_told_nothing() -> None:
    heard: Queue[Posted] = Queue()

    def deaf(posted: Posted) -> Answer:
        heard.put(posted)
        return Answer(body="what?")

    with (
        served(deaf, threading.Event()) as url,
        Sandbox(manifest_for(url), retry_delays=()) as sandbox,
    ):
        slack = SandboxClient(sandbox.url)
        slack.person("mia").invites(slack.app_user_id, "ops")
        assert json.loads(heard.get(timeout=WITHIN).body)["type"] == "url_verification"
        assert json.loads(heard.get(timeout=WITHIN).body)["type"] == "url_verification"


def test_every_request_is_signed(mia: Person, receiver: Receiver, sandbox: Sandbox) -> None:
    mia.types("Hello")
    mia.types("/go now")
    for _ in range(2):
        posted = receiver.next()
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
def test_an_event_that_is_not_taken_comes_three_times_more_and_says_why(
    mia: Person, receiver: Receiver, answer: Answer, reason: str
) -> None:
    receiver.answer = lambda _: answer
    mia.types("Hello")
    posted = [receiver.next() for _ in range(4)]
    assert [each.headers.get("x-slack-retry-num") for each in posted] == [None, "1", "2", "3"]
    assert [each.headers.get("x-slack-retry-reason") for each in posted] == [None, *[reason] * 3]
    assert len({each.body for each in posted}) == 1
    receiver.answer = lambda _: Answer()
    mia.types("Done")
    assert receiver.next().event["text"] == "Done"


def leading(times: int) -> Callable[[Posted], Answer]:
    """To itself, for so many requests, and takes the next."""
    answers = cycle([*[Answer(302, headers={"Location": "/slack?again"})] * times, Answer()])
    return lambda _: next(answers)


def test_two_redirects_are_followed(mia: Person, receiver: Receiver) -> None:
    receiver.answer = leading(2)
    mia.types("Hello")
    posted = [receiver.next() for _ in range(3)]
    assert len({each.body for each in posted}) == 1
    mia.types("Next")
    assert receiver.next().event["text"] == "Next"


def test_a_third_redirect_is_too_many(mia: Person, receiver: Receiver) -> None:
    receiver.answer = leading(3)
    mia.types("Hello")
    posted = [receiver.next() for _ in range(4)]
    reasons = [each.headers.get("x-slack-retry-reason") for each in posted]
    assert reasons == [None, None, None, "too_many_redirects"]


def test_an_address_that_speaks_no_tls(mia: Person, receiver: Receiver) -> None:
    with speaking_no_tls() as address:
        answers = iter([Answer(302, headers={"Location": address})])
        receiver.answer = lambda _: next(answers, Answer())
        mia.types("Hello")
        assert "x-slack-retry-num" not in receiver.next().headers
        assert receiver.next().headers["x-slack-retry-reason"] == "ssl_error"


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


def test_a_taken_retry_is_the_last(mia: Person, receiver: Receiver) -> None:
    receiver.answer = lambda posted: Answer(200 if "x-slack-retry-num" in posted.headers else 500)
    mia.types("Hello")
    assert [receiver.next().headers.get("x-slack-retry-num") for _ in range(2)] == [None, "1"]
    mia.types("Next")
    assert receiver.next().event["text"] == "Next"


def test_an_app_can_ask_for_no_retry(mia: Person, receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(500, headers={"X-Slack-No-Retry": "1"})
    mia.types("Hello")
    receiver.next()
    mia.types("Next")
    assert receiver.next().event["text"] == "Next"


def test_a_command_is_a_form_and_is_answered_in_the_response(
    mia: Person, receiver: Receiver
) -> None:
    receiver.answer = lambda _: Answer(body="Between you and me")
    mia.types("/go now")
    form = {name: values[0] for name, values in parse_qs(receiver.next().body).items()}
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
def test_a_command_that_fails_says_so_to_the_person_and_is_not_sent_again(
    mia: Person, receiver: Receiver, answer: Answer, words: str
) -> None:
    receiver.answer = lambda _: answer
    with pytest.raises(NotPossible, match=words):
        mia.types("/go")
    receiver.next()
    receiver.answer = lambda _: Answer()
    mia.types("Next")
    assert receiver.next().event["text"] == "Next"


def test_an_interaction_is_json_in_a_form_and_its_answer_is_the_ack(
    mia: Person, receiver: Receiver, sandbox: Sandbox
) -> None:
    mia.types("/go")
    trigger = parse_qs(receiver.next().body)["trigger_id"][0]
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    client.views_open(trigger_id=trigger, view=FORM)
    errors = {"response_action": "errors", "errors": {"title": "Taken already"}}
    receiver.answer = lambda _: Answer(
        body=json.dumps(errors), headers={"Content-Type": "application/json"}
    )
    mia.submits(title="A bird", size="small")
    payload = json.loads(parse_qs(receiver.next().body)["payload"][0])
    assert payload["type"] == "view_submission"
    modal = mia.modal
    assert modal is not None
    assert modal.errors == {"title": "Taken already"}


def test_an_app_that_wants_socket_mode_is_told_over_it_alone() -> None:
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


def test_a_bolt_app_over_http_trusts_what_it_is_sent() -> None:
    """Bolt itself verifies the signatures, answers the challenge and acks."""
    made: Queue[App] = Queue()
    bolt: list[App] = []

    def dispatch(posted: Posted) -> Answer:
        if not bolt:
            bolt.append(made.get(timeout=WITHIN))
        request = BoltRequest(body=posted.body, headers={**posted.headers})
        response = bolt[0].dispatch(request)
        sent = {name: values[0] for name, values in response.headers.items()}
        return Answer(response.status, response.body, sent)

    with served(dispatch, threading.Event()) as url, Sandbox(manifest_for(url)) as sandbox:
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
        joined, hello = sorted((heard.get(timeout=WITHIN) for _ in range(2)), key=len, reverse=True)
        assert "has joined" in joined
        assert hello == "Hello"
        mia.types("/go now")
        assert mia.sees("You said: now").ephemeral


def answer_command(ack: Ack, command: Json) -> None:
    ack(f"You said: {command['text']}")
