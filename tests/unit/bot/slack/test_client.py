"""A rejected app token is logged once, and remembered until Slack accepts it again."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.slack.client import AppTokenClient, app_token_client
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.listener_harness import sandbox_from_manifest


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of its own, so that injected faults affect no other test."""
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def opening(sandbox: Sandbox) -> AppTokenClient:
    return app_token_client(SecretStr(sandbox.app_token), sandbox.api_url)


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
