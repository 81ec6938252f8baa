"""What people did while nobody listened: Slack tells no events of that time, so we look.

At every start and reconnect, and once an hour, in case an event was lost all the same.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.slack.messages import fetch_message, is_tombstone
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database
from storage.people import people
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.projects import votes
from storage.projects.votes import Reactions

log = logging.getLogger(__name__)

PAGE = 200

Json = dict[str, Any]


def backfill_workspace(database: Database, client: WebClient, now: datetime) -> None:
    """Channels that we were invited to become boards; whoever is known is asked about again."""
    team_id = client.auth_test()["team_id"]
    pages = client.users_conversations(
        types="public_channel,private_channel", exclude_archived=True, limit=PAGE
    )
    joined = [channel["id"] for page in pages for channel in page["channels"]]
    with database.transaction() as session:
        for channel_id in joined:
            if boards.create(session, team_id, channel_id, None, now):
                log.info("joined while away", extra={"channel": channel_id})
        people.mark_all_for_lookup(session)


class BoardBackfill:
    """One look at a board's name and at every reaction to its open cards.

    A page of history shows the reactions of many cards in one call, reactions.get those of one.
    Each call is made only if `may_ask`, which is told the method, allows it: where that or an error
    cuts the look off, it goes on the next time.
    """

    def __init__(
        self,
        database: Database,
        client: WebClient,
        board: Board,
        may_ask: Callable[[str], bool],
        begun_at: datetime,
    ) -> None:
        self.begun_at = begun_at
        self._database = database
        self._client = client
        self._board = board
        self._may_ask = may_ask
        self._is_named = False
        self._oldest = ""  # where history is read to
        self._pages = 0
        self._cursor: str | None = None
        self._has_history = True  # that may show cards which were not looked at
        self._seen: set[str] = set()  # the cards that were, by ts

    def go_on(self) -> bool:
        """As far as it may; whether all was looked at."""
        return self._name() and self._in_history() and self._one_by_one()

    def _name(self) -> bool:
        if not self._is_named:
            if not self._may_ask("conversations.info"):
                return False
            channel = self._client.conversations_info(channel=self._board.channel_id)["channel"]
            with self._database.transaction() as session:
                boards.set_name(session, self._board.id, channel["name"])
            self._is_named = True
        return True

    def _in_history(self) -> bool:
        """From the newest message back to the oldest card; no more pages than there are cards left,
        each of which takes one call too.
        """
        while self._has_history:
            cards = self._left()
            if self._pages >= len(cards):
                break
            if not self._may_ask("conversations.history"):
                return False
            self._read_page(cards)
        return True

    def _read_page(self, cards: dict[str, Post]) -> None:
        self._oldest = self._oldest or min(cards)
        before = self._given_on(cards)
        page = self._client.conversations_history(
            channel=self._board.channel_id,
            oldest=self._oldest,
            inclusive=True,
            limit=PAGE,
            cursor=self._cursor,
        )
        for message in page["messages"]:
            ts, reactions = message["ts"], message.get("reactions", [])
            if ts in cards and not _cut(reactions) and not is_tombstone(message):
                self._correct(ts, cards[ts], before[ts], reactions)
        self._pages += 1
        self._cursor = (page.get("response_metadata") or {}).get("next_cursor")
        self._has_history = bool(self._cursor)

    def _one_by_one(self) -> bool:
        for ts, card in self._left().items():
            if not self._may_ask("reactions.get"):
                return False
            before = self._given_on([ts])
            message = fetch_message(self._client, self._board.channel_id, ts)
            if message is None:
                with self._database.transaction() as session:
                    outbox.requeue(session, card)
            else:
                self._correct(ts, card, before[ts], message.get("reactions", []))
        return True

    def _left(self) -> dict[str, Post]:
        with self._database.snapshot() as session:
            cards = outbox.open_cards(session, self._board.id)
        return {card.ts: card for card in cards if card.ts and card.ts not in self._seen}

    def _given_on(self, messages: Collection[str]) -> dict[str, Reactions]:
        """What is known of them before Slack is asked."""
        with self._database.snapshot() as session:
            return votes.reactions_on(session, self._board.id, messages)

    def _correct(self, ts: str, card: Post, before: Reactions, reactions: list[Json]) -> None:
        shown = {(person, each["name"]) for each in reactions for person in each["users"]}
        if shown != {key for key, one in before.items() if one.present}:
            with self._database.transaction() as session:
                votes.apply_slack_state(session, self._board, ts, before, shown)
            about = {"project": card.subject, "board": self._board.id}
            log.info("caught up with reactions", extra=about)
        self._seen.add(ts)


def _cut(reactions: list[Json]) -> bool:
    """Slack may name only some of the people: https://docs.slack.dev/reference/methods/reactions.get"""
    return any(len(each["users"]) < each["count"] for each in reactions)
