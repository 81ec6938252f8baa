"""The workspace of a database, which is checked before the database is migrated."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.authorization.workspace import open_own
from bot.cli import post
from bot.clock import utc_now
from bot.config import RunSettings
from bot.service import service
from bot.slack.answers.auth_test import Identity
from bot.slack.client import StartupError
from storage.boards import boards
from storage.database import open_database
from storage.locks import STORE
from storage.tables import PostKind


class RightClock:
    """A client whose clock agrees with Slack's."""

    @property
    def slack_time(self) -> "RightClock":
        return self

    def require_right_clock(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunSettings:
    """Settings with an older database of the workspace T1, and a token of T2."""
    file = tmp_path / "needle.db"
    with (
        closing(open_database(f"sqlite:///{file}")) as database,
        database.transaction(STORE) as session,
    ):
        boards.create(session, "T1", "C1", None, utc_now())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")

    def connect(*_: Any) -> tuple[RightClock, Identity]:
        return RightClock(), Identity(team_id="T2", user_id="U1")

    for module in (post, service):
        monkeypatch.setattr(module, "connect", connect)
    monkeypatch.setattr(service, "call_with_token", lambda *_: None)
    return RunSettings(
        database_url=f"sqlite:///{file}",
        slack_bot_token=SecretStr("xoxb-1"),
        slack_app_token=SecretStr("xapp-1"),
    )


def run(settings: RunSettings) -> None:
    with service.running(settings):
        pass


def post_digest(settings: RunSettings) -> None:
    post.post_now(settings, PostKind.DIGEST, "C1")


def test_database_without_boards__belongs_to_its_first_workspace(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'needle.db'}"

    def opened_by(team_id: str) -> None:
        identity = Identity(team_id=team_id, user_id="U1")
        open_own(url, identity, lambda: open_database(url)).close()

    opened_by("T1")
    opened_by("T1")
    with pytest.raises(StartupError, match="belongs to T1"):
        opened_by("T2")


@pytest.mark.parametrize("command", [run, post_digest])
def test_older_database_of_another_workspace__is_not_migrated(
    command: Any, settings: RunSettings, tmp_path: Path
) -> None:
    before = (tmp_path / "needle.db").read_bytes()
    with pytest.raises(StartupError, match="belongs to T1"):
        command(settings)
    assert (tmp_path / "needle.db").read_bytes() == before
