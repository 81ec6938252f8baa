"""`needle post`: posts a digest or roadmap now, or prints it."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from slack_sdk.errors import SlackApiError

from bot.authorization.workspace import open_own
from bot.cli.boards import BoardName, require_board
from bot.cli.conflict import pause_reason
from bot.cli.terminal.errors import CommandFailed, reported
from bot.cli.terminal.mentions import NameLookup, readable
from bot.cli.terminal.output import print_text
from bot.clock import utc_now
from bot.config import PostingSettings, PreviewSettings, StoreSettings
from bot.reconciler.backfill import BoardBackfill
from bot.reconciler.lost_posts import MayBePosted
from bot.reconciler.read_back import ReadBack
from bot.reconciler.render import render_post
from bot.reconciler.sender import send_post
from bot.slack.client import BotClient, StartupError, connect, web_client
from bot.slack.error_messages import NETWORK_ERRORS, SLACK_CALL_ERRORS, describe_error
from bot.slack.errors import is_refused, may_have_succeeded, retry_after
from bot.slack.slack_time import WrongClock
from domain.calendar.quarter import Quarter
from storage.boards.boards import Board
from storage.database import Database, open_database, open_read_only
from storage.locks import OfBoard
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import PeriodSubject, QuarterSubject, WeekSubject
from storage.tables import PostKind, PostState

DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Print the post without posting or changing anything. People appear by name if"
        " SLACK_BOT_TOKEN is set, otherwise by ID.",
    ),
]

POLL_INTERVAL = timedelta(seconds=0.2)
RETRY_FOR = timedelta(minutes=1)


def require_quarter(quarter: str) -> None:
    """Raise CommandFailed if the quarter is malformed. Accept an empty one.

    Call this before reading the settings, so that a typo is reported first.
    """
    if quarter:
        _quarter(quarter)


def preview(
    settings: StoreSettings,
    kind: PostKind,
    board_name: str,
    quarter: str = "",
    *,
    name_of: Callable[[str], str | None] = lambda _: None,
) -> str:
    """Return the text of the post as it would be now. Write nothing.

    `quarter` applies only to a roadmap. If it is empty, use the current quarter. `name_of` returns
    the name of the person with an ID.
    """
    with closing(open_read_only(settings.database_url)) as database:
        board = require_board(database, board_name)
        with database.snapshot() as session:
            period, _ = _period(board, kind, quarter)
            subject = period.encode()
            post = Post(id=outbox.UNSAVED_ID, board_id=board.id, kind=kind, subject=subject)
            text = render_post(session, post, datetime.now(UTC)).message.text
    return readable(text, name_of)


def post_now(
    settings: PostingSettings,
    kind: PostKind,
    board_name: str,
    quarter: str = "",
    retry_for: timedelta = RETRY_FOR,
) -> str:
    """Post a digest or roadmap unless it is already posted. Return a line that says what happened.

    An empty `quarter` means the current one. The scheduler uses the same claim, so it doesn't
    post this again when it is due. Read the channel back first: the post may be there already, or
    another store may post there. Raise CommandFailed if the post can't be sent.
    """
    try:
        client, identity = connect(settings)
        client.slack_time.require_right_clock()  # it chooses the period
    except StartupError as error:
        raise CommandFailed(f"{error}. Nothing was queued.") from error
    except WrongClock as error:
        raise CommandFailed(f"Couldn't post: {error}. Nothing was queued.") from error
    url = settings.database_url
    with closing(open_own(url, identity, lambda: open_database(url, create=False))) as database:
        board = require_board(database, board_name)
        _require_active(board)
        _require_near(board, quarter)
        _read_back(database, client, board, identity.user_id)
        board = require_board(database, board_name)
        _require_active(board)
        period, period_name = _period(board, kind, quarter)
        claim = _Claim(database, board.id, kind, period)
        is_new = claim.enqueue()
        failure = _send(claim, client, retry_for)
        post_name, channel = f"the {kind} for {period_name}", board.label
        if failure is not None:
            raise CommandFailed(
                f"Couldn't post {post_name} to {channel}: {failure}. {_outlook(claim.post())}"
            )
        if is_new:
            return f"Posted {post_name} to {channel}."
        return f"{post_name[0].upper()}{post_name[1:]} is already posted to {channel}."


def _require_active(board: Board) -> None:
    if board.has_conflict:
        raise CommandFailed(f"{board.label} is {pause_reason(board)}")


def _read_back(database: Database, client: BotClient, board: Board, own_user_id: str) -> None:
    """Read the channel back as far as the bot does before it posts there.

    If Slack refuses that until a person changes something, post without it, as the bot does.
    """
    backfill = BoardBackfill(
        database,
        client,
        board,
        may_call=lambda _: True,
        started_at=time.monotonic(),
        read_back=ReadBack(database, board, lambda: own_user_id, utc_now()),
    )
    try:
        backfill.read_back_to(None)
    except SLACK_CALL_ERRORS as error:
        if isinstance(error, SlackApiError) and is_refused(error):
            return
        raise CommandFailed(
            f"Couldn't read {board.label}: {describe_error(error)}. Nothing was queued."
        ) from error


@dataclass(frozen=True)
class _Claim:
    """The claim that makes a period's post appear once, whichever process sends it."""

    database: Database
    board_id: int
    kind: PostKind
    period: PeriodSubject

    def enqueue(self) -> bool:
        """Queue the post. Return False if it was queued before."""
        with self.database.transaction(OfBoard(self.board_id)) as session:
            return outbox.enqueue(session, self.board_id, self.kind, self.period)

    def post(self) -> Post:
        """Return the queued post. Raise LookupError if there is none."""
        with self.database.snapshot() as session:
            post = outbox.latest(session, self.board_id, self.kind, self.period)
        if post is None:
            raise LookupError(f"there is no {self.kind} {self.period.encode()}")
        return post


