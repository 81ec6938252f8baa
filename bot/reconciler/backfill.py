"""Backfill: reading from Slack what its events didn't tell.

Slack sends no events of the time when the bot was not connected. So Needle reads channels, people,
and reactions at every start and reconnect, and once an hour, in case an event was lost.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from slack_sdk import WebClient

from bot.reconciler.read_back import ReadBack
from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.channel import read_channel
from bot.slack.answers.channels import channels_of
from bot.slack.answers.messages import SlackMessage, read_messages_page
from bot.slack.messages import fetch_message
from storage.boards import boards
from storage.boards.boards import Board
from storage.bulk_writes import write_in_chunks
from storage.database import Database, Session
from storage.locks import STORE, OfBoard
from storage.people import people
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.projects import votes
from storage.projects.votes import Reactions
from storage.tables import PostKind

log = logging.getLogger(__name__)

PAGE_SIZE = 200
BOARDS_PER_CHUNK = 10  # each takes about 10 ms

Key = tuple[str, str]  # user id and emoji


def backfill_workspace(database: Database, client: WebClient, now: datetime) -> None:
    """Create the boards of channels that invited Needle.

    Mark all people and the channels' members for a new lookup.
    """
    team_id = read_identity(client.auth_test()).team_id
    channel_ids = sorted(channels_of(client))
    with database.snapshot() as session:
        known = boards.list_known_channels(session, team_id)

    def create(session: Session, chunk: Sequence[str]) -> list[str]:
        return [
            channel_id
            for channel_id in chunk
            if boards.create(session, team_id, channel_id, None, now)
        ]

    missing = [channel_id for channel_id in channel_ids if channel_id not in known]
    for created in write_in_chunks(database, STORE, missing, create, chunk_rows=BOARDS_PER_CHUNK):
        for channel_id in created:
            log.info("board_backfilled", extra={"channel": channel_id})
    with database.transaction(STORE) as session:
        people.mark_all_for_lookup(session)
        boards.mark_members_changed(session, team_id, channel_ids, now)


def backfill_name(database: Database, client: WebClient, board: Board) -> None:
    """Store the name that a board's channel has now."""
    channel = read_channel(client.conversations_info(channel=board.channel_id))
    with database.transaction(OfBoard(board.id)) as session:
        boards.set_name(session, board.id, channel.name)


