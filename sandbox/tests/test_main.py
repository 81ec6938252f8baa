"""The `slack-sandbox` command: start, output, errors, and signals."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from slack_sdk import WebClient

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST

MAX_START_CPU_TIME = 1.0  # seconds, with the interpreter and all imports
STOP_TIMEOUT = 5.0  # seconds
EXPORT = re.compile(r"export (\w+)=(\S+)")


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.yml"
    file.write_text(yaml.safe_dump(MANIFEST))
    return file


@contextmanager
def running_command(manifest: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the command. Yield the process and its first line of output, which has the address."""
    with subprocess.Popen(
        [sys.executable, "-m", "slack_sandbox", "--manifest", str(manifest)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline()
        process.terminate()


def address(line: str) -> str:
    match = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert match is not None
    return match.group()


def test_subscribed_event_that_is_never_sent__is_named(manifest: Path) -> None:
    subscribed = ["message.channels", "pin_added", "emoji_changed"]
    declared = {**MANIFEST, "settings": {"event_subscriptions": {"bot_events": subscribed}}}
    manifest.write_text(yaml.safe_dump(declared))
    with running_command(manifest) as (process, _):
        assert process.stdout is not None
        warning = next(line for line in process.stdout if "never sends" in line)
        assert warning.rstrip().endswith("never sends: emoji_changed, pin_added.")


def test_start__takes_less_than_a_second_of_cpu(manifest: Path) -> None:
    # CPU time, because the machine may be busy with other processes.
    with running_command(manifest) as (process, line):
        assert cpu_time(process.pid) < MAX_START_CPU_TIME
        SandboxClient(address(line)).workspace()


def cpu_time(pid: int) -> float:
    """Return the seconds of CPU time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_output__has_the_variables_of_a_bolt_app(manifest: Path) -> None:
    with running_command(manifest) as (process, _):
        assert process.stdout is not None
        exports: dict[str, str] = {}
        for line in process.stdout:
            exports |= dict(EXPORT.findall(line))
            if "SLACK_APP_TOKEN" in exports:
                break
        client = WebClient(exports["SLACK_BOT_TOKEN"], base_url=exports["SLACK_API_URL"])
        assert client.auth_test()["team"] == "Harbor"
        assert client.apps_connections_open(app_token=exports["SLACK_APP_TOKEN"])["ok"]


@pytest.mark.parametrize("path", ["/api/auth.test", "/control/workspace"])
def test_responses__are_dated_by_the_sandboxs_clock(path: str) -> None:
    summer = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
    with Sandbox(MANIFEST, clock=summer.timestamp) as sandbox:
        connection = HTTPConnection(urlsplit(sandbox.url).netloc)
        connection.request("GET", path)
        assert connection.getresponse().headers.get_all("Date") == ["Fri, 21 Aug 2026 12:00:00 GMT"]
        connection.close()


def test_two_sandboxes__have_separate_ports(manifest: Path) -> None:
    with running_command(manifest) as (_, one), running_command(manifest) as (_, other):
        ids = {SandboxClient(address(line)).workspace()["app"]["id"] for line in (one, other)}
    assert len(ids) == 2


def test_other_hosts__cannot_connect(manifest: Path) -> None:
    with running_command(manifest) as (_, line):
        url = urlsplit(address(line))
        assert url.port is not None
        assert listening_addresses(url.port) == {"127.0.0.1"}
        connection = HTTPConnection(url.netloc)
        connection.request("GET", "/control/workspace", headers={"Host": "evil.example"})
        assert connection.getresponse().status == 400
        connection.close()


def listening_addresses(port: int) -> set[str]:
    """Return the addresses on which the kernel accepts connections to this port."""
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {
        socket.inet_ntoa(bytes.fromhex(host)[::-1]) if len(host) == 8 else host
        for host, listening_port in listening
        if int(listening_port, 16) == port
    }


@pytest.mark.parametrize("stop_signal", [signal.SIGTERM, signal.SIGINT])
def test_signal__stops_the_command(manifest: Path, stop_signal: signal.Signals) -> None:
    with running_command(manifest) as (process, _):
        process.send_signal(stop_signal)
        assert process.wait(STOP_TIMEOUT) == 0


def error_line(*options: str) -> str:
    """Run the command with invalid options. Return the last line of its errors."""
    result = subprocess.run(
        [sys.executable, "-m", "slack_sandbox", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    return result.stderr.splitlines()[-1]


def test_missing_manifest__is_named_in_the_error(tmp_path: Path) -> None:
    assert "none.yml" in error_line("--manifest", str(tmp_path / "none.yml"))


def test_empty_manifest__is_an_error(tmp_path: Path) -> None:
    manifest = tmp_path / "empty.yml"
    manifest.touch()
    expected = f"slack-sandbox: error: {manifest} doesn't contain an app manifest"
    assert error_line("--manifest", str(manifest)) == expected


def test_port_in_use__is_an_error(manifest: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        last_line = error_line("--manifest", str(manifest), "--port", port)
    assert last_line.startswith(f"slack-sandbox: error: can't listen on port {port}: ")


@pytest.mark.parametrize("port", ["70000", "65536", "-1", "http"])
def test_invalid_port__is_a_one_line_error(manifest: Path, port: str) -> None:
    expected = f"argument --port: {port!r} isn't a port from 0 to 65535"
    assert error_line("--manifest", str(manifest), f"--port={port}").endswith(expected)


def test_app_without_socket_mode__gets_its_secrets() -> None:
    url = "http://127.0.0.1:9/slack"
    manifest = {
        "oauth_config": {"redirect_urls": [url]},
        "settings": {"event_subscriptions": {"request_url": url}},
    }
    with Sandbox(manifest, installed=False) as sandbox:
        assert sandbox.environment == {
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_CLIENT_ID": sandbox.client_id,
            "SLACK_CLIENT_SECRET": sandbox.client_secret,
        }
