"""`needle post`, and its earlier spelling. What Slack then shows is tested end to end."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment
from slack_sandbox.server import Sandbox
from storage.locks import STORE
from storage.planning import roadmaps
from tests.support.channel import NOW
from tests.support.listener_harness import ListenerHarness

ANA = "U0ANA00000"
UNREACHABLE = "http://127.0.0.1:9/api/"


def needle(store_file: Path, *arguments: str, **environment: str) -> Result:
    environment["DATABASE_URL"] = f"sqlite:///{store_file}"
    return CliRunner().invoke(app, list(arguments), env=environment)


@pytest.mark.parametrize("kind", ["digest", "roadmap"])
@pytest.mark.usefixtures("team")
def test_old_spelling__still_works_and_says_so(store_file: Path, kind: str) -> None:
    new = needle(store_file, "post", kind, "C1", "--dry-run")
    old = needle(store_file, kind, "C1", "--dry-run")
    assert (new.exit_code, new.stderr) == (0, "")
    assert (old.exit_code, old.stdout) == (0, new.stdout)
    assert old.stderr == f"`needle {kind}` is now `needle post {kind}`.\n"


@pytest.mark.usefixtures("team")
def test_one_board__its_name_can_be_left_out(store_file: Path) -> None:
    named = needle(store_file, "post", "digest", "C1", "--dry-run")
    unnamed = needle(store_file, "post", "digest", "--dry-run")
    assert (unnamed.exit_code, unnamed.stdout) == (0, named.stdout)


@pytest.fixture
def committed(team: ListenerHarness) -> str:
    """Commit the next quarter's roadmap as a person that Slack knows. Return the quarter."""
    quarter = Quarter.containing(datetime.now(UTC).date()).next()
    commitment = Commitment(
        Capacity(4, 13), charter_version=1, committed_by=ANA, committed_at=NOW, projects=()
    )
    with team.channel.database.transaction(STORE) as session:
        roadmaps.commit(session, team.board, quarter, commitment)
    return str(quarter)


def test_dry_run_with_token__shows_names(committed: str, store_file: Path, slack: Sandbox) -> None:
    arguments = ("post", "roadmap", "--quarter", committed, "--dry-run")
    with_token = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
    result = needle(store_file, *arguments, **with_token)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "committed by @ana" in result.stdout.lower()


def test_dry_run_without_token__shows_ids(committed: str, store_file: Path) -> None:
    result = needle(store_file, "post", "roadmap", "--quarter", committed, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Committed by @{ANA} " in result.stdout


def test_dry_run_in_an_outage__shows_ids_and_says_why(committed: str, store_file: Path) -> None:
    arguments = ("post", "roadmap", "--quarter", committed, "--dry-run")
    offline = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": UNREACHABLE}
    result = needle(store_file, *arguments, **offline)
    assert result.exit_code == 0
    assert f"Committed by @{ANA} " in result.stdout
    assert result.stderr.startswith("Couldn't get people's names from Slack: ")
    assert result.stderr.count("\n") == 1
