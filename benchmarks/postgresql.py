"""Throughput of writers on PostgreSQL: writers of two boards, compared with writers of one."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from benchmarks.row import Row, at_least
from storage.boards import boards
from storage.database import Database, open_database
from storage.locks import STORE, OfChannel
from storage.projects import votes
from tests.support.channel import NOW
from tests.support.postgres import postgres_running

TEAM = "T1"
ADDED_SECONDS = 0.02
VOTES_PER_WRITER = 50
ROUNDS = 5


def measure(_folder: Path) -> Iterator[Row]:
    """Measure two threads that store votes, on a server that doesn't wait for the disk."""
    with postgres_running() as server, closing(open_database(server.new_database())) as database:
        for channel_id in ("C1", "C2"):
            with database.transaction(STORE) as session:
                boards.create(session, TEAM, channel_id, None, NOW)
        rounds = [
            (_seconds(database, ("C1", "C1"), turn), _seconds(database, ("C1", "C2"), turn))
            for turn in range(ROUNDS)
        ]
    one_board, two_boards = (min(seconds) for seconds in zip(*rounds, strict=True))
    yield Row(
        "two boards' writers on PostgreSQL, 20 ms added to each transaction",
        one_board / two_boards,
        at_least(1.8),
        "two writers of one board",
    )


def _seconds(database: Database, channel_ids: Sequence[str], turn: int) -> float:
    """Return how long it takes until a writer for each channel has stored its votes."""

    def write(writer: int) -> None:
        for number in range(VOTES_PER_WRITER):
            _vote(database, channel_ids[writer], f"U{writer}", f"{turn}.{number:06d}")

    started = time.perf_counter()
    with ThreadPoolExecutor(len(channel_ids)) as pool:
        list(pool.map(write, range(len(channel_ids))))
    return time.perf_counter() - started


def _vote(database: Database, channel_id: str, person: str, event_ts: str) -> None:
    with database.transaction(OfChannel(TEAM, channel_id)) as session:
        votes.save_reactions(
            session,
            [
                votes.ReactionEvent(
                    team_id=TEAM,
                    channel_id=channel_id,
                    message_ts="1.000001",
                    person=person,
                    emoji="+1",
                    present=True,
                    event_ts=event_ts,
                )
            ],
        )
        time.sleep(ADDED_SECONDS)
