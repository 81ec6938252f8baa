"""The cost of a board's past: the same work with 5,000 closed projects, and with none."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from slack_bolt import Ack

from benchmarks.boards import NOW
from benchmarks.idle_client import IdleClient
from benchmarks.lived_in_boards import PEOPLE, TEAM, Size, write_boards
from benchmarks.row import Row, at_most
from benchmarks.turns import least_seconds
from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.actor import Actor
from bot.listeners.project.ownership import OwnerCheck
from bot.listeners.project.propose import submit
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.digest import digest
from bot.presenters.home import home
from bot.reconciler.reconciler import Reconciler
from bot.service.scheduler import enqueue_due_posts
from bot.slack.slack_time import SlackTime
from bot.views import home as home_view
from bot.views.modals import propose as propose_form
from bot.views.posts import digest as digest_view
from slack_sandbox.block_kit.form_state import fill_inputs
from slack_sandbox.block_kit.generated_ids import with_generated_ids
from storage.database import Database, open_database
from storage.idempotency import Request

OPEN = 100
CLOSED = 5_000
CHANNEL = "C1"
PERSON = PEOPLE[0]


def measure(folder: Path) -> Iterator[Row]:
    """Measure a board with 100 open projects, with and without 5,000 closed ones."""
    old = LivedInBoard(open_database(f"sqlite:///{folder}/old.db"), Size(OPEN, CLOSED))
    new = LivedInBoard(open_database(f"sqlite:///{folder}/new.db"), Size(OPEN, 0))
    for name, work in WORKS.items():
        with_past, without = least_seconds(partial(work, old), partial(work, new), rounds=9)
        yield Row(
            f"{name}: {CLOSED:,} closed projects ÷ none",
            with_past / without,
            at_most(1.2),
            f"the same board without closed projects; both have {OPEN} open ones",
        )
    for board in (old, new):
        board.database.close()


class LivedInBoard:
    """A board, and what the bot does on it."""

    def __init__(self, database: Database, size: Size) -> None:
        self.database = database
        [self.board] = write_boards(database, [CHANNEL], size)
        slack_time = SlackTime(lambda: NOW, compares_clocks=False)
        self._client = IdleClient(slack_time, TEAM)
        self._reconciler = Reconciler(database, self._client, lambda: NOW)
        self._forms = count(1)
        self.enqueue_due()
        self.run_pass()

    def rank(self) -> Any:
        with self.database.snapshot() as session:
            return overview(BoardSnapshot(session, self.board))

    def home(self) -> Any:
        with self.database.snapshot() as session:
            return home_view.home(home(session, TEAM, PERSON, {CHANNEL}, NOW))

    def digest(self) -> Any:
        with self.database.snapshot() as session:
            week = self.board.cadence.iso_week(NOW)
            return digest_view.digest(digest(BoardSnapshot(session, self.board), week))

    def propose(self) -> None:
        """Submit the form with a new title, as the listener does."""
        number = next(self._forms)
        form = propose_form.form("", [(CHANNEL, CHANNEL)], elsewhere=False, initial={})
        blocks = with_generated_ids(form["blocks"])
        inputs = {
            "title": sha256(f"{number}".encode()).hexdigest(),  # similar to no other
            "summary": "Nobody can try a change before it ships.",
        }
        by_block = {
            block["block_id"]: inputs[block["element"]["action_id"]]
            for block in blocks
            if block["type"] == "input" and block["element"]["action_id"] in inputs
        }
        values = fill_inputs(blocks, {}, by_block, {})
        view = {**form, "id": f"V-new-{number}", "blocks": blocks, "state": {"values": values}}
        submit(
            Ack(),  # type: ignore[no-untyped-call]
            Actor(TEAM, PERSON, CHANNEL, ""),
            view,
            self._client,
            OwnerCheck(self.database, self._client, ChannelMembership(self._client), TEAM),
            Request(self.database, f"{number}", NOW),
            NOW,
        )

    def enqueue_due(self) -> None:
        enqueue_due_posts(self.database, NOW)

    def run_pass(self) -> None:
        self._reconciler.run_pass()


# A new project's card is due, so proposing comes last.
WORKS: dict[str, Callable[[LivedInBoard], Any]] = {
    "ranking": LivedInBoard.rank,
    "Home": LivedInBoard.home,
    "digest": LivedInBoard.digest,
    "due": LivedInBoard.enqueue_due,
    "idle pass": LivedInBoard.run_pass,
    "propose": LivedInBoard.propose,
}
