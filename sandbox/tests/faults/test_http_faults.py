"""HTTP faults: which calls they affect, how often, and what the app gets."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from socket import create_connection
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from slack_sandbox.client.client import ActionFailed, SandboxClient
from slack_sandbox.faults.http_faults import MAX_DELAY, HttpFault, HttpFaults
from slack_sandbox.model.errors import SlackError
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, connect_app


@pytest.fixture
def faults() -> HttpFaults:
    return HttpFaults()


def take(faults: HttpFaults, method: str, channel: str = "") -> HttpFault | None:
    return faults.take(lambda each: each.applies_to(method, channel))


def affected(faults: HttpFaults, *methods: str) -> list[str]:
    """Make these calls in order. Return the error of the fault that affects each call, or "-"."""
    return [fault.error if (fault := take(faults, each)) else "-" for each in methods]


def test_fault__affects_only_the_next_call_of_its_method(faults: HttpFaults) -> None:
    faults.add({"method": "chat.update", "error": "fatal_error"})
    assert affected(faults, "chat.postMessage", "chat.update", "chat.update") == [
        "-",
        "fatal_error",
        "-",
    ]


def test_fault_with_times__affects_that_many_calls(faults: HttpFaults) -> None:
    faults.add({"method": "chat.update", "error": "a", "times": 2})
    assert affected(faults, *["chat.update"] * 3) == ["a", "a", "-"]


def test_fault_of_star__affects_any_method(faults: HttpFaults) -> None:
    faults.add({"method": "*", "error": "a", "times": 2})
    assert affected(faults, "chat.update", "users.info", "users.info") == ["a", "a", "-"]


def test_fault_of_channel__affects_only_its_calls(faults: HttpFaults) -> None:
    faults.add({"method": "chat.update", "channel": "C1", "error": "a", "times": 2})
    calls = [
        ("chat.update", "C2"),
        ("chat.update", ""),
        ("users.info", "C1"),
        ("chat.update", "C1"),
    ]
    assert [take(faults, *call) is not None for call in calls] == [False, False, False, True]


def test_several_faults__occur_in_order(
    faults: HttpFaults,
) -> None:
    for error in "ab":
        faults.add({"method": "chat.update", "error": error})
    assert affected(faults, *["chat.update"] * 3) == ["a", "b", "-"]


def test_same_seed__affects_the_same_calls() -> None:
    results = []
    for seed in (1, 1, 2):
        faults = HttpFaults()
        faults.add({"method": "*", "error": "a", "times": 50, "probability": 0.5, "seed": seed})
        results.append(affected(faults, *["users.info"] * 50))
    assert results[0] == results[1] != results[2]
    assert 10 < results[0].count("a") < 40


@pytest.mark.parametrize(
    "fields",
    [
        {"times": 0},
        {"probability": 0},
        {"probability": 1.1},
        {"delay": -1},
        {"delay": MAX_DELAY + 1},
        {"trickle": -1},
        {"trickle": MAX_DELAY + 1},
        {"status": 199},
        {"status": 600},
        {"status": "500"},
        {"sometimes": True},
    ],
    ids=str,
)
def test_invalid_fault__is_rejected(faults: HttpFaults, fields: dict[str, Any]) -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        faults.add({"method": "chat.update", "error": "a"} | fields)
    assert affected(faults, "chat.update") == ["-"]


@pytest.mark.parametrize(
    ("fault", "replaces"),
    [
        (HttpFault("*", error="fatal_error"), True),
        (HttpFault("*", status=500), True),
        (HttpFault("*", disconnect=True), True),
        (HttpFault("*", delay=0.1), False),
        (HttpFault("*", trickle=0.1), False),
    ],
)
def test_fault_with_only_a_delay__keeps_slacks_response(
    fault: HttpFault, *, replaces: bool
) -> None:
    assert fault.replaces == replaces


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST) as running:
        SandboxClient(running.url).person("mia").invites(
            SandboxClient(running.url).app_user_id, "ops"
        )
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


def is_posted(slack: SandboxClient, text: str) -> bool:
    return any(text in message.visible_text for message in slack.person("mia").messages("ops"))


def test_rate_limit_fault__has_retry_after(slack: SandboxClient, client: WebClient) -> None:
    slack.inject_fault("auth.test", status=429, error="ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    client.auth_test()


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "internal_error"])
def test_token_fault__rejects_the_token_twice(
    slack: SandboxClient, client: WebClient, error: str
) -> None:
    slack.inject_fault("*", error=error, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match=error):
            client.auth_test()
    client.auth_test()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    "fault", [{"status": 500, "error": "fatal_error"}, {"disconnect": True}], ids=str
)
def test_failing_call__is_processed_only_if_requested(
    slack: SandboxClient, client: WebClient, fault: dict[str, Any], *, after: bool
) -> None:
    text = f"{fault} {after}"
    slack.inject_fault("chat.postMessage", after_processing=after, **fault)
    with pytest.raises((SlackApiError, OSError, HTTPException)):
        client.chat_postMessage(channel="C0OPS00001", text=text)
    assert is_posted(slack, text) == after


def test_delayed_call__is_counted_until_it_is_processed(
    slack: SandboxClient, client: WebClient
) -> None:
    slack.inject_fault("auth.test", delay=0.5)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.auth_test)
        counts = {0}
        while not call.done():
            counts.add(slack.delayed_calls())
    assert counts == {0, 1}
    assert slack.delayed_calls() == 0


def test_call_delayed_beyond_timeout__is_processed(slack: SandboxClient, sandbox: Sandbox) -> None:
    impatient = WebClient(sandbox.bot_token, base_url=sandbox.api_url, timeout=1, retry_handlers=[])
    slack.inject_fault("chat.postMessage", delay=2, after_processing=True)
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel="C0OPS00001", text="late but there")
    assert is_posted(slack, "late but there")


@pytest.mark.parametrize("arguments_as", ["params", "json"])
def test_channel_fault__affects_calls_that_name_it(
    slack: SandboxClient, client: WebClient, arguments_as: str
) -> None:
    slack.inject_fault("chat.postMessage", channel="C0OPS00001", error="fatal_error")
    for channel, error in [("C0NOWHERE1", "channel_not_found"), ("C0OPS00001", "fatal_error")]:
        arguments: dict[str, Any] = {arguments_as: {"channel": channel, "text": "hello"}}
        with pytest.raises(SlackApiError, match=error):
            client.api_call("chat.postMessage", **arguments)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({}, "ok"),
        ({"status": 503, "error": "fatal_error"}, "fatal_error"),
        ({"after_processing": True}, "ok"),
    ],
    ids=str,
)
def test_trickled_response__arrives_complete(
    slack: SandboxClient, client: WebClient, fault: dict[str, Any], outcome: str
) -> None:
    slack.inject_fault("auth.test", trickle=0.0001, **fault)
    try:
        response = client.auth_test()
    except SlackApiError as refused:
        response = refused.response
    assert (response.get("error") or "ok") == outcome


def test_trickled_response__a_byte_ends_no_time_out(sandbox: Sandbox, slack: SandboxClient) -> None:
    """A time-out for each read never notices."""
    slack.inject_fault("auth.test", trickle=0.2)
    address = sandbox.api_url.removeprefix("http://").partition("/")[0].split(":")
    with create_connection((address[0], int(address[1])), timeout=5) as connection:
        connection.sendall(b"POST /api/auth.test HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert [connection.recv(100) for _ in range(4)] == [b"H", b"T", b"T", b"P"]


@pytest.fixture
def response_url(sandbox: Sandbox, slack: SandboxClient) -> str:
    """Run a command as Mia, and return its response URL."""
    with connect_app(sandbox) as connection, ThreadPoolExecutor() as background:
        background.submit(slack.person("mia").types, "/go")
        while (envelope := connection.next())["type"] != "slash_commands":
            pass
        return str(envelope["payload"]["response_url"])


def respond(url: str, text: str, timeout: int = 5) -> int:
    """Respond to a response URL, and return the HTTP status."""
    return WebhookClient(url, timeout=timeout, retry_handlers=[]).send(text=text).status_code


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("fault", [{"delay": 10}, {"disconnect": True}], ids=str)
def test_response_url_fault__is_before_or_after_processing(
    slack: SandboxClient, response_url: str, fault: dict[str, Any], *, after: bool
) -> None:
    text = f"between us {fault} {after}"
    slack.inject_fault("response_url", after_processing=after, **fault)
    with pytest.raises((OSError, HTTPException)):
        respond(response_url, text, timeout=1)
    assert is_posted(slack, text) == after
    assert respond(response_url, "again") == 200


def test_response_url_fault__has_the_status(slack: SandboxClient, response_url: str) -> None:
    slack.inject_fault("response_url", status=503)
    assert [respond(response_url, "between us") for _ in range(2)] == [503, 200]


def test_response_url_fault__affects_no_api_call(
    slack: SandboxClient, client: WebClient, response_url: str
) -> None:
    slack.inject_fault("response_url", status=503)
    client.auth_test()
    assert respond(response_url, "between us") == 503


@pytest.mark.parametrize("seconds", [-1, 11, "soon", None], ids=str)
def test_invalid_close_after__is_rejected(slack: SandboxClient, seconds: Any) -> None:
    with pytest.raises(ActionFailed, match="invalid_arguments"):
        slack.refresh_connections(seconds)
