"""Bad input gets a clear message and leaves nothing behind."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_database
from tests.support import process_runner
from tests.support.bot_process import environment
from tests.support.channel import Channel
from tests.support.process_runner import CompletedCommand
from tests.support.storage_faults import locked

RunNeedle = Callable[..., CompletedCommand]


@pytest.fixture
def needle(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> RunNeedle:
    """A function that runs a command in the test's empty folder, with only this environment."""

    def call(*arguments: str, **environment: str) -> CompletedCommand:
        written = tmp_path_factory.mktemp("output")
        return process_runner.run_needle(
            *arguments, folder=tmp_path, environment=environment, written=written
        )

    return call


def error_line(result: CompletedCommand) -> str:
    """Return the only line that a failed command printed."""
    assert result.returncode != 0
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr.strip()


def test_run_without_tokens__names_the_variables(needle: RunNeedle, tmp_path: Path) -> None:
    error = error_line(needle("run"))
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in error
    assert list(tmp_path.iterdir()) == []


def test_invalid_bot_token__names_variable_without_token(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox
) -> None:
    error = error_line(
        needle(
            "run",
            SLACK_BOT_TOKEN="xoxb-made-up",
            SLACK_APP_TOKEN=sandbox.app_token,
            SLACK_API_URL=sandbox.api_url,
        )
    )
    assert "rejected SLACK_BOT_TOKEN: invalid_auth" in error
    assert "made-up" not in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            {"error": "internal_error"},
            "Slack is having problems: internal_error (HTTP status 200). Try again later",
        ),
        (
            {"status": 503, "error": "service_unavailable"},
            "Slack is having problems: service_unavailable (HTTP status 503). Try again later",
        ),
        (
            {"status": 429, "error": "ratelimited", "retry_after": 40},
            "Slack limits the rate of calls for 40 s: ratelimited (HTTP status 429)",
        ),
    ],
    ids=["error", "status", "limit"],
)
@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
def test_slack_fails_at_start__error_blames_no_token(
    needle: RunNeedle,
    tmp_path: Path,
    sandbox: Sandbox,
    method: str,
    fault: dict[str, Any],
    words: str,
) -> None:
    SandboxClient(sandbox.url).inject_fault(method, **fault)
    assert error_line(needle("run", **environment(sandbox, tmp_path))) == words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            {"status": 503, "error": "service_unavailable"},
            "Slack is having problems: service_unavailable (HTTP status 503). Try again later",
        ),
        ({"disconnect": True}, "Slack can't be reached: connection closed"),
    ],
    ids=["status", "cut"],
)
@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
def test_slack_fails_after_token_check__exits_with_error(
    needle: RunNeedle,
    tmp_path: Path,
    sandbox: Sandbox,
    method: str,
    fault: dict[str, Any],
    words: str,
) -> None:
    slack = SandboxClient(sandbox.url)
    slack.inject_fault(method, delay=0.01)  # the call that checks the token succeeds
    slack.inject_fault(method, **fault)
    result = needle("run", **environment(sandbox, tmp_path))
    assert result.returncode == 1
    lines = [line for line in result.stderr.splitlines() if not line.startswith("{")]
    assert lines == [words]


