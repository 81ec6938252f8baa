"""`needle digest` and `needle roadmap`: what the schedule would post, printed or posted now."""

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
from storage.database import Database, look_into, open_database
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.tables import PostKind, PostState

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print it; post and change nothing.")]

POLL = timedelta(seconds=0.2)
PATIENCE = timedelta(minutes=1)


def require_quarter(quarter: str) -> None:
    """Raises `CommandFailed`, before anything else is asked for; none is this one."""
    if quarter:
        _quarter(quarter)


def preview(settings: StoreSettings, kind: PostKind, name: str, quarter: str = "") -> str:
    """The text of the post as it would be now; nothing is written. This quarter's, unless told."""
    database = look_into(settings.database_url)
    try:
        board = board_named(database, name)
        with database.snapshot() as session:
            period, _ = _period(board, kind, quarter)
            wished = Post(id=outbox.NOT_STORED, board_id=board.id, kind=kind, subject=period)
            # The text of a message is escaped for Slack; a terminal reads it as it is.
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
    """Post this period's, or that quarter's, unless it was posted; what happened, in words.

    It is the same claim as the schedule's: what is posted now is not posted again when it is due.
    """
    try:
        client = connect(settings)
    except CannotStart as error:
        raise CommandFailed(f"{error}. Nothing was queued.") from error
    database = open_database(settings.database_url, make=False)
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
    """What makes a period's post appear once, whoever posts it."""

    database: Database
    board_id: int
    kind: PostKind
    period: str

    def stake(self) -> bool:
        """False if it was before."""
        with self.database.transaction() as session:
            return outbox.ask_for(session, self.board_id, self.kind, self.period)

    def post(self) -> Post:
        with self.database.snapshot() as session:
            post = outbox.latest(session, self.board_id, self.kind, self.period)
        if post is None:
            raise LookupError(f"there is no {self.kind} {self.period}")
        return post


def _insist(claim: _Claim, client: WebClient, patience: timedelta) -> str | None:
    """Try until it is posted, and None; or until there is no use in it, and why."""
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
                return trouble  # it would say the same again
            wait = asked or POLL
        except LOST as error:
            trouble = in_words(error)
        if datetime.now(UTC) + wait > until:
            return trouble
        time.sleep(wait.total_seconds())
    return None


def _prospect(post: Post) -> str:
    if post.is_waiting:
        return "It stays queued: the running bot posts it when Slack takes it"
    return "It is not queued any more"


def _period(board: Board, kind: PostKind, text: str) -> tuple[str, str]:
    """What it is a post of, as it is kept, and as people call it."""
    now = datetime.now(UTC)
    if kind is not PostKind.ROADMAP:
        week = board.cadence.week(now)
        return week, week
    quarter = board.cadence.quarter(now)
    if text:
        quarter = _quarter(text, board.cadence.fiscal_start)
    return quarter.key, str(quarter)


def _require_near(board: Board, text: str) -> None:
    """What is posted stands before everybody: a quarter mistyped would too."""
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