def _send(claim: _Claim, client: BotClient, retry_for: timedelta) -> str | None:
    """Retry until the post is sent, and return None.

    Return the reason if a retry can't help or would come after `retry_for`.
    """
    deadline = time.monotonic() + retry_for.total_seconds()
    failure = "another process is sending it"
    while (post := claim.post()).state is not PostState.POSTED:
        wait = POLL_INTERVAL
        try:
            send_post(claim.database, client, post, client.slack_time.claim_time)
        except SlackApiError as error:
            failure = describe_error(error)
            requested_wait = retry_after(error)
            if requested_wait is None and not may_have_succeeded(error):
                return failure  # a retry gets the same answer
            wait = requested_wait or POLL_INTERVAL
        except NETWORK_ERRORS as error:
            failure = describe_error(error)
        except WrongClock as error:
            return str(error)
        except MayBePosted:
            return "it may be in the channel already, in a message without metadata"
        if time.monotonic() + wait.total_seconds() > deadline:
            return failure
        time.sleep(wait.total_seconds())
    return None


def _outlook(post: Post) -> str:
    if post.is_pending:
        return "It stays queued, and a running bot posts it when Slack accepts it."
    return "It is no longer queued."


def _period(board: Board, kind: PostKind, text: str) -> tuple[PeriodSubject, str]:
    """Return the period of a post: its subject, and its name for people.

    `text` is the quarter of a roadmap. If it is empty, use the current one. Raise CommandFailed
    if it is malformed.
    """
    now = datetime.now(UTC)
    if kind is not PostKind.ROADMAP:
        week = board.cadence.iso_week(now)
        return WeekSubject(week), week
    quarter = board.cadence.quarter(now)
    if text:
        quarter = _quarter(text, board.cadence.fiscal_start)
    return QuarterSubject(quarter.key), str(quarter)


def _require_near(board: Board, text: str) -> None:
    """Raise CommandFailed unless the quarter is empty, the current one or the next one.

    The whole channel sees a roadmap, so a mistyped quarter must not be posted.
    """
    current = board.cadence.quarter(datetime.now(UTC))
    if text and _quarter(text, board.cadence.fiscal_start) not in (current, current.next()):
        raise CommandFailed(
            f"You can post only the roadmaps of {current} and {current.next()}."
            " To print that of another quarter, use --dry-run."
        )


def _quarter(text: str, fiscal_start: int = 1) -> Quarter:
    try:
        return Quarter.parse(text, fiscal_start)
    except ValueError as error:
        raise CommandFailed(f"--quarter: {error}") from error


Quarters = Annotated[
    str,
    typer.Option(
        "--quarter",
        metavar="QUARTER",
        show_default=False,
        help="The quarter, such as 2027-Q1. Default: the current quarter.",
    ),
]


def digest(board: BoardName = "", *, dry_run: DryRun = False) -> None:
    """Post this week's digest now, unless it is already posted."""
    _post(PostKind.DIGEST, board, dry_run=dry_run)


def roadmap(board: BoardName = "", *, quarter: Quarters = "", dry_run: DryRun = False) -> None:
    """Post a quarter's roadmap now, unless it is already posted."""
    with reported():
        require_quarter(quarter)
    _post(PostKind.ROADMAP, board, quarter, dry_run=dry_run)


def digest_by_old_name(board: BoardName = "", *, dry_run: DryRun = False) -> None:
    """Run `needle post digest`."""
    _announce_rename("digest")
    digest(board, dry_run=dry_run)


def roadmap_by_old_name(
    board: BoardName = "", *, quarter: Quarters = "", dry_run: DryRun = False
) -> None:
    """Run `needle post roadmap`."""
    _announce_rename("roadmap")
    roadmap(board, quarter=quarter, dry_run=dry_run)


def _announce_rename(command: str) -> None:
    print_text(f"`needle {command}` is now `needle post {command}`.", to_stderr=True)


def _post(kind: PostKind, board: str, quarter: str = "", *, dry_run: bool) -> None:
    with reported():
        if dry_run:
            _print_preview(kind, board, quarter)
        else:
            print_text(post_now(PostingSettings(), kind, board, quarter))


def _print_preview(kind: PostKind, board: str, quarter: str) -> None:
    settings = PreviewSettings()
    if settings.slack_bot_token is None:
        print_text(preview(settings, kind, board, quarter))
        return
    names = NameLookup(web_client(settings.slack_bot_token, settings.slack_api_url))
    print_text(preview(settings, kind, board, quarter, name_of=names))
    if names.failure is not None:
        why = describe_error(names.failure)
        print_text(f"Couldn't get people's names from Slack: {why}. IDs are shown.", to_stderr=True)
