"""An earlier version of Needle that stores votes in a process of its own, to compare with."""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

COMMIT = "3371ce7"
ROOT = Path(__file__).parents[1]
# Runs in the earlier version's folder, with its modules and its own benchmark's functions. For each
# line of input, it stores that many votes, one after the other, and prints the seconds.
DRIVER = """
import itertools, logging, sys, tempfile, time, yaml
from benchmarks.__main__ import (
    MANIFEST, TIMEOUT_SECONDS, Presence, Sandbox, SandboxClient, SecretStr, _card_to_vote_on,
    _dispatch, _reconciling, bot_clients_for, build_app, open_database,
)
logging.disable(logging.WARNING)
manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
with tempfile.TemporaryDirectory() as folder, Sandbox(manifest) as sandbox:
    [client] = bot_clients_for(SecretStr(sandbox.bot_token), sandbox.api_url, TIMEOUT_SECONDS)
    database = open_database(f"sqlite:///{folder}/bench.db")
    app = build_app(database, client, Presence(client))
    with _reconciling(database, client):
        vote = _card_to_vote_on(SandboxClient(sandbox.url), database, client)
    for line in sys.stdin:
        events = list(itertools.islice(vote, int(line)))
        started = time.perf_counter()
        _dispatch(app, events)
        print(time.perf_counter() - started, flush=True)
"""


@contextmanager
def earlier_votes() -> Iterator[Callable[[int], float]]:
    """Yield a function that stores votes with the earlier version, and returns the seconds.

    Raise CalledProcessError if this folder isn't a Git repository with the commit.
    """
    archive = subprocess.run(
        ["git", "archive", COMMIT],  # noqa: S607 — the developer's own git
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        with subprocess.Popen(
            [sys.executable, "-c", DRIVER],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise OSError("the process has no pipes")
            to, answers = process.stdin, process.stdout

            def store(votes: int) -> float:
                to.write(f"{votes}\n")
                to.flush()
                return float(answers.readline())

            yield store
            to.close()
