"""Load: 20 sockets, 50 people, and 500 events a second lose no event and bound the memory.

It takes 5 seconds, or `SANDBOX_LOAD_SECONDS`.
"""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from slack_sandbox.client.client import SandboxClient
from support.app_connection import MANIFEST
from support.load import APP_SOCKETS, PAGES, invite_app, load

pytestmark = pytest.mark.long

SECONDS = float(os.environ.get("SANDBOX_LOAD_SECONDS", "5"))
RATE = 500  # actions per second
PEOPLE = 50
SEED_MEMBERS = 8
MAX_MEMORY_GROWTH = 64 * 1024 * 1024  # bytes, for any duration


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    manifest = deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = [
        "reaction_added",
        "reaction_removed",
    ]
    file = tmp_path / "manifest.yml"
    file.write_text(yaml.safe_dump(manifest))
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "slack_sandbox",
            "--manifest",
            str(file),
            "--extra-members",
            str(PEOPLE - SEED_MEMBERS),
        ],
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        running.terminate()


def test_load__loses_nothing_and_bounds_memory(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    printed = ""
    while not (match := re.search(r"SLACK_APP_TOKEN=(\S+)", printed)):
        line = process.stdout.readline()
        assert line, printed
        printed += line
    token = match[1]
    url = re.findall(r"at (http://\S+)", printed)[0]
    invite_app(url)
    users = SandboxClient(url).workspace()["people"]
    people = [
        user["name"]
        for user in users
        if not (user["is_bot"] or user["is_restricted"] or user["deleted"])
        and user["name"] != "slackbot"
    ]
    assert len(people) == PEOPLE
    loading = load(url, token, process.pid, people, RATE, SECONDS)
    with ThreadPoolExecutor(1) as thread:  # this one may already run a browser's event loop
        measured = thread.submit(asyncio.run, loading).result()
    received = measured.received
    print(measured)  # noqa: T201 — `pytest -s` shows the figures
    assert measured.actions == RATE * SECONDS
    assert len(received.events) == measured.actions
    assert set(received.events.values()) == {1}
    assert len(received.by_socket) == APP_SOCKETS
    assert [received.frames[number] for number in range(PAGES)] == [1 + measured.actions] * PAGES
    assert measured.memory_after - measured.memory_before < MAX_MEMORY_GROWTH
