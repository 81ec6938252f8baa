"""The threads in which listeners work: what fails or takes long in one of them harms no other."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from queue import Queue

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.listening import THREADS, Lane, Listening

WITHIN = 5  # seconds


@pytest.fixture
def heard() -> "Queue[str]":
    return Queue()


@pytest.fixture
def listening(heard: "Queue[str]") -> Iterator[Listening]:
    """It hears /vote; to /fail it can't even tell the error."""
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
    listening = Listening(app, "xapp-1", WebClient())
    yield listening
    listening.finish(time.monotonic() + WITHIN)


def calls(listening: Listening, command: str) -> None:
    body = {"command": command, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    listening.handle(listening.client, SocketModeRequest("slash_commands", command, body))


def test_a_listener_that_fails_leaves_its_thread_to_others(
    listening: Listening, heard: "Queue[str]", caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(THREADS):
        calls(listening, "/fail")
    calls(listening, "/vote")
    assert heard.get(timeout=WITHIN) == "a vote"
    assert "a listener failed" in caplog.messages


def test_a_lane_finishes_all_that_waits_if_there_is_time() -> None:
    done: Queue[int] = Queue()
    lane = Lane("test")
    for number in range(3 * THREADS):
        lane.add(partial(done.put, number))
    assert lane.finish(time.monotonic() + WITHIN)
    assert done.qsize() == 3 * THREADS


def test_a_lane_does_not_wait_longer_than_told_for_what_hangs() -> None:
    lane, goes_on = Lane("test"), threading.Event()

    def hang() -> None:
        goes_on.wait()

    lane.add(hang)
    assert not lane.finish(time.monotonic())
    goes_on.set()
    assert lane.finish(time.monotonic() + WITHIN)