class BoardBackfill:
    """Backfill of the reactions to a board's open cards and charter draft.

    In this class, a card is also the post of a draft. A call of conversations.history returns the
    reactions to many cards, and a call of reactions.get those to one card. Before each call,
    `may_call(method)` must return True. If it doesn't, or if a call fails, `resume` continues
    later.

    With `read_back`, the backfill reads all history that must be read back, and backfills the cards
    that were adopted.
    """

    def __init__(
        self,
        database: Database,
        client: WebClient,
        board: Board,
        may_call: Callable[[str], bool],
        started_at: float,  # a monotonic time
        read_back: ReadBack | None = None,
    ) -> None:
        self.started_at = started_at
        self.read_back = read_back
        self._database = database
        self._client = client
        self._board = board
        self._may_call = may_call
        self.read_to: str | None = None  # messages since this ts were read
        self._oldest = ""  # history is read back to this ts
        self._pages_read = 0
        self._cursor: str | None = None
        self._has_more_history = True
        self._done: set[str] = set()  # the ts of cards whose reactions were read

    @property
    def reads_back(self) -> bool:
        """Whether more history must be read back."""
        return self.read_back is not None and not self.read_back.is_complete

    def resume(self) -> bool:
        """Do as much as `may_call` allows. Return whether the backfill is complete."""
        return self._read_history() and self._read_single_cards()

    def read_back_to(self, wanted: str | None) -> bool:
        """Read history until Needle may post and has read the message with the `wanted` ts, if any.

        Return False if `may_call` stopped that.
        """
        while self.read_back is not None and (
            self.read_back.holds_posts or (self.reads_back and not self._has_read(wanted))
        ):
            if not self._may_call("conversations.history"):
                return False
            self._read_page(self._remaining_cards())
        return True

    def _has_read(self, wanted: str | None) -> bool:
        return wanted is None or (self.read_to is not None and self.read_to <= wanted)

    def _read_history(self) -> bool:
        """Read history from the newest message back to the oldest card.

        Stop when that takes more calls than reading the remaining cards one by one, but not before
        all history that must be read back is read.
        """
        while self._has_more_history:
            cards = self._remaining_cards()
            if not self.reads_back and self._pages_read >= len(cards):
                break
            if not self._may_call("conversations.history"):
                return False
            self._read_page(cards)
        return True

    def _read_page(self, cards: dict[str, Post]) -> None:
        oldest_wanted = [self.read_back.oldest] if self.read_back is not None else []
        self._oldest = self._oldest or min([*cards, *oldest_wanted])
        before = self._stored_reactions(cards)
        page = read_messages_page(
            self._client.conversations_history(
                channel=self._board.channel_id,
                oldest=self._oldest,
                inclusive=True,
                limit=PAGE_SIZE,
                cursor=self._cursor,
                include_all_metadata=self.reads_back,
            )
        )
        if self.read_back is not None and self.reads_back:
            self.read_back.read_page(page.messages, is_last=not page.next_cursor)
            cards = self._remaining_cards()
        for message in page.messages:
            is_truncated = any(reaction.is_truncated for reaction in message.reactions)
            if message.ts in cards and not is_truncated and not message.is_tombstone:
                self._save_reactions(message, cards[message.ts], before.get(message.ts, {}))
        self.read_to = min((message.ts for message in page.messages), default=self.read_to)
        self._pages_read += 1
        self._cursor = page.next_cursor
        self._has_more_history = bool(self._cursor)

    def _read_single_cards(self) -> bool:
        for ts, card in self._remaining_cards().items():
            if not self._may_call("reactions.get"):
                return False
            before = self._stored_reactions([ts])
            message = fetch_message(self._client, self._board.channel_id, ts)
            if message is None:
                with self._database.transaction(OfBoard(self._board.id)) as session:
                    outbox.requeue(session, card)
            else:
                self._save_reactions(message, card, before[ts])
        return True

    def _remaining_cards(self) -> dict[str, Post]:
        with self._database.snapshot() as session:
            cards = [
                *outbox.open_cards(session, self._board.id),
                *outbox.open_drafts(session, self._board.id),
            ]
        return {card.ts: card for card in cards if card.ts and card.ts not in self._done}

    def _stored_reactions(self, messages: Collection[str]) -> dict[str, Reactions]:
        """Return what the store knows of reactions, read before Slack is called.

        An event that arrives during the call may be newer than Slack's response.
        """
        with self._database.snapshot() as session:
            return votes.reactions_on(session, self._board.id, messages)

    def _save_reactions(self, message: SlackMessage, card: Post, before: Reactions) -> None:
        stored = {key for key, reaction in before.items() if reaction.present}
        in_slack = reactions_in_slack(message, stored)
        if in_slack != stored:
            with self._database.transaction(OfBoard(self._board.id)) as session:
                votes.apply_slack_state(session, self._board, message.ts, before, in_slack)
            what = "draft" if card.kind == PostKind.DRAFT else "project"
            context = {what: card.subject, "board": self._board.id}
            log.info("reactions_backfilled", extra=context)
        self._done.add(message.ts)


def reactions_in_slack(message: SlackMessage, stored: Collection[Key]) -> set[Key]:
    """Return who reacted with which emoji.

    If Slack names fewer people than it counts, those who are stored stay: the event that stored
    them says more than a list without them. A removal that Slack didn't send is found once the
    list is complete.
    """
    named = {(person, reaction.name) for reaction in message.reactions for person in reaction.users}
    truncated = {reaction.name for reaction in message.reactions if reaction.is_truncated}
    return named | {(person, emoji) for person, emoji in stored if emoji in truncated}
