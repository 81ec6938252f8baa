"""`needle digest` and `needle roadmap`: print or post a scheduled post now."""

import html
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cli.boards import BoardName, board_named
from bot.cli.errors import CommandFailed, reported
from bot.config import PostingSettings, StoreSettings
from bot.reconciler.render import draw
from bot.reconciler.sender import deliver
from bot.slack.client import CannotStart, connect
from bot.slack.error_messages import LOST, in_words
from bot.slack.errors import retry_after, unclear
from domain.calendar.quarter import Quarter
from storage.boards.boards import Board
from storage.database import Database, open_database, open_read_only
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.tables import PostKind, PostState

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print it; post and change nothing.")]

POLL = timedelta(seconds=0.2)
PATIENCE = timedelta(minutes=1)


def require_quarter(quarter: str) -> None:
    """Raise CommandFailed if the quarter is malformed. Accept an empty one.

    Call this before reading the settings, so that a typo is reported first.
    """
    if quarter:
        _quarter(quarter)


def preview(settings: StoreSettings, kind: PostKind, name: str, quarter: str = "") -> str:
    """Return the text of the post as it would be now. Write nothing.

    `quarter` applies only to a roadmap. If it is empty, use the current quarter.
    """
    database = open_read_only(settings.database_url)
    try:
        board = board_named(database, name)
        with database.snapshot() as session:
            period, _ = _period(board, kind, quarter)
            wished = Post(id=outbox.UNSAVED_ID, board_id=board.id, kind=kind, subject=period)
            # The text is escaped for Slack. A terminal needs the plain characters.
            return html.unescape(draw(session, wished, datetime.now(UTC)).message.text)
    finally:
        database.close()


def post_now(
    settings: PostingSettings,
    kind: PostKind,
    name: str,
    quarter: str = "",
    patience: timedelta = PATIENCE,
) -> str:
    """Post a digest or roadmap unless it was posted before. Return what happened, in a line.

    An empty `quarter` means the current one. The scheduler uses the same claim, so it doesn't
    post this again when it is due. Raise CommandFailed if the post can't be sent.
    """
    try:
        client = connect(settings)
    except CannotStart as error:
        raise CommandFailed(f"{error}. Nothing was queued.") from error
    database = open_database(settings.database_url, create=False)
    try:
        board = board_named(database, name)
        _require_near(board, quarter)
        period, called = _period(board, kind, quarter)
        claim = _Claim(database, board.id, kind, period)
        wished = claim.stake()
        trouble = _insist(claim, client, patience)
        what = f"{kind} {called} of #{board.name or board.channel_id}"
        if trouble is None:
            return f"{'Posted' if wished else 'Was already posted'}: {what}"
        raise CommandFailed(f"Not posted: {what}: {trouble}. {_prospect(claim.post())}.")
    finally:
        database.close()


@dataclass(frozen=True)
class _Claim:
    """The claim that makes a period's post appear once, whichever process sends it."""

    database: Database
    board_id: int
    kind: PostKind
    period: str

    def stake(self) -> bool:
        """Queue the post. Return False if it was queued before."""
        with self.database.transaction() as session:
            return outbox.enqueue(session, self.board_id, self.kind, self.period)

    def post(self) -> Post:
        with self.database.snapshot() as session:
            post = outbox.latest(session, self.board_id, self.kind, self.period)
        if post is None:
            raise LookupError(f"there is no {self.kind} {self.period}")
        return post


def _insist(claim: _Claim, client: WebClient, patience: timedelta) -> str | None:
    """Retry until the post is sent, and return None.

    Return the reason if a retry can't help or would come after `patience`.
    """
    until = datetime.now(UTC) + patience
    trouble = "another process is at it"
    while (post := claim.post()).state is not PostState.POSTED:
        wait = POLL
        try:
            deliver(claim.database, client, post.id, lambda: datetime.now(UTC))
        except SlackApiError as error:
            trouble = in_words(error)
            asked = retry_after(error)
            if asked is None and not unclear(error):
                return trouble  # a retry gets the same answer
            wait = asked or POLL
        except LOST as error:
            trouble = in_words(error)
        if datetime.now(UTC) + wait > until:
            return trouble
        time.sleep(wait.total_seconds())
    return None


def _prospect(post: Post) -> str:
    if post.is_pending:
        return "It stays queued: the running bot posts it when Slack takes it"
    return "It is not queued any more"


def _period(board: Board, kind: PostKind, text: str) -> tuple[str, str]:
    """Return the period of a post: its key in the store, and its name for people.

    `text` is the quarter of a roadmap. If it is empty, use the current one. Raise CommandFailed
    if it is malformed.
    """
    now = datetime.now(UTC)
    if kind is not PostKind.ROADMAP:
        week = board.cadence.week(now)
        return week, week
    quarter = board.cadence.quarter(now)
    if text:
        quarter = _quarter(text, board.cadence.fiscal_start)
    return quarter.key, str(quarter)


def _require_near(board: Board, text: str) -> None:
    """Raise CommandFailed unless the quarter is empty, the current one or the next one.

    The whole channel sees a roadmap, so a mistyped quarter must not be posted.
    """
    current = board.cadence.quarter(datetime.now(UTC))
    if text and _quarter(text, board.cadence.fiscal_start) not in (current, current.next()):
        raise CommandFailed(
            f"Only the roadmaps of {current} and {current.next()} can be posted."
            " With --dry-run that of any quarter is printed."
        )


def _quarter(text: str, fiscal_start: int = 1) -> Quarter:
    try:
        return Quarter.parse(text, fiscal_start)
    except ValueError as error:
        raise CommandFailed(f"--quarter: {error}") from error


def digest(board: BoardName, *, dry_run: DryRun = False) -> None:
    """Post this week's digest now, unless it is posted already."""
    _post(PostKind.DIGEST, board, dry_run=dry_run)


def roadmap(
    board: BoardName,
    *,
    quarter: Annotated[str, typer.Option(help="Like 2027-Q1; this one, unless told.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Post a quarter's roadmap now, unless it is posted already."""
    with reported():
        require_quarter(quarter)
    _post(PostKind.ROADMAP, board, quarter, dry_run=dry_run)


def _post(kind: PostKind, board: str, quarter: str = "", *, dry_run: bool) -> None:
    with reported():
        if dry_run:
            typer.echo(preview(StoreSettings(), kind, board, quarter))
        else:
            typer.echo(post_now(PostingSettings(), kind, board, quarter))