def test_invalid_app_token__names_variable(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox
) -> None:
    error = error_line(
        needle(
            "run",
            SLACK_BOT_TOKEN=sandbox.bot_token,
            SLACK_APP_TOKEN="xapp-made-up",
            SLACK_API_URL=sandbox.api_url,
        )
    )
    assert "rejected SLACK_APP_TOKEN: invalid_auth" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [
        ("127.0.0.1", "in use", "Address already in use"),
        ("127.0.0.1", "70000", "not a valid address"),
        ("no.such.host.invalid", "0", "unknown host name"),
        ("ü" * 64, "0", "not a valid address"),
    ],
)
def test_health_address_is_unusable__exits_and_creates_nothing(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox, host: str, port: str, why: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        if port == "in use":
            port = str(server.getsockname()[1])
        options = ("--health-host", host, "--health-port", port)
        error = error_line(needle("run", *options, **environment(sandbox, tmp_path)))
    assert error == f"--health-host {host} --health-port {port}: {why}"
    assert list(tmp_path.iterdir()) == []


def test_slack_is_unreachable__run_exits_with_error(needle: RunNeedle) -> None:
    error = error_line(
        needle(
            "run",
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_APP_TOKEN="xapp-1",
            SLACK_API_URL="http://127.0.0.1:9/api/",
        )
    )
    assert error == "Slack can't be reached: connection refused"


@pytest.mark.parametrize("command", ["digest", "roadmap"])
def test_slack_is_unreachable__post_queues_nothing(
    needle: RunNeedle, tmp_path: Path, command: str
) -> None:
    error = error_line(
        needle(
            "post",
            command,
            "ops",
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL="http://127.0.0.1:9/api/",
        )
    )
    assert "can't be reached" in error
    assert error.endswith("Nothing was queued.")
    assert list(tmp_path.iterdir()) == []


def test_invalid_quarter__is_reported_before_missing_tokens(needle: RunNeedle) -> None:
    error = error_line(needle("post", "roadmap", "ops", "--quarter", "nonsense"))
    assert error.startswith('--quarter: "nonsense" is not a quarter')


def test_truncated_token__names_variable_without_token(needle: RunNeedle) -> None:
    error = error_line(needle("run", SLACK_BOT_TOKEN="xoxb-mine…", SLACK_APP_TOKEN="xapp-1"))
    assert error.startswith("SLACK_BOT_TOKEN contains a character that no token has")
    assert "mine" not in error


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql+psycopg://host:port/needle", "is not a valid database URL"),
        ("sqlite:////nowhere/at/all.db", "/nowhere/at doesn't exist"),
    ],
)
def test_invalid_database_url__exits_with_one_line(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox, url: str, expected: str
) -> None:
    error = error_line(
        needle(
            "run",
            SLACK_BOT_TOKEN=sandbox.bot_token,
            SLACK_APP_TOKEN=sandbox.app_token,
            SLACK_API_URL=sandbox.api_url,
            DATABASE_URL=url,
        )
    )
    assert expected in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "to", "expected"),
    [
        ("garbage", "copy.db", "DATABASE_URL is not a valid database URL"),
        (
            "postgresql+psycopg://host:port/needle",
            "copy.db",
            "DATABASE_URL is not a valid database URL",
        ),
        ("sqlite:///needle.db", "n" * 300, "File name too long"),
    ],
)
def test_backup_is_impossible__exits_with_one_line(
    needle: RunNeedle, tmp_path: Path, store_file: Path, url: str, to: str, expected: str
) -> None:
    assert expected in error_line(needle("backup", to, DATABASE_URL=url))
    assert list(tmp_path.iterdir()) == [store_file]


def test_dry_run_without_database__creates_none(needle: RunNeedle, tmp_path: Path) -> None:
    error = error_line(needle("post", "digest", "ops", "--dry-run"))
    assert "doesn't exist" in error
    assert list(tmp_path.iterdir()) == []


def test_dry_run_on_empty_file__creates_no_tables(needle: RunNeedle, tmp_path: Path) -> None:
    store = tmp_path / "needle.db"
    store.touch()
    assert "has no schema" in error_line(needle("post", "digest", "ops", "--dry-run"))
    assert list(tmp_path.iterdir()) == [store]
    assert store.read_bytes() == b""


def test_database_is_locked__run_exits_with_one_line(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox
) -> None:
    store = tmp_path / "needle.db"
    open_database(f"sqlite:///{store}").close()
    with locked(store):
        error = error_line(
            needle(
                "run",
                SLACK_BOT_TOKEN=sandbox.bot_token,
                SLACK_APP_TOKEN=sandbox.app_token,
                SLACK_API_URL=sandbox.api_url,
                DATABASE_URL=f"sqlite:///{store}",
            )
        )
    assert error == f"sqlite:///{store} can't be opened: database is locked"


def test_database_of_another_program__run_exits_with_one_line(
    needle: RunNeedle, tmp_path: Path, sandbox: Sandbox
) -> None:
    with closing(sqlite3.connect(tmp_path / "needle.db")) as other:
        other.execute("CREATE TABLE recipe (title)")
    error = error_line(needle("run", **environment(sandbox, tmp_path)))
    assert "needle.db belongs to another program (it has a table recipe)" in error


def test_database_of_newer_needle__exits_with_one_line(needle: RunNeedle, tmp_path: Path) -> None:
    store = tmp_path / "needle.db"
    open_database(f"sqlite:///{store}").close()
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    error = error_line(needle("post", "digest", "ops", "--dry-run"))
    assert error.endswith("was written by a newer Needle (schema 9999). Upgrade Needle.")


def test_database_of_another_workspace__is_refused(
    needle: RunNeedle, sandbox: Sandbox, store_file: Path
) -> None:
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        Channel(database, team_id="T0OTHER")
    for command in (("run",), ("post", "digest")):
        error = error_line(needle(*command, **environment(sandbox, store_file.parent)))
        assert f"{store_file} belongs to T0OTHER. Set SLACK_BOT_TOKEN to a token for" in error
