"""`needle doctor`: what it reports for a board in #ops, and how to fix what fails."""

import re
import shutil
import socket
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli.doctor import Finding, examine
from bot.cli.main import app
from bot.clock import Clock, utc_now
from bot.config import RunSettings
from bot.slack.call_status import WITHOUT
from bot.slack.manifest import OPTIONAL_SCOPES, bot_scopes
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import open_database
from storage.locks import STORE
from storage.projects import projects
from storage.stores import random_id
from tests.support.answer_proxy import Change, answer_proxy, body, edited, header
from tests.support.bot_process import environment
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import sandbox_from_manifest
from tests.support.storage_faults import locked

SCOPES_UNKNOWN = "not checked, because Slack's response doesn't name them"
TIME_UNKNOWN = "not checked, because Slack's response has no valid date"
UNREACHABLE = "http://127.0.0.1:9/api/"


class Doctor:
    """The doctor with the settings of an installation."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.environment = environment(sandbox, folder)

    def findings(self, clock: Clock = utc_now, **changes: str) -> list[Finding]:
        settings = {name.lower(): value for name, value in self.environment.items()}
        return list(examine(RunSettings.model_validate({**settings, **changes}), clock))

    def failures(self, clock: Clock = utc_now, **changes: str) -> dict[str, str]:
        """Return the details of the failed checks by check."""
        return {
            finding.check: finding.detail
            for finding in self.findings(clock, **changes)
            if not finding.ok
        }


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with sandbox_from_manifest() as sandbox:
        yield sandbox


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def doctor(sandbox: Sandbox, slack: SandboxClient, store_file: Path) -> Doctor:
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, "ops")
    [ops] = [channel for channel in mia.screen()["channels"] if channel["name"] == "ops"]
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        database.transaction(STORE) as session,
    ):
        boards.create(session, slack.workspace()["team"]["id"], ops["id"], None, utc_now())
        [board] = boards.list_all(session)
        boards.save_channel_info(session, board, "ops", None)
    return Doctor(sandbox, store_file.parent)


def test_all_checks_pass__prints_ok(doctor: Doctor) -> None:
    result = CliRunner().invoke(app, ["doctor"], env=doctor.environment)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert all(line.startswith("OK    ") for line in lines), lines
    assert "OK    #ops: Needle can post" in lines
    assert "OK    Scopes: all scopes of manifest.yml are granted" in lines


@pytest.mark.parametrize(
    ("missing", "outcome"),
    [(OPTIONAL_SCOPES.keys(), "WARN"), ({*OPTIONAL_SCOPES, "commands"}, "FAIL")],
)
def test_missing_scopes__warn_unless_needed(
    missing: Collection[str], outcome: str, store_file: Path
) -> None:
    scopes = bot_scopes() - set(missing)
    with Sandbox({"oauth_config": {"scopes": {"bot": sorted(scopes)}}}) as sandbox:
        findings = Doctor(sandbox, store_file.parent).findings()
    [line] = [str(finding) for finding in findings if finding.check == "Scopes"]
    assert line.startswith(f"{outcome}  Scopes: missing {', '.join(sorted(missing))}.")
    assert "Needle doesn't answer mentions or direct messages." in line


@pytest.mark.parametrize(
    "method", ["chat.postMessage", "chat.update", "conversations.history", "conversations.members"]
)
def test_refused_call__is_named_with_its_effect(
    doctor: Doctor, slack: SandboxClient, method: str
) -> None:
    slack.inject_fault(method, error="restricted_action")
    expected = f"Slack refuses {method}: restricted_action. {WITHOUT[method]}"
    assert doctor.failures() == {"#ops": expected}
    assert "Needle can post" in str(doctor.findings()[-1])
    [message] = slack.person("mia").messages("ops")
    assert "joined" in message.visible_text, "the check posts nothing"


def test_a_check_fails__prints_fail_and_exits_1(doctor: Doctor, slack: SandboxClient) -> None:
    slack.person("mia").removes(slack.app_user_id, "ops")
    result = CliRunner().invoke(app, ["doctor"], env=doctor.environment)
    assert result.exit_code == 1
    failed = "FAIL  #ops: Needle isn't in the channel. Run /invite @Needle in #ops."
    assert failed in result.stdout.splitlines()


def test_unreadable_board__is_named_beside_the_others(doctor: Doctor, store_file: Path) -> None:
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        database.transaction(STORE) as session,
    ):
        boards.create(session, "T1", "C2", None, utc_now())
        session.execute(text("UPDATE charter SET content = '{' WHERE board_id = 2"))
    findings = {finding.check: finding for finding in doctor.findings()}
    assert not findings["C2"].ok
    assert findings["C2"].detail.startswith("can't be read: ValueError: EOF while parsing ")
    assert findings["C2"].detail.endswith("Needle leaves it out. Restore it from a backup.")
    assert str(findings["#ops"]) == "OK    #ops: Needle can post"


def test_board_that_cannot_be_drawn__is_named(doctor: Doctor, store_file: Path) -> None:
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        database.transaction(STORE) as session,
    ):
        projects.propose(session, 1, origin="V1", proposer="U1", proposal=PROPOSAL, now=utc_now())
        session.execute(text("UPDATE project SET proposed_at = 'yesterday'"))
    assert doctor.failures()["#ops"].startswith("can't be read: ")


def test_unknown_time_zone__warns(doctor: Doctor, store_file: Path) -> None:
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        database.transaction(STORE) as session,
    ):
        session.execute(text("UPDATE board SET time_zone = 'localtime'"))
    assert doctor.failures() == {}
    assert (
        "WARN  #ops: the time zone localtime is unknown, so Needle uses UTC. Choose another one in"
        " /roadmap settings."
    ) in [str(finding) for finding in doctor.findings()]


def test_paused_board__is_named_with_what_to_do(doctor: Doctor, store_file: Path) -> None:
    with (
        closing(open_database(f"sqlite:///{store_file}")) as database,
        database.transaction(STORE) as session,
    ):
        boards.mark_conflict(session, 1, random_id())
        channel_id = boards.get(session, 1).channel_id
    detail = doctor.failures()["#ops"]
    assert detail.startswith("paused, because another Needle database posted")
    assert f"`needle adopt {channel_id}`" in detail


def test_rejected_token__skips_the_channels(doctor: Doctor, slack: SandboxClient) -> None:
    slack.inject_fault("auth.test", error="token_revoked")
    slack.inject_fault("conversations.info", error="token_revoked")
    assert doctor.failures() == {
        "SLACK_BOT_TOKEN": "Slack answered token_revoked. See “Install it” in the README."
    }


def test_rejected_app_token__names_the_scope(doctor: Doctor, slack: SandboxClient) -> None:
    slack.inject_fault("apps.connections.open", error="invalid_auth")
    [(check, detail)] = doctor.failures().items()
    assert check == "SLACK_APP_TOKEN"
    assert detail.startswith("Slack answered invalid_auth.")
    assert "connections:write" in detail


def test_unreachable_slack__names_its_url(doctor: Doctor) -> None:
    failures = doctor.failures(slack_api_url=UNREACHABLE)
    assert set(failures) == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    for detail in failures.values():
        assert detail.startswith(f"{UNREACHABLE} can't be reached: ")


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "error": "ratelimited", "retry_after": 40},
        {"error": "internal_error"},
    ],
    ids=["limit", "error"],
)
def test_outage__advises_neither_scope_nor_invitation(
    doctor: Doctor, sandbox: Sandbox, slack: SandboxClient, fault: dict[str, Any]
) -> None:
    slack.inject_fault("apps.connections.open", **fault)
    slack.inject_fault("conversations.info", **fault)
    failures = doctor.failures()
    assert set(failures) == {"SLACK_APP_TOKEN", "#ops"}
    for detail in failures.values():
        assert detail.endswith(f"({sandbox.api_url}).")
        assert "invite" not in detail
        assert "connections:write" not in detail


def test_closed_channel__advises_an_invitation(doctor: Doctor, slack: SandboxClient) -> None:
    slack.inject_fault("conversations.info", error="channel_not_found")
    assert doctor.failures() == {
        "#ops": "Slack answered channel_not_found. Run /invite @Needle in #ops."
        " If you don't need this board, ignore this."
    }


@pytest.mark.parametrize(
    ("minutes", "direction", "effect"),
    [
        (1, "ahead of", ""),
        (-1, "behind", ""),
        (4, "ahead of", r" Until then, nothing is posted\."),
        (-4, "behind", r" Until then, nothing is posted\."),
    ],
)
def test_clock_is_off__says_how_far(
    doctor: Doctor, minutes: int, direction: str, effect: str
) -> None:
    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    [(check, detail)] = doctor.failures(clock).items()
    assert check == "Clock"
    assert re.fullmatch(rf"0:0\d:\d\d {direction} Slack's\. Set up NTP\.{effect}", detail)


def test_damaged_database__advises_a_restore(doctor: Doctor, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 4080)
    [(check, detail)] = doctor.failures(database_url=f"sqlite:///{damaged}").items()
    assert check == "Database"
    assert "needle backup" in detail


def test_database_of_another_workspace__fails(doctor: Doctor, empty: Path, tmp_path: Path) -> None:
    other = shutil.copy(empty, tmp_path / "other.db")
    url = f"sqlite:///{other}"
    with closing(open_database(url)) as database, database.transaction(STORE) as session:
        boards.create(session, "T0OTHER", "C1", None, utc_now())
    failure = doctor.failures(database_url=url)["Database"]
    assert failure.startswith("SLACK_BOT_TOKEN is for the workspace ")
    assert failure.endswith(
        f", but {other} belongs to T0OTHER. Set SLACK_BOT_TOKEN to a token for the database's"
        " workspace, or set DATABASE_URL to another database."
    )


def test_missing_database__is_one_sentence(doctor: Doctor, tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path}/missing.db"
    assert doctor.failures(database_url=missing) == {
        "Database": f"{missing} doesn't exist. Run `needle run` once to create it."
    }


def test_database_that_cannot_be_written__fails(doctor: Doctor, store_file: Path) -> None:
    with locked(store_file):
        failures = doctor.failures()
    assert failures == {"Database": f"sqlite:///{store_file} can't be written: database is locked."}


def test_network_file_system__warns(
    doctor: Doctor, store_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nfiles:/needle {store_file.parent} nfs4 rw 0 0\n")
    monkeypatch.setattr("storage.file_systems.MOUNTS", mounts)
    [database] = [finding for finding in doctor.findings() if finding.check == "Database"]
    assert str(database) == (
        f"WARN  Database: {store_file} is on a network file system (nfs4)."
        " SQLite needs a local disk."
    )


def test_no_boards__says_how_to_make_one(doctor: Doctor, empty: Path) -> None:
    findings = doctor.findings(database_url=f"sqlite:///{empty}")
    [finding] = [finding for finding in findings if finding.check == "Boards"]
    assert finding.ok
    assert "Invite Needle to a channel" in finding.detail


@pytest.mark.parametrize(
    ("change", "check", "detail"),
    [
        (header("x-oauth-scopes", None), "Scopes", SCOPES_UNKNOWN),
        (header("x-oauth-scopes", ""), "Scopes", SCOPES_UNKNOWN),
        (header("date", None), "Clock", TIME_UNKNOWN),
        (header("date", "garbage"), "Clock", TIME_UNKNOWN),
    ],
)
def test_header_lost_on_the_way__is_a_warning(
    doctor: Doctor, sandbox: Sandbox, change: Change, check: str, detail: str
) -> None:
    with answer_proxy(sandbox.api_url) as proxy:
        proxy.change_all("auth.test", change)
        findings = {each.check: each for each in doctor.findings(slack_api_url=proxy.url)}
    assert (findings[check].ok, findings[check].is_warning) == (True, True)
    assert findings[check].detail == detail


def test_date_without_a_zone__is_utc(doctor: Doctor, sandbox: Sandbox) -> None:
    then = datetime(2026, 11, 30, 10, 0, 0, tzinfo=UTC)
    with answer_proxy(sandbox.api_url) as proxy:
        proxy.change_all("auth.test", header("date", "Mon, 30 Nov 2026 10:00:00 -0000"))
        failures = doctor.failures(lambda: then, slack_api_url=proxy.url)
    assert failures == {}


@pytest.mark.parametrize("answer", ["null", "[]", "<html>", '{"ok": true}', '{"ok": false}'])
def test_answer_that_is_not_slacks__is_one_line(
    doctor: Doctor, sandbox: Sandbox, answer: str
) -> None:
    with answer_proxy(sandbox.api_url) as proxy:
        proxy.change_all("auth.test", body(answer))
        result = CliRunner().invoke(
            app, ["doctor"], env={**doctor.environment, "SLACK_API_URL": proxy.url}
        )
    assert result.exit_code == 1
    [line] = [line for line in result.stdout.splitlines() if line.startswith("FAIL")]
    assert line.startswith("FAIL  SLACK_BOT_TOKEN: ")
    assert "response" in line


@pytest.mark.parametrize("answer", ['{"ok": true}', '{"ok": true, "url": 1}'])
def test_answer_without_websocket__is_one_line(
    doctor: Doctor, sandbox: Sandbox, answer: str
) -> None:
    with answer_proxy(sandbox.api_url) as proxy:
        proxy.change_all("apps.connections.open", body(answer))
        [(check, detail)] = doctor.failures(slack_api_url=proxy.url).items()
    assert check == "SLACK_APP_TOKEN"
    assert detail.startswith(f"{proxy.url} can't be reached: the response")


def test_refused_websocket__says_why(doctor: Doctor, slack: SandboxClient) -> None:
    slack.refuse_connections("link_disabled")
    assert doctor.failures() == {
        "WebSocket": "Slack closes each connection: link_disabled."
        " Turn on Socket Mode in the app's settings."
    }


# The SDK leaves it to the garbage collector to close a socket after a failed handshake.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ws://127.0.0.1:9/", "connection refused"),
        ("ws://no.such.host.invalid/", "unknown host name"),
        ("ws://SILENT/", "timed out"),
        ("ws://SANDBOX/", "connection closed"),  # its answer has the status 404
    ],
)
def test_websocket_is_blocked__says_what_to_check(
    doctor: Doctor, sandbox: Sandbox, address: str, reason: str
) -> None:
    with answer_proxy(sandbox.api_url) as proxy, socket.create_server(("127.0.0.1", 0)) as silent:
        url = address.replace("SILENT", f"127.0.0.1:{silent.getsockname()[1]}")
        url = url.replace("SANDBOX", sandbox.url.removeprefix("http://"))
        secret = f"{url}?ticket=secret"
        proxy.change_all("apps.connections.open", edited(lambda found: found.update(url=secret)))
        failures = doctor.failures(slack_api_url=proxy.url)
    assert failures == {
        "WebSocket": f"{url.removesuffix('/')} can't be reached: {reason}."
        " Check HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and the firewall."
    }
