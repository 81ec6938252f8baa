"""Socket Mode: connections, envelopes and their retries, and delivery faults."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from slack_sandbox.client.client import ActionFailed, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, TIMEOUT, Json, connect_app

SHORT_ACK_TIMEOUT = 0.3  # seconds
short_ack_timeout = pytest.mark.parametrize("ack_timeout", [SHORT_ACK_TIMEOUT], ids=["short"])


@pytest.fixture
def ack_timeout() -> float:
    return 2  # even a slow machine acknowledges in this time


@pytest.fixture
def sandbox(ack_timeout: float) -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, ack_timeout=ack_timeout, retry_delays=(0, 0.1, 0.1)) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(sandbox: Sandbox, slack: SandboxClient) -> Person:
    """Return Mia, after she invited the app and it got the two events of that."""
    mia = slack.person("mia")
    with connect_app(sandbox) as connection:
        mia.invites(slack.app_user_id, "ops")
        connection.event("message")
    slack.wait_for_connections(0)
    return mia


@pytest.fixture
def background() -> Iterator[ThreadPoolExecutor]:
    """Threads for actions that block while the test goes on."""
    with ThreadPoolExecutor() as threads:
        yield threads


def test_new_connection__gets_hello(sandbox: Sandbox) -> None:
    with connect_app(sandbox) as first, connect_app(sandbox) as second:
        assert first.hello["type"] == "hello"
        assert first.hello["connection_info"]["app_id"].startswith("A")
        assert first.hello["debug_info"].keys() == {
            "host",
            "build_number",
            "approximate_connection_time",
        }
        assert [first.hello["num_connections"], second.hello["num_connections"]] == [1, 2]


@short_ack_timeout
def test_unacknowledged_event__is_retried_three_times(sandbox: Sandbox, mia: Person) -> None:
    with connect_app(sandbox, acks=False) as connection:
        mia.types("Hello")
        sent = [connection.next() for _ in range(4)]
        assert [envelope["retry_attempt"] for envelope in sent] == [0, 1, 2, 3]
        assert [envelope["retry_reason"] for envelope in sent] == ["", *["timeout"] * 3]
        assert len({envelope["payload"]["event_id"] for envelope in sent}) == 1
        assert len({envelope["envelope_id"] for envelope in sent}) == 4
        assert connection.receives_nothing(3 * SHORT_ACK_TIMEOUT)


def test_retry_acknowledged__is_the_last(sandbox: Sandbox, mia: Person, ack_timeout: float) -> None:
    with connect_app(sandbox, acks=False) as connection:
        mia.types("Hello")
        connection.next()
        connection.ack(connection.next())
        assert connection.receives_nothing(ack_timeout + 0.5)


def test_broken_connection__event_is_retried_on_another(sandbox: Sandbox, mia: Person) -> None:
    with connect_app(sandbox, acks=False) as first, connect_app(sandbox, acks=False) as second:
        mia.types("Hello")
        sent = first.next()
        first.socket.close()
        retry = second.next()
    assert [sent["retry_attempt"], retry["retry_attempt"]] == [0, 1]
    assert retry["retry_reason"] == "connection_failed"
    assert sent["payload"] == retry["payload"]


@short_ack_timeout
def test_unacknowledged_command__fails_without_retry(sandbox: Sandbox, mia: Person) -> None:
    with connect_app(sandbox, acks=False) as connection:
        with pytest.raises(ActionFailed, match="the app didn't respond"):
            mia.types("/go")
        assert connection.next()["type"] == "slash_commands"
        assert connection.receives_nothing(3 * SHORT_ACK_TIMEOUT)


def test_no_connection__fails_commands(sandbox: Sandbox, mia: Person) -> None:
    with pytest.raises(ActionFailed, match="isn't connected"):
        mia.types("/go")
    with connect_app(sandbox) as connection:
        assert connection.receives_nothing()


def test_no_connection__event_is_retried() -> None:
    with Sandbox(MANIFEST, retry_delays=(0, 1, 3)) as sandbox:
        mia = SandboxClient(sandbox.url).person("mia")
        mia.types("/invite @recorder")
        mia.types("Is anyone there?")
        with connect_app(sandbox) as connection:
            retries = [connection.next() for _ in range(3)]
    assert all(retry["retry_attempt"] >= 2 for retry in retries)
    assert {retry["retry_reason"] for retry in retries} == {"connection_failed"}
    assert "Is anyone there?" in [retry["payload"]["event"].get("text") for retry in retries]


def test_refreshed_connection__gets_a_warning_then_closes(
    sandbox: Sandbox, slack: SandboxClient
) -> None:
    with connect_app(sandbox) as connection:
        slack.refresh_connections()
        assert [connection.next()["reason"], connection.next()["reason"]] == [
            "warning",
            "refresh_requested",
        ]
        with pytest.raises(ConnectionClosed):
            connection.next()
    slack.wait_for_connections(0)


def test_warned_connection__still_gets_envelopes(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, background: ThreadPoolExecutor
) -> None:
    with connect_app(sandbox) as connection:
        background.submit(slack.refresh_connections, 3)
        assert connection.next()["reason"] == "warning"
        mia.types("Still there?")
        assert connection.event("message")["text"] == "Still there?"
        assert connection.next()["reason"] == "refresh_requested"


def test_aborted_connection__ends_without_close_frame(
    sandbox: Sandbox, slack: SandboxClient
) -> None:
    with connect_app(sandbox) as connection:
        slack.abort_connections()
        with pytest.raises(ConnectionClosed) as closed:
            connection.next()
        assert closed.value.rcvd is None
    slack.wait_for_connections(0)


def test_frozen_connection__stays_open_and_silent(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, ack_timeout: float
) -> None:
    with connect_app(sandbox) as frozen:
        slack.freeze_connections()
        assert not frozen.socket.ping().wait(SHORT_ACK_TIMEOUT)
        with connect_app(sandbox) as connection:
            slack.wait_for_connections(2)
            for number in range(2):  # one for each connection
                mia.types(f"Hello {number}")
            # An envelope sent on the frozen connection comes here with the second retry.
            events = [
                connection.event("message", 2 * ack_timeout + TIMEOUT)["text"] for _ in range(2)
            ]
            assert sorted(events) == ["Hello 0", "Hello 1"]
            assert frozen.receives_nothing()
            slack.abort_connections()  # a frozen connection doesn't answer a close frame


def test_duplicate_fault__sends_a_copy(sandbox: Sandbox, slack: SandboxClient, mia: Person) -> None:
    with connect_app(sandbox) as connection:
        slack.inject_delivery_fault(type="events_api", duplicate=True)
        mia.types("Echo")
        first, second = connection.next(), connection.next()
        assert first["payload"] == second["payload"]
        assert first["envelope_id"] != second["envelope_id"]
        mia.types("Once")
        assert connection.event("message")["text"] == "Once"
        assert connection.receives_nothing()


def test_reorder_fault__swaps_two_envelopes(
    sandbox: Sandbox, slack: SandboxClient, mia: Person
) -> None:
    with connect_app(sandbox) as connection:
        slack.inject_delivery_fault(reorder=True)
        mia.types("First")
        mia.types("Second")
        assert [connection.event("message")["text"] for _ in range(2)] == ["Second", "First"]


def test_delay_fault__delays_the_envelope(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, background: ThreadPoolExecutor
) -> None:
    with connect_app(sandbox) as connection:
        slack.inject_delivery_fault(type="slash_commands", delay=2)
        calling: Future[None] = background.submit(mia.types, "/go")
        mia.types("Meanwhile")
        assert [connection.next()["type"] for _ in range(2)] == ["events_api", "slash_commands"]
        calling.result(TIMEOUT)


@pytest.mark.parametrize(
    "fields", [{}, {"delay": -1}, {"duplicate": True, "times": 0}, {"lost": 1}]
)
def test_invalid_delivery_fault__is_rejected(slack: SandboxClient, fields: Json) -> None:
    with pytest.raises(ActionFailed, match="invalid_arguments"):
        slack.inject_delivery_fault(**fields)


@pytest.mark.parametrize("reason", ["too_many_websockets", "link_disabled"])
def test_refused_connection__gets_the_reason_and_is_closed(
    sandbox: Sandbox, slack: SandboxClient, reason: str
) -> None:
    slack.refuse_connections(reason)
    with connect_app(sandbox) as connection:
        assert (connection.hello["type"], connection.hello["reason"]) == ("disconnect", reason)
        with pytest.raises(ConnectionClosed):
            connection.next()
    slack.refuse_connections("")
    with connect_app(sandbox) as connection:
        assert connection.hello["type"] == "hello"


@pytest.mark.parametrize(
    ("reason", "ends"), [("too_many_websockets", False), ("link_disabled", True)]
)
def test_open_connection__ends_only_if_the_link_is_disabled(
    sandbox: Sandbox, slack: SandboxClient, reason: str, *, ends: bool
) -> None:
    with connect_app(sandbox) as connection:
        slack.refuse_connections(reason)
        if ends:
            assert connection.next()["reason"] == reason
            with pytest.raises(ConnectionClosed):
                connection.next()
        else:
            assert connection.receives_nothing(0.3)


def test_unknown_refusal__is_an_error(slack: SandboxClient) -> None:
    with pytest.raises(ActionFailed, match="reason must be"):
        slack.refuse_connections("tired")
