"""The watchdog replaces a connection that looks open but is dead."""

from datetime import timedelta
from threading import Event
from urllib.error import URLError

import pytest
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.heartbeat import Heartbeat
from bot.slack.socket_mode.keepalive import SILENCE_TIMEOUT_SECONDS, Watchdog, watch_connection
from tests.support.manual_seconds import ManualSeconds
from tests.support.wait import wait_until

START = 1_000_000.0


HOUR = 3600
DAY = 24 * HOUR
YEAR = 365 * DAY


class Session:
    """An open connection, with the time of its last pong, if any."""

    def __init__(self, pong: float | None = None) -> None:
        self.last_ping_pong_time = pong


class Client(SocketModeClient):
    """The SDK's client, with connections that only count."""

    def __init__(self) -> None:
        self.current_session = Session()  # type: ignore[assignment] # what a watchdog checks
        self.connected = True
        self.opened = 0
        self.trouble: Exception | None = None

    def is_connected(self) -> bool:
        return self.connected

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 — Slack's
        assert force
        self.opened += 1
        if self.trouble:
            raise self.trouble
        self.current_session = Session()  # type: ignore[assignment] # as above


class Watched:
    def __init__(self) -> None:
        self.now = START
        self.client = Client()
        self.watchdog = Watchdog(self.client, monotonic=lambda: self.now)
        self.watchdog.check()

    def after(self, seconds: float, pong: float | None = None) -> None:
        self.now = START + seconds
        if pong is not None:
            self.client.current_session = self.client.current_session
            self.client.current_session.last_ping_pong_time = START + pong  # type: ignore[union-attr]
        self.watchdog.check()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_answering_connection__is_kept(watched: Watched) -> None:
    for seconds in range(0, 600, 10):
        watched.after(seconds + 5, pong=seconds)
        assert watched.watchdog.is_alive
    assert watched.client.opened == 0


def test_connection_without_any_pong__is_replaced(watched: Watched) -> None:
    watched.after(SILENCE_TIMEOUT_SECONDS - 1)
    assert watched.client.opened == 0
    watched.after(SILENCE_TIMEOUT_SECONDS)
    assert watched.client.opened == 1
    assert watched.watchdog.is_alive


def test_connection_that_fell_silent__is_replaced(watched: Watched) -> None:
    watched.after(105, pong=100)
    watched.after(104 + SILENCE_TIMEOUT_SECONDS)
    assert watched.client.opened == 0
    watched.after(105 + SILENCE_TIMEOUT_SECONDS)
    assert watched.client.opened == 1


@pytest.mark.parametrize("step", [-10 * YEAR, -2 * HOUR, 2 * HOUR, 60 * DAY])
def test_clock_set__only_a_silent_connection_is_replaced(watched: Watched, step: int) -> None:
    watched.after(5, pong=0)
    for seconds in range(10, 100, 10):
        watched.after(seconds + 5, pong=seconds + step)
    assert watched.client.opened == 0
    watched.after(95 + SILENCE_TIMEOUT_SECONDS)
    assert watched.client.opened == 1


def test_new_connection__gets_time_to_answer(watched: Watched) -> None:
    for seconds in (
        SILENCE_TIMEOUT_SECONDS,
        SILENCE_TIMEOUT_SECONDS + 5,
        2 * SILENCE_TIMEOUT_SECONDS,
    ):
        watched.after(seconds)
    assert watched.client.opened == 1
    watched.after(2 * SILENCE_TIMEOUT_SECONDS + 5)
    assert watched.client.opened == 2


def test_failed_reconnect__is_not_alive_and_retries(watched: Watched) -> None:
    watched.client.trouble = URLError(ConnectionRefusedError())
    watched.after(SILENCE_TIMEOUT_SECONDS)
    assert not watched.watchdog.is_alive
    watched.after(SILENCE_TIMEOUT_SECONDS + 5)
    assert watched.client.opened == 2


def test_failed_check__watchdog_continues(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The SDK's own threads close the same sockets."""
    monkeypatch.setattr("bot.slack.socket_mode.keepalive.CHECK_INTERVAL_SECONDS", 0.001)
    monkeypatch.setattr("bot.slack.socket_mode.keepalive.SILENCE_TIMEOUT_SECONDS", 0)
    client = Client()
    client.trouble = AttributeError()
    with watch_connection(client, Heartbeat()):
        wait_until(lambda: client.opened > 1, within=10)
    assert "connection_check_failed" in caplog.messages


def test_check_hangs__heartbeat_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.socket_mode.keepalive.CHECK_INTERVAL_SECONDS", 0.001)
    client, seconds, hanging, goes_on = Client(), ManualSeconds(), Event(), Event()
    heartbeat = Heartbeat(seconds)

    def hang() -> bool:
        hanging.set()
        return goes_on.wait(10)

    with watch_connection(client, heartbeat):
        seconds.now = 10
        wait_until(lambda: heartbeat.age == timedelta(), within=10)
        monkeypatch.setattr(client, "is_connected", hang)
        assert hanging.wait(10)
        seconds.now = 30
        assert heartbeat.age == timedelta(seconds=20)
        goes_on.set()
        wait_until(lambda: heartbeat.age == timedelta(), within=10)


def test_no_connection__watchdog_leaves_it_to_the_sdk(watched: Watched) -> None:
    watched.client.connected = False
    watched.after(10 * SILENCE_TIMEOUT_SECONDS)
    assert (watched.watchdog.is_alive, watched.client.opened) == (False, 0)
