"""The calls to Slack that post a digest of 1,000 projects."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import yaml
from pydantic import SecretStr

from benchmarks.boards import NOW
from benchmarks.lived_in_boards import Size, Writer
from benchmarks.row import Row, at_most
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, bot_clients
from bot.slack.slack_time import SlackTime
from domain.calendar.cadence import Cadence
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database, open_database
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.tables import PostKind

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
CHANNEL_NAME = "ops"
PROJECTS = 1_000
DUE = Cadence().next_digest(NOW)


def measure(folder: Path) -> Iterator[Row]:
    """Let the reconciler post a digest to a sandbox, and count the sandbox's calls."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Sandbox(manifest) as sandbox:
        slack_time = SlackTime(lambda: DUE.due_at, compares_clocks=False)
        [client] = bot_clients(
            SecretStr(sandbox.bot_token),
            sandbox.api_url,
            RECONCILER_TIMEOUT_SECONDS,
            slack_time=slack_time,
        )
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, CHANNEL_NAME)
        channel = next(
            each["id"] for each in mia.screen()["channels"] if each["name"] == CHANNEL_NAME
        )
        database = open_database(f"sqlite:///{folder}/digest.db")
        team = str(client.auth_test()["team_id"])
        _queue_digest(database, team, channel)
        Reconciler(database, client, lambda: DUE.due_at).run_pass()
        with database.snapshot() as session:
            if outbox.pending(session):
                raise RuntimeError("the digest wasn't posted")
        yield Row(
            f"calls for a digest of {PROJECTS:,} projects",
            _calls(sandbox.url)["chat.postMessage"],
            at_most(1),
            "counted by the sandbox",
            "calls",
        )
        database.close()


def _queue_digest(database: Database, team: str, channel: str) -> None:
    """Store a board whose next digest is queued."""
    with database.transaction(STORE) as session:
        writer = Writer(team)
        writer.add_people()
        board_id = writer.add_board(channel, Size(open=PROJECTS, closed=0))
        writer.write(session)
        outbox.enqueue(session, board_id, PostKind.DIGEST, WeekSubject(DUE.period))


def _calls(url: str) -> Counter[str]:
    """Return how often each method was called among the last 1,000 calls."""
    with urlopen(f"{url}/control/traffic") as answer:  # noqa: S310 — our own sandbox
        return Counter(entry["name"] for entry in json.load(answer)["entries"])
