"""The listeners' threads: a failing or slow listener doesn't affect the others."""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue
from typing import Any, cast

import pytest
from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.client import app_token_client
from bot.slack.socket_mode.listener import Batches, BatchFailed, SocketModeListener
from bot.slack.socket_mode.workers import POOL_SIZE
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.listener_harness import sandbox_from_manifest
from tests.support.wait import wait_until

WITHIN = 5  # seconds
SOON = 0.05  # seconds; the SDK waits ten before it retries
FIRST_WAIT = 0.2  # seconds, instead of ten
OPEN = "apps.connections.open"


@pytest.fixture
def heard() -> "Queue[str]":
    return Queue()


@pytest.fixture
def listening(heard: "Queue[str]") -> Iterator[SocketModeListener]:
    """A listener for /vote and /fail. For /fail, its error handler fails too."""
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        process_before_response=True,
        request_verification_enabled=False,
    )

    def fail() -> None:
        raise ZeroDivisionError

    app.command("/fail")(fail)
    app.command("/vote")(lambda: heard.put("a vote"))
    app.error(fail)
    listening = SocketModeListener(app, "xapp-1", WebClient())
    yield listening
    listening.finish(time.monotonic() + WITHIN)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of its own, so that injected faults affect no other test."""
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def greeted() -> "Queue[None]":
    """A queue that gets an item for each new connection."""
    return Queue()


@pytest.fixture
def monitor_interval() -> float:
    """The seconds between checks of the connection. A test can override them."""
    return SOON


@pytest.fixture
def connected(
    sandbox: Sandbox, greeted: "Queue[None]", monitor_interval: float
) -> Iterator[SocketModeListener]:
    """A handler without listeners, whose connection is checked all the time."""
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        request_verification_enabled=False,
    )
    token = sandbox.app_token
    listening = SocketModeListener(app, token, app_token_client(SecretStr(token), sandbox.api_url))
    listening.client.message_listeners.append(lambda *_: greeted.put(None))
    listening.client.current_app_monitor.interval_seconds = monitor_interval
    listening.client.connect()
    greeted.get(timeout=WITHIN)
    yield listening
    listening.finish(time.monotonic() + WITHIN)


class Storing:
    """What a test's batches do, and the events that were acknowledged while they were stored."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.batches = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        yield
        self.batches += 1
        if self.failure:
            raise self.failure


class Acknowledging:
    """A Socket Mode client that records acknowledgments."""

    logger = logging.getLogger("test")

    def __init__(self) -> None:
        self.acknowledged: list[str] = []

    def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self.acknowledged.append(response.envelope_id)


class BatchedListener:
    """A listener that is busy with a first event, so that the next ones become a batch."""

    def __init__(self) -> None:
        self.storing, self.client = Storing(), Acknowledging()
        self.heard: list[str] = []
        self._is_busy, self._goes_on = threading.Event(), threading.Event()
        app = App(
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
            process_before_response=True,
            request_verification_enabled=False,
        )
        app.event("reaction_added")(self._hear)
        batches = Batches(lambda payload: payload["event"]["item"]["channel"], self.storing)
        self.listening = SocketModeListener(app, "xapp-1", WebClient(), batches)

    def hears(self, *reactions: str) -> list[str]:
        """Let the listener hear a batch. Return the acknowledged reactions."""
        self._send("busy")
        self._is_busy.wait(WITHIN)
        for reaction in reactions:
            self._send(reaction)
        self._goes_on.set()
        self.listening.finish(time.monotonic() + WITHIN)
        return [each for each in self.client.acknowledged if each != "busy"]

    def _send(self, reaction: str) -> None:
        event = {
            "type": "reaction_added",
            "user": "U1",
            "reaction": reaction,
            "item": {"type": "message", "channel": "C1", "ts": "1.000001"},
        }
        body = {"type": "event_callback", "team_id": "T1", "event": event}
        request = SocketModeRequest("events_api", reaction, body)
        self.listening.handle(cast("SocketModeClient", self.client), request)

    def _hear(self, event: dict[str, Any]) -> None:
        self.heard.append(event["reaction"])
        if event["reaction"] == "busy":
            self._is_busy.set()
            self._goes_on.wait(WITHIN)
        if event["reaction"] == "fails":
            raise ZeroDivisionError


