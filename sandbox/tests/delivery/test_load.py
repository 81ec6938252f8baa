"""20 sockets and 50 people at 500 events a second: nothing is lost, nothing grows without bound.

Five seconds here; `SANDBOX_LOAD_SECONDS=60` gives it the whole minute.
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
RATE = 500
PEOPLE = 50
NAMED = 8
MAY_GROW_BY = 64 * 1024 * 1024  # bytes, however long it lasts


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
            str(PEOPLE - NAMED),
        ],
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        running.terminate()


def test_load__loses_nothing_and_bounds_memory(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    printed = ""
    while not (found := re.search(r"SLACK_APP_TOKEN=(\S+)", printed)):
        line = process.stdout.readline()
        assert line, printed
        printed += line
    token = found[1]
    url = re.findall(r"at (http://\S+)", printed)[0]
    invite_app(url)
    everybody = SandboxClient(url).workspace()["people"]
    people = [
        each["name"]
        for each in everybody
        if not (each["is_bot"] or each["is_restricted"] or each["deleted"])
        and each["name"] != "slackbot"
    ]
    assert len(people) == PEOPLE
    loading = load(url, token, process.pid, people, RATE, SECONDS)
    with ThreadPoolExecutor(1) as thread:  # in this one, a browser's loop may be running
        measured = thread.submit(asyncio.run, loading).result()
    heard = measured.received
    print(measured)  # noqa: T201 — for those who ask for the figures with -s
    assert measured.actions == RATE * SECONDS
    assert len(heard.events) == measured.actions
    assert set(heard.events.values()) == {1}
    assert len(heard.by_socket) == APP_SOCKETS
    assert [heard.frames[number] for number in range(PAGES)] == [1 + measured.actions] * PAGES
    assert measured.memory_after - measured.memory_before < MAY_GROW_BY
