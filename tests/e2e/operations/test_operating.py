"""Tools of an operator: health checks, metrics, backup and doctor."""

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import yaml

from bot.slack.call_status import WITHOUT
from bot.slack.manifest import OPTIONAL_SCOPES
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import ROOT, START_TIMEOUT, BotProcess, SandboxPeople
from tests.support.slack_steps import card_showing, invite, propose
from tests.support.storage_faults import locked
from tests.support.wait import wait_until

HEALTH = "health_server_started"


@pytest.fixture
def process(sandbox: Sandbox, team: SandboxPeople, tmp_path: Path) -> BotProcess:
    """A process with a health port, and a board."""
    process = BotProcess(sandbox, tmp_path)
    process.start("--health-port", "0")
    wait_until(lambda: HEALTH in [line["event"] for line in logged(process)], within=START_TIMEOUT)
    invite(team)
    return process


def logged(process: BotProcess) -> list[dict[str, Any]]:
    return [json.loads(line) for line in process.log.read_text().splitlines()]


def reject_bot_token(slack: SandboxClient, error: str) -> None:
    """Make Slack reject the bot token in all calls: an accepted call would end the rejection."""
    for method in WITHOUT:
        slack.inject_fault(method, error=error, times=50)


def get(process: BotProcess, path: str) -> tuple[int, str]:
    [port] = [line["port"] for line in logged(process) if line["event"] == HEALTH]
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}") as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def wait_for_check(process: BotProcess, name: str, *, ok: bool) -> tuple[int, str]:
    """Wait until a check of /ready passes or fails. Return the HTTP status and its detail."""
    deadline = time.monotonic() + 20
    while True:
        status, body = get(process, "/ready")
        check = json.loads(body)[name]
        if check["ok"] == ok:
            return status, check["detail"]
        assert time.monotonic() < deadline, body


def earlier_manifest() -> dict[str, Any]:
    """Return the manifest as it was before Needle answered mentions and direct messages."""
    manifest: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    manifest["features"]["app_home"]["messages_tab_read_only_enabled"] = True
    for scope in OPTIONAL_SCOPES:
        manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    for event in ("app_mention", "message.im"):
        manifest["settings"]["event_subscriptions"]["bot_events"].remove(event)
    return manifest


