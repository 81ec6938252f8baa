"""Settings from environment variables, and the errors of invalid ones."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import (
    SEE_README,
    PostingSettings,
    PreviewSettings,
    RunSettings,
    StoreSettings,
    problem,
)

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-a-secret", "SLACK_APP_TOKEN": "xapp-a-secret"}
NAMES = (*TOKENS, "SLACK_API_URL", "DATABASE_URL")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An empty current folder, and an environment in which only the two tokens are set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/ana/data")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, token in TOKENS.items():
        monkeypatch.setenv(name, token)
    return monkeypatch


def said() -> str:
    with pytest.raises(ValidationError) as refusal:
        RunSettings()
    return problem(refusal.value)


@pytest.mark.usefixtures("environment")
def test_two_tokens__are_enough() -> None:
    settings = RunSettings()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-a-secret"
    assert settings.slack_app_token.get_secret_value() == "xapp-a-secret"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:////home/ana/data/needle/needle.db"


def test_each_command__requires_only_what_it_reads(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_APP_TOKEN")
    assert PostingSettings().slack_bot_token
    environment.delenv("SLACK_BOT_TOKEN")
    assert StoreSettings().database_url == "sqlite:////home/ana/data/needle/needle.db"


@pytest.mark.parametrize("token", [None, ""])
def test_no_token__dry_run_needs_none(environment: pytest.MonkeyPatch, token: str | None) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    if token is not None:
        environment.setenv("SLACK_BOT_TOKEN", token)
    assert PreviewSettings().slack_bot_token is None


@pytest.mark.usefixtures("environment")
def test_token_is_set__dry_run_uses_it() -> None:
    token = PreviewSettings().slack_bot_token
    assert token is not None
    assert token.get_secret_value() == TOKENS["SLACK_BOT_TOKEN"]


@pytest.mark.usefixtures("environment")
def test_settings_repr__hides_tokens() -> None:
    assert "a-secret" not in repr(RunSettings())


@pytest.mark.parametrize("empty", [None, ""])
def test_missing_tokens__are_named(environment: pytest.MonkeyPatch, empty: str | None) -> None:
    for name in TOKENS:
        environment.delenv(name) if empty is None else environment.setenv(name, empty)
    assert said() == (f"Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN in the environment. {SEE_README}")
    environment.setenv("SLACK_BOT_TOKEN", "xoxb-a-secret")
    assert said().startswith("Set SLACK_APP_TOKEN in the environment")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000/api/"),
        ("http://127.0.0.1:8000/api/", "http://127.0.0.1:8000/api/"),
    ],
)
def test_url__gets_a_trailing_slash(environment: pytest.MonkeyPatch, given: str, read: str) -> None:
    environment.setenv("SLACK_API_URL", given)
    assert RunSettings().slack_api_url == read


@pytest.mark.parametrize(
    "address",
    [
        "",
        "slack.com/api/",
        "ftp://slack.com/",
        "http://",
        "http://[::1",
        "http://slack.com:abc/api/",
        "http://slack.com:0/api/",
        "http://slack.com/a pi/",
        "http://slack.com…/api/",
        "http://me:secret@slack.com/api/",
        "https://slack.com/api/?token=a",
        "https://slack.com/api/#a",
    ],
)
def test_invalid_url__error_shows_a_valid_one(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("SLACK_API_URL", address)
    assert said() == "SLACK_API_URL isn't a valid URL. Write it like https://slack.com/api/."


@pytest.mark.parametrize(
    ("name", "token", "reason"),
    [
        (
            "SLACK_BOT_TOKEN",
            "xapp-a-secret",
            "is an App-Level Token. It must be the Bot User OAuth Token",
        ),
        (
            "SLACK_BOT_TOKEN",
            "xoxp-a-secret",
            "is a user token. It must be the Bot User OAuth Token",
        ),
        ("SLACK_BOT_TOKEN", "a-secret", "is not a Slack token. It must be"),
        ("SLACK_BOT_TOKEN", "xoxb-a-secret…", "contains a character that no token has"),
        ("SLACK_BOT_TOKEN", "xoxb-a-secret\nX-Header: a", "contains a character that no token has"),
        (
            "SLACK_APP_TOKEN",
            "xoxb-a-secret",
            "is the Bot User OAuth Token. It must be an App-Level Token",
        ),
        ("SLACK_APP_TOKEN", "xapp-a-secret a", "contains a character that no token has"),
    ],
)
def test_malformed_token__is_named_but_not_shown(
    environment: pytest.MonkeyPatch, name: str, token: str, reason: str
) -> None:
    environment.setenv(name, token)
    assert said().startswith(f"{name} {reason}")
    assert said().endswith(SEE_README)
    assert "\n" not in said()
    assert "a-secret" not in said()


def test_spaces_around_token__are_removed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_BOT_TOKEN", " xoxb-a-secret\n")
    assert RunSettings().slack_bot_token.get_secret_value() == "xoxb-a-secret"


def test_empty_database_url__is_named(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "")
    assert said() == f"Set DATABASE_URL in the environment. {SEE_README}"


def test_error_about_url__shows_no_token(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", "nowhere")
    assert "a-secret" not in said()
