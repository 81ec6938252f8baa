"""Benchmarks of votes: how fast they are stored, and the calls to Slack that show many votes."""

import itertools
import json
import logging
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import yaml
from pydantic import SecretStr
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from benchmarks.earlier_version import COMMIT, earlier_votes
from benchmarks.row import Row, at_least, at_most
from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.app import build_app
from bot.listeners.batches import batches_of
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, BotClient, bot_clients
from bot.slack.socket_mode.listener import SocketModeListener
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
UNDER_WAY = 10  # events that aren't acknowledged yet
ROUNDS, EVENTS_A_ROUND = 10, 300


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
        yield _rate(app, database, client, vote)
        yield _one_alone(app, vote)
        database.close()


def _rate(app: App, database: Database, client: BotClient, vote: Iterator[dict[str, Any]]) -> Row:
    """Compare the rates of events. Both take turns, so that a slow moment affects both."""
    listener = SocketModeListener(app, "xapp-1", client, batches_of(database))
    empty = SocketModeHandler(_empty_app(client), "xapp-1")
    spent = {"needle": 0.0, "empty": 0.0}
    with ThreadPoolExecutor(UNDER_WAY) as pool:
        for _ in range(ROUNDS):
            events = list(itertools.islice(vote, EVENTS_A_ROUND))
            spent["needle"] += _seconds_of(events, listener.handle)
            spent["empty"] += _seconds_of(events, lambda *args: pool.submit(empty.handle, *args))
    listener.finish(time.monotonic() + 1)
    empty.client.close()
    return Row(
        f"durable votes a second, {UNDER_WAY} under way, SQLite",
        spent["empty"] / spent["needle"],
        at_least(0.3),
        "an empty Bolt listener in a pool of threads",
    )


def _one_alone(app: App, vote: Iterator[dict[str, Any]]) -> Row:
    """Compare votes that are stored one after the other, each with its own commit."""
    ratios = []
    with earlier_votes() as store_earlier:
        for _ in range(ROUNDS):
            events = list(itertools.islice(vote, EVENTS_A_ROUND))
            started = time.perf_counter()
            _dispatch(app, events)
            ratios.append((time.perf_counter() - started) / store_earlier(EVENTS_A_ROUND))
    return Row(
        "one vote alone",
        statistics.median(ratios),
        at_most(1),
        f"one vote at commit {COMMIT}, the median of {ROUNDS} rounds",
    )


class _Acknowledged:
    """A Socket Mode client that counts acknowledgments, and sends nothing."""

    logger = logging.getLogger("benchmarks")

    def __init__(self) -> None:
        self.free = threading.Semaphore(UNDER_WAY)

    def send_socket_mode_response(self, _response: object) -> None:
        self.free.release()


def _seconds_of(events: list[dict[str, Any]], handle: Callable[..., object]) -> float:
    """Return the time until all events are acknowledged."""
    client = _Acknowledged()
    started = time.perf_counter()
    for number, event in enumerate(events):
        client.free.acquire()
        handle(client, SocketModeRequest("events_api", str(number), event))
    for _ in range(UNDER_WAY):
        client.free.acquire()
    return time.perf_counter() - started


def _empty_app(client: BotClient) -> App:
    app = App(client=client, token=client.token, process_before_response=True)
    for name in ("reaction_added", "reaction_removed"):
        app.event(name)(_do_nothing)
    return app


def _do_nothing(event: dict[str, Any]) -> None:
    del event


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
    identity = client.auth_test()
    team, bot = str(identity["team_id"]), identity["user_id"]
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
                "item_user": bot,
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
