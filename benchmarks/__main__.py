"""Benchmarks for `make bench`: the cost of a stored vote, and Slack calls after 1,000 votes.

Speeds are ratios of two measurements in the same run, because absolute times differ by machine and
by day.
"""

import gc
import itertools
import json
import logging
import tempfile
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

from benchmarks.ranking import print_ranking
from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.app import build_app
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, BotClient, bot_clients
from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database, open_database
from storage.people import people
from storage.posts import outbox
from storage.projects import projects
from storage.tables import AccountType, PostKind

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
CHANNEL_NAME = "ops"
VOTERS = [f"U0VOTER{number:02d}" for number in range(8)]
ROUNDS, VOTES_A_ROUND = 10, 300
BURST = 1_000


def main() -> None:
    logging.disable(logging.WARNING)
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, Sandbox(manifest) as sandbox:
        [client] = bot_clients(
            SecretStr(sandbox.bot_token), sandbox.api_url, RECONCILER_TIMEOUT_SECONDS
        )
        database = open_database(f"sqlite:///{folder}/bench.db")
        app = build_app(database, client, ChannelMembership(client))
        with _reconciling(database, client):
            vote = _card_to_vote_on(SandboxClient(sandbox.url), database, client)
            _print_rate(app, _empty(client), vote)
        with _reconciling(database, client):
            _print_redraws(app, database, sandbox.url, vote)
        database.close()
        gc.freeze()  # as `needle run` does
        print_ranking(Path(folder))


def _print_rate(app: App, empty: App, vote: Iterator[dict[str, Any]]) -> None:
    """Print the rate of votes. Both apps take turns, so that a slow moment affects both."""
    spent = {"needle": 0.0, "empty": 0.0}
    for _ in range(ROUNDS):
        for name, each in (("needle", app), ("empty", empty)):
            events = list(itertools.islice(vote, VOTES_A_ROUND))
            started = time.perf_counter()
            _dispatch(each, events)
            spent[name] += time.perf_counter() - started
    rate, bare = (ROUNDS * VOTES_A_ROUND / spent[name] for name in ("needle", "empty"))
    print(f"votes stored a second through Bolt's dispatch: {rate:,.0f}")
    print(f"an empty Bolt listener: {bare:,.0f} events a second")
    print(f"ratio: {rate / bare:.2f}")


def _print_redraws(app: App, database: Database, url: str, vote: Iterator[dict[str, Any]]) -> None:
    _until_shown(database)
    before = _updates(url)
    started = time.perf_counter()
    _dispatch(app, list(itertools.islice(vote, BURST)))
    _until_shown(database)
    seconds = time.perf_counter() - started
    print(f"chat.update calls for {BURST:,} votes on one card: {_updates(url) - before}")
    print(f"the card showed the last of them after {seconds:.1f} s")


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
    with database.transaction() as session:
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


def _empty(client: WebClient) -> App:
    app = App(client=client, token=client.token, process_before_response=True)
    for name in ("reaction_added", "reaction_removed"):
        app.event(name)(_do_nothing)
    return app


def _do_nothing(event: dict[str, Any]) -> None:
    del event


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


if __name__ == "__main__":
    main()
