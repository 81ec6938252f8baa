"""A rejected app token is logged once, and remembered until Slack accepts it again."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.slack.client import AppTokenClient, app_token_client
from bot.slack.error_messages import SLACK_CALL_ERRORS, is_outage
from bot.slack.socket_mode.client import PatientSocketModeClient
from bot.slack.socket_mode.refusals import Refusals
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.answer_proxy import answer_proxy, body, header
from tests.support.listener_harness import sandbox_from_manifest
from tests.support.manual_seconds import ManualSeconds


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of its own, so that injected faults affect no other test."""
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def opening(sandbox: Sandbox) -> AppTokenClient:
    return app_token_client(SecretStr(sandbox.app_token), sandbox.api_url)


@contextmanager
def without_connection(
    sandbox: Sandbox, client: AppTokenClient
) -> Iterator[PatientSocketModeClient]:
    """Yield a Socket Mode client without a connection."""
    connecting = PatientSocketModeClient(app_token=sandbox.app_token, web_client=client)
    with closing(connecting):
        yield connecting


def fails_to_open(sandbox: Sandbox, opening: AppTokenClient, error: str, **fault: Any) -> None:
    SandboxClient(sandbox.url).inject_fault("apps.connections.open", error=error, **fault)
    with pytest.raises(SlackApiError):
        opening.apps_connections_open(app_token=sandbox.app_token)


def test_repeated_rejection__is_logged_once(
    sandbox: Sandbox, opening: AppTokenClient, caplog: pytest.LogCaptureFixture
) -> None:
    for error in ("invalid_auth", "invalid_auth", "token_revoked"):
        fails_to_open(sandbox, opening, error)
        assert opening.token_status.rejection == error
    lines = [vars(record) for record in caplog.records if record.levelno == logging.ERROR]
    assert [(line["message"], line["variable"], line["error"]) for line in lines] == [
        ("token_rejected", "SLACK_APP_TOKEN", "invalid_auth"),
        ("token_rejected", "SLACK_APP_TOKEN", "token_revoked"),
    ]
    opening.apps_connections_open(app_token=sandbox.app_token)
    assert opening.token_status.rejection == ""


@pytest.mark.parametrize(
    ("error", "status"), [("ratelimited", 429), ("internal_error", 200), ("", 502)]
)
def test_other_error__is_not_a_rejection(
    sandbox: Sandbox, opening: AppTokenClient, error: str, status: int
) -> None:
    fails_to_open(sandbox, opening, error, status=status)
    assert opening.token_status.rejection == ""


@pytest.mark.parametrize(
    ("said", "seconds"), [("86400", 3600), ("soon", 30), ("0", 10), (None, 30), ("15", 15)]
)
def test_any_retry_after__next_attempt_waits_in_bounds(
    sandbox: Sandbox, said: str | None, seconds: int
) -> None:
    monotonic = ManualSeconds()
    with answer_proxy(sandbox.api_url) as proxy:
        client = app_token_client(SecretStr(sandbox.app_token), proxy.url)
        limited = body('{"ok": false, "error": "ratelimited"}', status=429)
        waiting = header("Retry-After", said)
        proxy.change_next("apps.connections.open", lambda answer: waiting(limited(answer)))
        with without_connection(sandbox, client) as connecting:
            connecting.refusals = Refusals(monotonic)
            with pytest.raises(SlackApiError):
                connecting.issue_new_wss_url()
    monotonic.now += seconds - 1
    assert connecting.refusals.is_waiting
    monotonic.now += 1
    assert not connecting.refusals.is_waiting


@pytest.mark.parametrize("status", [200, 429, 502])
@pytest.mark.parametrize("answer", ["null", "[]", '{"ok": true}'])
def test_unreadable_connection_answer__is_an_outage(
    sandbox: Sandbox, answer: str, status: int
) -> None:
    with answer_proxy(sandbox.api_url) as proxy:
        client = app_token_client(SecretStr(sandbox.app_token), proxy.url)
        proxy.change_next("apps.connections.open", body(answer, status))
        with (
            without_connection(sandbox, client) as connecting,
            pytest.raises(SLACK_CALL_ERRORS) as error,
        ):
            connecting.issue_new_wss_url()
    assert is_outage(error.value)
    assert client.token_status.rejection == ""
