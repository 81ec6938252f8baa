"""Benchmarks of votes: the cost of a stored vote, and the calls to Slack that show many votes."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import yaml
from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from benchmarks.row import Row, at_most
from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.app import build_app
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, BotClient, bot_clients
from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database, open_database
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.projects import projects
from storage.tables import AccountType, PostKind

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
CHANNEL_NAME = "ops"
VOTERS = [f"U0VOTER{number:02d}" for number in range(8)]
BURST = 1_000


def measure(folder: Path) -> Iterator[Row]:
    """Measure votes on one card, with the reconciler and a sandbox."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with Sandbox(manifest) as sandbox:
        [client] = bot_clients(
            SecretStr(sandbox.bot_token), sandbox.api_url, RECONCILER_TIMEOUT_SECONDS
        )
        database = open_database(f"sqlite:///{folder}/votes.db")
        app = build_app(database, client, ChannelMembership(client))
        with _reconciling(database, client):
            vote = _card_to_vote_on(SandboxClient(sandbox.url), database, client)
            yield _redraws(app, database, sandbox.url, vote)
        database.close()


def _redraws(app: App, database: Database, url: str, vote: Iterator[dict[str, Any]]) -> Row:
    _until_shown(database)
    before = _updates(url)
    _dispatch(app, list(itertools.islice(vote, BURST)))
    _until_shown(database)
    return Row(
        f"chat.update for {BURST:,} votes on one card",
        _updates(url) - before,
        at_most(5),
        "counted by the sandbox until the card shows the last vote",
        "calls",
    )


def _card_to_vote_on(
    slack: SandboxClient, database: Database, client: WebClient
) -> Iterator[dict[str, Any]]:
    """Return an endless sequence of reactions to a new card, added and removed in turn."""
    mia = slack.person("mia")
    mia.invites(slack.app_user_id, CHANNEL_NAME)
    channel = next(each for each in mia.screen()["channels"] if each["name"] == CHANNEL_NAME)["id"]
    team = str(client.auth_test()["team_id"])
    now = datetime.now(UTC)
    proposal = Proposal(title="Retire the last NAT box", summary="A single instance fronts it all.")
    with database.transaction(STORE) as session:
        boards.create(session, team, channel, None, now)
        board_id = boards.find_id(session, team, channel) or 0
        projects.propose(
            session, board_id, origin="bench", proposer=VOTERS[0], proposal=proposal, now=now
        )
        for person in VOTERS:
            people.save_profile(
                session, team, person, AccountType.MEMBER, None, datetime.now(UTC), None
            )
    _until_shown(database)
    with database.snapshot() as session:
        card = outbox.latest(session, board_id, PostKind.CARD)
    return (
        {
            "type": "event_callback",
            "team_id": team,
            "event": {
                "type": "reaction_added" if number // len(VOTERS) % 2 == 0 else "reaction_removed",
                "user": VOTERS[number % len(VOTERS)],
                "reaction": "+1",
                "item": {"type": "message", "channel": channel, "ts": card.ts if card else ""},
                "event_ts": f"{1_800_000_000 + number}.000100",
            },
        }
        for number in itertools.count()
    )


def _dispatch(app: App, events: list[dict[str, Any]]) -> None:
    for event in events:
        answer = app.dispatch(BoltRequest(mode="socket_mode", body=event))
        if answer.status != 200:
            raise RuntimeError(f"a vote was refused: {answer.status} {answer.body}")


@contextmanager
def _reconciling(database: Database, client: BotClient) -> Iterator[None]:
    reconciler = Reconciler(database, client)
    thread = threading.Thread(target=reconciler.run)
    thread.start()
    try:
        yield
    finally:
        reconciler.stop()
        thread.join()


def _until_shown(database: Database) -> None:
    while True:
        with database.snapshot() as session:
            if not outbox.pending(session) and not outbox.stale(session):
                return
        time.sleep(0.05)


def _updates(url: str) -> int:
    """Return the number of chat.update calls among the last 1,000 calls."""
    with urlopen(f"{url}/control/traffic") as answer:  # noqa: S310 — our own sandbox
        entries = json.load(answer)["entries"]
    return sum(1 for entry in entries if entry["name"] == "chat.update")
