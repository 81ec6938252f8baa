"""Socket Mode: who gets an envelope, how often, and what becomes of those that nobody took."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from slack_sandbox.client.client import NotPossible, Person, SandboxClient
from slack_sandbox.server import Sandbox
from support.ear import MANIFEST, WITHIN, Json, hearing

SILENCE = 0.3  # seconds
about_silence = pytest.mark.parametrize("ack_timeout", [SILENCE], ids=["impatient"])


@pytest.fixture
def ack_timeout() -> float:
    """An ear that acks is never so late."""
    return 2


@pytest.fixture
def sandbox(ack_timeout: float) -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, ack_timeout=ack_timeout, retry_delays=(0, 0.1, 0.1)) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient) -> Person:
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    return mia


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    """For what a person does while the app is made to wait."""
    with ThreadPoolExecutor() as threads:
        yield threads


def test_it_says_hello_as_slack_does(sandbox: Sandbox) -> None:
    with hearing(sandbox) as first, hearing(sandbox) as second:
        assert first.hello["type"] == "hello"
        assert first.hello["connection_info"]["app_id"].startswith("A")
        assert first.hello["debug_info"].keys() == {
            "host",
            "build_number",
            "approximate_connection_time",
        }
        assert [first.hello["num_connections"], second.hello["num_connections"]] == [1, 2]


@about_silence
def test_an_event_that_nobody_acks_is_sent_three_times_more(sandbox: Sandbox, mia: Person) -> None:
    with hearing(sandbox, acks=False) as ear:
        mia.types("Hello")
        sent = [ear.next() for _ in range(4)]
        assert [each["retry_attempt"] for each in sent] == [0, 1, 2, 3]
        assert [each["retry_reason"] for each in sent] == ["", "timeout", "timeout", "timeout"]
        assert len({each["payload"]["event_id"] for each in sent}) == 1
        assert len({each["envelope_id"] for each in sent}) == 4
        assert ear.hears_nothing(3 * SILENCE)


def test_an_event_that_is_acked_late_is_not_sent_again(
    sandbox: Sandbox, mia: Person, ack_timeout: float
) -> None:
    with hearing(sandbox, acks=False) as ear:
        mia.types("Hello")
        ear.next()
        ear.ack(ear.next())
        assert ear.hears_nothing(ack_timeout + 0.5)


def test_an_event_whose_connection_breaks_goes_over_another_at_once(
    sandbox: Sandbox, mia: Person
) -> None:
    with hearing(sandbox, acks=False) as first, hearing(sandbox, acks=False) as second:
        mia.types("Hello")
        sent = first.next()
        first.socket.close()
        again = second.next()
    assert [sent["retry_attempt"], again["retry_attempt"]] == [0, 1]
    assert again["retry_reason"] == "connection_failed"
    assert sent["payload"] == again["payload"]


@about_silence
def test_what_a_person_did_is_not_sent_again_and_they_read_that_it_failed(
    sandbox: Sandbox, mia: Person
) -> None:
    with hearing(sandbox, acks=False) as ear:
        with pytest.raises(NotPossible, match="the app didn't respond"):
            mia.types("/go")
        assert ear.next()["type"] == "slash_commands"
        assert ear.hears_nothing(3 * SILENCE)


def test_without_a_connection_an_event_is_lost_and_a_command_fails(
    sandbox: Sandbox, mia: Person
) -> None:
    mia.types("Nobody hears")
    with pytest.raises(NotPossible, match="isn't connected"):
        mia.types("/go")
    with hearing(sandbox) as ear:
        mia.types("Now")
        assert ear.event("message")["text"] == "Now"


def test_a_connection_to_be_renewed_is_warned_and_then_ended(
    sandbox: Sandbox, slack: SandboxClient
) -> None:
    with hearing(sandbox) as ear:
        slack.refresh_connections()
        assert [ear.next()["reason"], ear.next()["reason"]] == ["warning", "refresh_requested"]
        with pytest.raises(ConnectionClosed):
            ear.next()
    slack.wait_for_connections(0)


def test_between_warning_and_end_a_connection_still_gets_envelopes(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, beside: ThreadPoolExecutor
) -> None:
    with hearing(sandbox) as ear:
        beside.submit(slack.refresh_connections, 3)
        assert ear.next()["reason"] == "warning"
        mia.types("Still there?")
        assert ear.event("message")["text"] == "Still there?"
        assert ear.next()["reason"] == "refresh_requested"


def test_a_cut_connection_ends_without_a_word(sandbox: Sandbox, slack: SandboxClient) -> None:
    with hearing(sandbox) as ear:
        slack.abort_connections()
        with pytest.raises(ConnectionClosed) as closed:
            ear.next()
        assert closed.value.rcvd is None
    slack.wait_for_connections(0)


def test_a_frozen_connection_looks_open_and_is_dead(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, ack_timeout: float
) -> None:
    with hearing(sandbox) as frozen:
        slack.freeze_connections()
        assert not frozen.socket.ping().wait(SILENCE)
        with hearing(sandbox) as ear:
            slack.wait_for_connections(2)
            for number in range(2):  # each connection has its turn
                mia.types(f"Hello {number}")
            # What the frozen one had comes over this at the second retry.
            events = [ear.event("message", 2 * ack_timeout + WITHIN)["text"] for _ in range(2)]
            assert sorted(events) == ["Hello 0", "Hello 1"]
            assert frozen.hears_nothing()
            slack.abort_connections()  # a dead one answers no farewell either


def test_an_envelope_comes_twice(sandbox: Sandbox, slack: SandboxClient, mia: Person) -> None:
    with hearing(sandbox) as ear:
        slack.inject_delivery_fault(type="events_api", duplicate=True)
        mia.types("Echo")
        first, second = ear.next(), ear.next()
        assert first["payload"] == second["payload"]
        assert first["envelope_id"] != second["envelope_id"]
        mia.types("Once")
        assert ear.event("message")["text"] == "Once"
        assert ear.hears_nothing()


def test_two_envelopes_change_places(sandbox: Sandbox, slack: SandboxClient, mia: Person) -> None:
    with hearing(sandbox) as ear:
        slack.inject_delivery_fault(reorder=True)
        mia.types("First")
        mia.types("Second")
        assert [ear.event("message")["text"] for _ in range(2)] == ["Second", "First"]


def test_an_envelope_comes_late(
    sandbox: Sandbox, slack: SandboxClient, mia: Person, beside: ThreadPoolExecutor
) -> None:
    with hearing(sandbox) as ear:
        slack.inject_delivery_fault(type="slash_commands", delay=2)
        calling: Future[None] = beside.submit(mia.types, "/go")
        mia.types("Meanwhile")
        assert [ear.next()["type"] for _ in range(2)] == ["events_api", "slash_commands"]
        calling.result(WITHIN)


@pytest.mark.parametrize(
    "nonsense", [{}, {"delay": -1}, {"duplicate": True, "times": 0}, {"lost": 1}]
)
def test_a_misdelivery_that_makes_no_sense_is_refused(slack: SandboxClient, nonsense: Json) -> None:
    with pytest.raises(NotPossible, match="invalid_arguments"):
        slack.inject_delivery_fault(**nonsense)