def calls(listening: SocketModeListener, command: str) -> None:
    body = {"command": command, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    listening.handle(listening.client, SocketModeRequest("slash_commands", command, body))


def test_batch__is_acknowledged_after_it_is_stored() -> None:
    batched = BatchedListener()
    assert batched.hears("a", "b") == ["a", "b"]
    assert batched.storing.batches == 1


def test_failed_listener_in_batch__only_its_event_comes_again() -> None:
    batched = BatchedListener()
    assert batched.hears("a", "fails", "b") == ["a", "b"]


def test_batch_that_could_not_be_stored__comes_again(caplog: pytest.LogCaptureFixture) -> None:
    batched = BatchedListener()
    batched.storing.failure = BatchFailed("the disk is full")
    assert batched.hears("a", "b") == []
    assert batched.heard == ["busy", "a", "b"]
    assert "batch_failed" in caplog.messages


def test_batch_with_an_unexpected_error__is_stored_one_by_one() -> None:
    batched = BatchedListener()
    batched.storing.failure = ZeroDivisionError()
    assert batched.hears("a", "b") == ["a", "b"]
    assert batched.heard == ["busy", "a", "b", "a", "b"]


def test_failed_listener__thread_serves_others(
    listening: SocketModeListener, heard: "Queue[str]", caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(POOL_SIZE):
        calls(listening, "/fail")
    calls(listening, "/vote")
    assert heard.get(timeout=WITHIN) == "a vote"
    assert "listener_failed" in caplog.messages


@pytest.mark.parametrize(
    ("fault", "errors"),
    [
        ({"status": 503, "error": "service_unavailable"}, 0),
        ({"status": 502}, 0),
        ({"disconnect": True}, 0),
        ({"error": "invalid_auth"}, 1),  # the rejected token
    ],
    ids=str,
)
@pytest.mark.parametrize("end", ["refresh_connections", "abort_connections"])
@pytest.mark.usefixtures("connected")
def test_reconnecting__is_not_an_error(
    sandbox: Sandbox,
    greeted: "Queue[None]",
    caplog: pytest.LogCaptureFixture,
    end: str,
    fault: dict[str, Any],
    errors: int,
) -> None:
    slack = SandboxClient(sandbox.url)
    slack.inject_fault(OPEN, **fault, times=4)
    getattr(slack, end)()
    greeted.get(timeout=WITHIN)
    failed = [call for call in slack.api_calls(OPEN) if not call["ok"]]
    levels = [record.levelno for record in caplog.records]
    assert (levels.count(logging.ERROR), caplog.text.count("Traceback")) == (errors, 0)
    assert levels.count(logging.WARNING) >= len(failed) == 4


@pytest.mark.usefixtures("connected")
def test_next_connection_hangs__messages_still_arrive(
    sandbox: Sandbox, greeted: "Queue[None]"
) -> None:
    slack = SandboxClient(sandbox.url)
    slack.inject_fault(OPEN, delay=60, after_processing=True)
    with ThreadPoolExecutor() as pool:
        pool.submit(slack.refresh_connections, close_after=3)
        wait_until(lambda: len(slack.api_calls(OPEN)) == 2, within=WITHIN)
        slack.person("mia").types("/invite @Needle", "ops")
        greeted.get(timeout=WITHIN)


def test_failing_callback__is_logged_as_error(
    connected: SocketModeListener,
    sandbox: Sandbox,
    greeted: "Queue[None]",
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    connected.client.message_listeners.insert(0, fail)
    SandboxClient(sandbox.url).abort_connections()
    greeted.get(timeout=WITHIN)
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info


def test_refused_again_and_again__waits_longer_each_time(
    connected: SocketModeListener,
    sandbox: Sandbox,
    greeted: "Queue[None]",
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slack = SandboxClient(sandbox.url)
    monkeypatch.setattr("bot.slack.socket_mode.refusals.FIRST_WAIT_SECONDS", FIRST_WAIT)
    slack.refuse_connections("link_disabled")  # ends the connection, and refuses others
    started = time.monotonic()
    wait_until(lambda: len(slack.api_calls(OPEN)) >= 4, within=60)
    assert time.monotonic() - started >= FIRST_WAIT * (1 + 2 + 4)
    assert connected.client.refusals.reason == "link_disabled"
    slack.refuse_connections("")
    greeted.get(timeout=60)
    assert connected.client.refusals.reason == ""
    [line] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (line.message, line.__dict__["reason"]) == ("connections_refused", "link_disabled")


@pytest.mark.parametrize("monitor_interval", [3600])
def test_server_dies_without_a_word__reconnects_at_once(
    connected: SocketModeListener, sandbox: Sandbox, greeted: "Queue[None]"
) -> None:
    connected.client.ping_interval = 0  # the connection counts as an old one
    SandboxClient(sandbox.url).abort_connections()
    greeted.get(timeout=WITHIN)


def test_slack_limits_new_connections__retry_after_is_kept(
    connected: SocketModeListener, sandbox: Sandbox, greeted: "Queue[None]"
) -> None:
    slack = SandboxClient(sandbox.url)
    slack.inject_fault(OPEN, status=429, retry_after=3600)
    slack.abort_connections()
    wait_until(lambda: connected.client.refusals.reason == "ratelimited", within=WITHIN)
    assert connected.client.refusals.is_waiting
    assert len(slack.api_calls(OPEN)) == 2
    assert greeted.empty()
