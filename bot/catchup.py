"""What people did while nobody listened: Slack tells no events of that time, so we look.

At every start and reconnect, and once an hour, in case an event was lost all the same.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.trouble import code
from storage import boards, people, posts, votes
from storage.boards import Board
from storage.database import Database
from storage.posts import Post
from storage.votes import Given

log = logging.getLogger(__name__)

# A page of history shows the reactions of many cards in one call; reactions.get those of one. Both
# are Tier 3, 50 a minute: https://docs.slack.dev/apis/web-api/rate-limits
PAGE = 200
PAGES = 25
ONE_BY_ONE = 20

Json = dict[str, Any]


def look_around(database: Database, client: WebClient, now: datetime) -> None:
    """Channels that we were invited to become boards; whoever is known is asked about again."""
    team_id = client.auth_test()["team_id"]
    pages = client.users_conversations(
        types="public_channel,private_channel", exclude_archived=True, limit=PAGE
    )
    joined = [channel["id"] for page in pages for channel in page["channels"]]
    with database.transaction() as session:
        for channel_id in joined:
            if boards.open_board(session, team_id, channel_id, None, now):
                log.info("joined while away", extra={"channel": channel_id})
        people.ask_all_again(session)


def catch_up(database: Database, client: WebClient, board: Board) -> bool:
    """The board's name and every reaction to its open cards; False if cards are left to look at."""
    channel = client.conversations_info(channel=board.channel_id)["channel"]
    with database.transaction() as session:
        boards.rename(session, board.id, channel["name"])
    with database.snapshot() as session:
        cards = {card.ts: card for card in posts.open_cards(session, board.id) if card.ts}
        before = {ts: votes.given_on(session, board.id, ts) for ts in cards}
    for ts, reactions in _in_history(client, board, list(cards)):
        if not _cut(reactions):
            _correct(database, board, cards.pop(ts), before[ts], reactions)
    for ts in list(cards)[:ONE_BY_ONE]:
        card = cards.pop(ts)
        found = _of_one(client, board, ts)
        if found is None:
            with database.transaction() as session:
                posts.repost(session, card)
        else:
            _correct(database, board, card, before[ts], found)
    return not cards


def _in_history(
    client: WebClient, board: Board, wanted: list[str]
) -> Iterator[tuple[str, list[Json]]]:
    """(ts, reactions) of those messages, newest first, as far back as a few calls reach."""
    missing = set(wanted)
    cursor = None
    for _ in range(PAGES if missing else 0):
        page = client.conversations_history(
            channel=board.channel_id, oldest=min(wanted), inclusive=True, limit=PAGE, cursor=cursor
        )
        for message in page["messages"]:
            if message["ts"] in missing:
                missing.remove(message["ts"])
                yield message["ts"], message.get("reactions", [])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not (cursor and missing):
            return


def _of_one(client: WebClient, board: Board, ts: str) -> list[Json] | None:
    """All the reactions to a message; None if it is gone."""
    try:
        answer = client.reactions_get(channel=board.channel_id, timestamp=ts, full=True)
    except SlackApiError as error:
        if code(error) != "message_not_found":
            raise
        return None
    reactions: list[Json] = answer["message"].get("reactions", [])
    return reactions


def _cut(reactions: list[Json]) -> bool:
    """Slack may name only some of the people: https://docs.slack.dev/reference/methods/reactions.get"""
    return any(len(each["users"]) < each["count"] for each in reactions)


def _correct(
    database: Database, board: Board, card: Post, before: Given, reactions: list[Json]
) -> None:
    shown = {(person, each["name"]) for each in reactions for person in each["users"]}
    if shown == {key for key, one in before.items() if one.present}:
        return
    with database.transaction() as session:
        votes.correct(session, board, card.ts or "", before, shown)
    log.info("caught up with reactions", extra={"project": card.subject, "board": board.id})
