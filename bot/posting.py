"""`needle digest` and `needle roadmap`: what the schedule would post, printed or posted now."""

import html
import time
from datetime import UTC, datetime

from bot.content import draw
from bot.delivery import deliver
from bot.run import connect
from bot.settings import PostingSettings, StoreSettings
from storage import boards, posts
from storage.boards import Board
from storage.database import Database, open_database
from storage.posts import Post
from storage.tables import PostKind, PostState
from values.quarter import Quarter

POLL_SECONDS = 0.2
PATIENCE_SECONDS = 60


class CannotPost(Exception):
    """There is nothing to post, or nowhere to; the text says why."""


def preview(settings: StoreSettings, kind: PostKind, name: str, quarter: str = "") -> str:
    """The text of the post as it would be now; nothing is written. This quarter's, unless told."""
    database = open_database(settings.database_url, make=False)
    try:
        board = _board(database, name)
        with database.snapshot() as session:
            wished = Post(
                id=0,
                board_id=board.id,
                kind=kind,
                subject=_period(board, kind, quarter),
            )
            # The text of a message is escaped for Slack; a terminal reads it as it is.
            return html.unescape(draw(session, wished).message.text)
    finally:
        database.close()


def post_now(settings: PostingSettings, kind: PostKind, name: str, quarter: str = "") -> str:
    """Post this period's, or that quarter's, unless it was posted; what happened, in words.

    It is the same claim as the schedule's: what is posted now is not posted again when it is due.
    """
    client = connect(settings)
    database = open_database(settings.database_url, make=False)
    try:
        board = _board(database, name)
        period = _period(board, kind, quarter)
        with database.transaction() as session:
            wished = posts.ask_for(session, board.id, kind, period)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            with database.snapshot() as session:
                post = posts.latest(session, board.id, kind, period)
            if post is not None and post.state is PostState.POSTED:
                verb = "Posted" if wished else "Was already posted"
                return f"{verb}: {kind} {period} of #{board.name or board.channel_id}"
            # A running bot may have taken it: then there is only to wait.
            if post is None or not deliver(database, client, post.id, datetime.now(UTC)):
                time.sleep(POLL_SECONDS)
    finally:
        database.close()
    raise CannotPost(f"The {kind} was not posted within {PATIENCE_SECONDS} seconds: see the log.")


def _board(database: Database, name: str) -> Board:
    with database.snapshot() as session:
        found = boards.named_like(session, name)
        known = [board.name or board.channel_id for board in boards.every(session)]
    if len(found) == 1:
        return found[0]
    if found:
        channels = ", ".join(board.channel_id for board in found)
        raise CannotPost(f"More than one board is called {name}: say which of {channels}.")
    if known:
        raise CannotPost(f"There is no board {name}. There are: #{', #'.join(known)}.")
    raise CannotPost("There is no board yet: invite Needle to a channel.")


def _period(board: Board, kind: PostKind, quarter: str) -> str:
    now = datetime.now(UTC)
    if kind is not PostKind.ROADMAP:
        return board.cadence.week(now)
    if not quarter:
        return str(board.cadence.quarter(now))
    try:
        return str(Quarter.parse(quarter, board.cadence.fiscal_start))
    except ValueError as error:
        raise CannotPost(f"--quarter: {error}") from error