@pytest.mark.parametrize("manifest", [earlier_manifest()])
def test_earlier_manifest__works_except_for_answers(
    process: BotProcess, team: SandboxPeople
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    team.ana.types("@needle help")
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    assert all("Three things" not in each.visible_text for each in team.ana.messages())
    status, detail = wait_for_check(process, "scopes", ok=False)
    assert status == 200
    assert "missing app_mentions:read, im:history. Needle doesn't answer mentions or" in detail


def test_refused_call__ready_names_it_until_accepted(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("views.publish", error="restricted_action")
    team.mia.opens_home()
    status, detail = wait_for_check(process, "calls", ok=False)
    assert (status, detail) == (200, "Slack refuses views.publish (restricted_action).")
    [line] = [each for each in logged(process) if each["event"] == "call_refused"]
    assert (line["method"], line["effect"]) == ("views.publish", WITHOUT["views.publish"])
    team.mia.opens_home()
    assert wait_for_check(process, "calls", ok=True)[1] == "Slack refuses no calls."


def test_paused_board__ready_names_it(process: BotProcess, tmp_path: Path) -> None:
    assert wait_for_check(process, "boards", ok=True)[1] == "No board is paused."
    with closing(sqlite3.connect(tmp_path / "needle.db")) as store, store:
        store.execute("UPDATE board SET conflicting_store = 'another', name = 'ops'")
    status, detail = wait_for_check(process, "boards", ok=False)
    assert (status, detail) == (200, "Paused, because another Needle database posted there: #ops.")


def test_bot_runs__health_endpoints_report_live_ready_metrics(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    assert get(process, "/live")[0] == 200
    status, body = get(process, "/ready")
    assert (status, json.loads(body)["ready"]) == (200, True), body
    metrics = get(process, "/metrics")[1]
    assert 'needle_posts_total{kind="card"} 1.0' in metrics
    assert "needle_outbox_pending" in metrics
    assert get(process, "/elsewhere")[0] == 404
    slack.freeze_connections()
    slack.abort_connections()
    process.stop()


def test_project_is_posted__log_has_no_titles_or_tokens(
    process: BotProcess, sandbox: Sandbox, team: SandboxPeople
) -> None:
    propose(team, "ana", "Retire the last NAT box")
    process.stop()
    [card] = [line for line in logged(process) if line.get("post") == "card"]
    assert (card["event"], card["subject"], card["board"]) == ("post_sent", "1", 1)
    text = process.log.read_text()
    assert "NAT box" not in text
    for secret in (sandbox.bot_token, sandbox.app_token):
        assert secret not in text


def test_bot_starts__logs_whether_database_is_new(process: BotProcess, tmp_path: Path) -> None:
    process.stop()
    process.start()
    process.stop()
    first, opened = [line for line in logged(process) if "location" in line]
    assert (first["event"], opened["event"]) == ("database_created", "database_opened")
    for line in (first, opened):
        assert (line["location"], line["level"]) == (str(tmp_path / "needle.db"), "info")
        assert line["schema"].isdigit()
        assert process.needle("--version").stdout == f"needle {line['version']}\n"


@pytest.mark.long
def test_database_is_locked__is_not_ready(
    process: BotProcess, team: SandboxPeople, tmp_path: Path
) -> None:
    assert get(process, "/ready")[0] == 200
    with locked(tmp_path / "needle.db"):
        team.mia.types("/fire cost the bill")
        assert wait_for_check(process, "database_writable", ok=False)[0] == 503
    wait_for_check(process, "database_writable", ok=True)
    process.stop()


def test_database_file_is_moved__refuses_votes_until_it_is_back(
    process: BotProcess, team: SandboxPeople, tmp_path: Path
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    # Needle has stored where the card is.
    wait_until(lambda: "card" in [line.get("post") for line in logged(process)], within=20)
    file = tmp_path / "needle.db"
    aside = file.rename(tmp_path / "aside.db")
    assert wait_for_check(process, "database_writable", ok=False)[0] == 503
    team.ben.types("/fire cost the bill")
    team.ben.sees("nothing was saved")
    aside.rename(file)
    wait_for_check(process, "database_writable", ok=True)
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    process.stop()
    errors = [line for line in logged(process) if line["level"] == "error"]
    assert [line["event"] for line in errors] == ["database_unavailable"]
    assert "needle.db was moved or deleted" in errors[0]["error"]


def test_normal_start_and_stop__logs_no_warnings(process: BotProcess) -> None:
    process.stop()
    assert {line["level"] for line in logged(process)} == {"info"}


def test_backup_while_bot_runs__copies_database(
    process: BotProcess, team: SandboxPeople, tmp_path: Path
) -> None:
    propose(team, "ana", "Retire the last NAT box")
    copy = tmp_path / "copy.db"
    first = process.needle("backup", str(copy))
    assert first.returncode == 0, first.stderr
    with sqlite3.connect(copy) as store:
        assert store.execute("SELECT count(*) FROM project").fetchone() == (1,)
    again = process.needle("backup", str(copy))
    assert (again.returncode, again.stderr) == (1, f"{copy} exists. Name a new file.\n")
    nowhere = process.needle("backup", str(tmp_path / "no" / "copy.db"))
    assert nowhere.returncode == 1
    assert "can't be written" in nowhere.stderr
    process.stop()


def test_everything_works__doctor_reports_ok(process: BotProcess, tmp_path: Path) -> None:
    result = process.needle("doctor")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "OK    #ops: Needle can post" in result.stdout
    assert f"OK    Database: {tmp_path / 'needle.db'}" in result.stdout
    assert "OK    Scopes: all scopes of manifest.yml are granted" in result.stdout
    process.stop()


def test_something_is_broken__doctor_says_how_to_fix_it(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    team.mia.removes(slack.app_user_id, "ops")
    slack.inject_fault("apps.connections.open", error="invalid_auth")
    result = process.needle("doctor")
    assert result.returncode == 1
    assert "FAIL  SLACK_APP_TOKEN: Slack answered invalid_auth." in result.stdout
    assert "connections:write" in result.stdout
    assert "FAIL  #ops: Needle isn't in the channel." in result.stdout
    assert "Run /invite @Needle in #ops." in result.stdout
    process.stop()


@pytest.mark.long
def test_connection_is_silent__reconnects_within_a_minute(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    slack.freeze_connections()
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"), timeout=60)
    process.stop()


def test_slack_closes_each_connection__is_not_ready(
    process: BotProcess, slack: SandboxClient
) -> None:
    slack.refuse_connections("link_disabled")
    assert wait_for_check(process, "socket_mode", ok=False) == (
        503,
        "Slack closes each connection: link_disabled. Turn on Socket Mode in the app's settings.",
    )
    slack.refuse_connections("")
    slack.wait_for_connections(1, timeout=60)
    assert wait_for_check(process, "socket_mode", ok=True)[0] == 200
    [line] = [line for line in logged(process) if line["level"] == "error"]
    assert (line["event"], line["reason"]) == ("connections_refused", "link_disabled")
    process.stop()


def test_slack_rejects_bot_token__is_not_ready(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    reject_bot_token(slack, "account_inactive")
    team.mia.types("/fire cost the bill")
    assert wait_for_check(process, "bot_token", ok=False) == (
        503,
        "Slack rejected SLACK_BOT_TOKEN: account_inactive.",
    )
    process.stop()


def test_bot_token_is_revoked__person_and_operator_are_told(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    reject_bot_token(slack, "token_revoked")
    team.ana.types("/propose Retire the last NAT box")
    team.ana.sees("Slack rejected my token, so nothing was saved.")
    assert wait_for_check(process, "bot_token", ok=False) == (
        503,
        "Slack rejected SLACK_BOT_TOKEN: token_revoked.",
    )
    [line] = [line for line in logged(process) if line["level"] == "error"]
    assert (line["event"], line["variable"]) == ("token_rejected", "SLACK_BOT_TOKEN")
    assert line["error"] == "token_revoked"
    assert "traceback" not in process.log.read_text()
    process.stop()


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "error": "ratelimited", "retry_after": 1},
        {"status": 503, "error": "service_unavailable"},
        {"disconnect": True},
    ],
    ids=str,
)
def test_slack_outage__person_is_told_and_no_error_is_logged(
    process: BotProcess, slack: SandboxClient, team: SandboxPeople, fault: dict[str, Any]
) -> None:
    slack.inject_fault("views.open", **fault)
    team.ana.types("/propose Retire the last NAT box")
    team.ana.sees("so nothing was saved. Try again in a minute.")
    process.stop()
    assert {line["level"] for line in logged(process)} == {"info", "warning"}
    assert "traceback" not in process.log.read_text()


def test_slack_rejects_app_token_while_running__is_not_ready(
    process: BotProcess, slack: SandboxClient
) -> None:
    slack.inject_fault("apps.connections.open", error="invalid_auth")
    slack.inject_fault("apps.connections.open", delay=3)
    slack.refresh_connections()
    assert wait_for_check(process, "app_token", ok=False) == (
        503,
        "Slack rejected SLACK_APP_TOKEN: invalid_auth.",
    )
    wait_for_check(process, "app_token", ok=True)  # the next attempt succeeds
    [line] = [line for line in logged(process) if line["level"] == "error"]
    assert (line["event"], line["variable"]) == ("token_rejected", "SLACK_APP_TOKEN")
    assert line["error"] == "invalid_auth"
    process.stop()
