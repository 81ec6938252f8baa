"""`needle doctor`: checks an installation and says how to fix what fails."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import typer
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.authorization.workspace import require_own_workspace
from bot.cli.boards import NO_BOARDS
from bot.cli.conflict import pause_reason
from bot.cli.terminal.errors import FAILED, reported
from bot.cli.terminal.output import print_text
from bot.clock import Clock, utc_now
from bot.config import SEE_README, RunSettings
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.slack.answers.auth_test import Identity, read_identity
from bot.slack.answers.channel import read_channel
from bot.slack.answers.connection import read_websocket_url
from bot.slack.answers.headers import granted_scopes, server_time
from bot.slack.call_status import WITHOUT
from bot.slack.client import StartupError, web_client
from bot.slack.error_messages import (
    NOT_FROM_SLACK,
    SLACK_CALL_ERRORS,
    SlackCallError,
    describe_error,
    describe_outage,
)
from bot.slack.errors import CLOSED_CHANNEL, REFUSED_CALL, error_code, rejects_token
from bot.slack.manifest import OPTIONAL_SCOPES, bot_scopes, describe_missing
from bot.slack.slack_time import MAX_CLOCK_SKEW, describe_skew
from bot.slack.socket_mode.client import receive_hello
from bot.slack.socket_mode.refusals import describe_refusal
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import (
    Database,
    DatabaseInfo,
    UnusableDatabase,
    open_read_only,
    require_writable,
)
from storage.database_url import sqlite_file
from storage.file_systems import network_type
from storage.posts import outbox
from storage.readable_rows import UnreadableRow, skip_unreadable, unreadable_rows

WEBSOCKET_SECONDS = 10
CHECK_THE_NETWORK = "Check HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and the firewall."
ALLOWED_CLOCK_SKEW = timedelta(seconds=10)


@dataclass(frozen=True)
class Finding:
    """The result of one check: what was checked, and what was found or how to fix it.

    A warning is ok: only something optional doesn't work.
    """

    check: str
    ok: bool
    detail: str
    is_warning: bool = False

    def __str__(self) -> str:
        outcome = "FAIL" if not self.ok else "WARN" if self.is_warning else "OK  "
        return f"{outcome}  {self.check}: {self.detail}"


def examine(settings: RunSettings, clock: Clock) -> Iterator[Finding]:
    """Yield the result of each check. Change nothing."""
    bot = web_client(settings.slack_bot_token, settings.slack_api_url)
    app = web_client(settings.slack_app_token, settings.slack_api_url)
    identity, (bot_token, *others) = _check_bot_token(bot, clock)
    yield from (bot_token, *others)
    yield from _check_connection(app)
    try:
        with closing(open_read_only(settings.database_url)) as database:
            known_boards, unreadable = _read_boards(database)
            if identity is not None:
                require_own_workspace(database, identity)
        require_writable(settings.database_url)
    except (StartupError, UnusableDatabase) as error:
        yield Finding("Database", ok=False, detail=f"{str(error).rstrip('.')}.")
        return
    yield _check_place(database.info, sqlite_file(settings.database_url))
    for row in unreadable:
        advice = "Needle leaves it out. Restore it from a backup."
        yield Finding(row.name, ok=False, detail=f"can't be read: {row.reason}. {advice}")
    for board in known_boards:
        if board.unknown_time_zone is not None:
            yield _unknown_time_zone(board, board.unknown_time_zone)
        if board.has_conflict:
            yield Finding(board.label, ok=False, detail=pause_reason(board))
    if not known_boards and not unreadable:
        yield Finding("Boards", ok=True, detail=NO_BOARDS)
    elif bot_token.ok:  # otherwise all boards fail for the same reason
        for board in known_boards:
            yield _check_channel(bot, board)


def _check_bot_token(bot: WebClient, clock: Clock) -> tuple[Identity | None, list[Finding]]:
    """Return whose token it is, and findings about it.

    If Slack accepts the token, check its scopes and the clock too.
    """
    try:
        response = bot.auth_test()
    except SLACK_CALL_ERRORS as error:
        detail = _explain(error, bot, SEE_README)
        return None, [Finding("SLACK_BOT_TOKEN", ok=False, detail=detail)]
    workspace = read_identity(response)
    detail = f"accepted by {workspace.team or workspace.team_id}"
    return workspace, [
        Finding("SLACK_BOT_TOKEN", ok=True, detail=detail),
        _check_scopes(granted_scopes(response.headers)),
        _check_clock(server_time(response.headers), clock()),
    ]


def _check_scopes(granted: frozenset[str] | None) -> Finding:
    if granted is None:
        detail = "not checked, because Slack's response doesn't name them"
        return Finding("Scopes", ok=True, is_warning=True, detail=detail)
    missing = bot_scopes() - granted
    return Finding(
        "Scopes",
        ok=missing <= OPTIONAL_SCOPES.keys(),
        is_warning=bool(missing),
        detail=describe_missing(missing) if missing else "all scopes of manifest.yml are granted",
    )


def _check_connection(app: WebClient) -> Iterator[Finding]:
    """Yield whether Slack accepts the token; if it does, open a WebSocket too."""
    try:
        response = app.apps_connections_open(app_token=app.token or "")
    except SLACK_CALL_ERRORS as error:
        advice = "Create a token with connections:write: Basic Information → App-Level Tokens."
        yield Finding("SLACK_APP_TOKEN", ok=False, detail=_explain(error, app, advice))
        return
    yield Finding("SLACK_APP_TOKEN", ok=True, detail="accepted")
    yield _check_websocket(app, read_websocket_url(response))


def _check_websocket(app: WebClient, url: str) -> Finding:
    try:
        refusal = receive_hello(app, url, WEBSOCKET_SECONDS)
    except Exception as error:  # noqa: BLE001 — the SDK raises several kinds
        reason = describe_error(error) if isinstance(error, OSError) else NOT_FROM_SLACK
        detail = f"{_host(url)} can't be reached: {reason}. {CHECK_THE_NETWORK}"
        return Finding("WebSocket", ok=False, detail=detail)
    if refusal:
        return Finding("WebSocket", ok=False, detail=describe_refusal(refusal))
    return Finding("WebSocket", ok=True, detail="Slack said hello")


def _host(url: str) -> str:
    """Return the part of a WebSocket's URL without the ticket in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _check_clock(slack_time: datetime | None, now: datetime) -> Finding:
    if slack_time is None:
        detail = "not checked, because Slack's response has no valid date"
        return Finding("Clock", ok=True, is_warning=True, detail=detail)
    skew = now - slack_time
    if abs(skew) <= ALLOWED_CLOCK_SKEW:
        return Finding("Clock", ok=True, detail="agrees with Slack's")
    effect = " Until then, nothing is posted." if abs(skew) > MAX_CLOCK_SKEW else ""
    detail = f"{describe_skew(skew)} Slack's. Set up NTP.{effect}"
    return Finding("Clock", ok=False, detail=detail)


def _read_boards(database: Database) -> tuple[list[Board], list[UnreadableRow]]:
    """Return the boards, and the rows that can't be read. Read what posts show of each board."""
    with database.snapshot() as session:
        known_boards = boards.list_all(session)
        for board in known_boards:
            with skip_unreadable(session, board.label, board.id):
                overview(BoardSnapshot(session, board))
        outbox.pending(session)
        outbox.stale(session)
        return known_boards, unreadable_rows(session)


def _check_place(info: DatabaseInfo, file: Path | None) -> Finding:
    """Return where the database is. Warn if a SQLite file isn't on a local disk."""
    network = None if file is None else network_type(file)
    if network is None:
        return Finding("Database", ok=True, detail=info.location)
    detail = f"{info.location} is on a network file system ({network}). SQLite needs a local disk."
    return Finding("Database", ok=True, is_warning=True, detail=detail)


def _unknown_time_zone(board: Board, name: str) -> Finding:
    return Finding(
        board.label,
        ok=True,
        is_warning=True,
        detail=f"the time zone {name} is unknown, so Needle uses {board.cadence.time_zone}."
        " Choose another one in /roadmap settings.",
    )


def _check_channel(bot: WebClient, board: Board) -> Finding:
    channel = board.label
    invite = f"Run /invite @Needle in {channel}."
    try:
        info = read_channel(bot.conversations_info(channel=board.channel_id))
    except SLACK_CALL_ERRORS as error:
        is_closed = isinstance(error, SlackApiError) and error_code(error) in CLOSED_CHANNEL
        advice = f"{invite} If you don't need this board, ignore this." if is_closed else ""
        return Finding(channel, ok=False, detail=_explain(error, bot, advice))
    if info.is_archived:
        detail = "the channel is archived. Unarchive it. If you don't need this board, ignore this."
        return Finding(channel, ok=False, detail=detail)
    if not info.is_member:
        return Finding(channel, ok=False, detail=f"Needle isn't in the channel. {invite}")
    if refusals := list(_refused_calls(bot, board.channel_id)):
        return Finding(channel, ok=False, detail=" ".join(refusals))
    return Finding(channel, ok=True, detail="Needle can post")


def _refused_calls(bot: WebClient, channel_id: str) -> Iterator[str]:
    """Yield a sentence for each call that Slack refuses in the channel.

    No call changes anything: one posts no text, and one updates a message that doesn't exist.
    """
    for method, arguments in {
        "chat.postMessage": {},
        "chat.update": {"ts": "1.000000", "text": "Needle"},
        "conversations.history": {"limit": "1"},
        "conversations.members": {"limit": "1"},
    }.items():
        try:
            bot.api_call(method, params={"channel": channel_id, **arguments})
        except SlackApiError as error:
            if (code := error_code(error)) in REFUSED_CALL:
                yield f"Slack refuses {method}: {code}. {WITHOUT[method]}"
        except SLACK_CALL_ERRORS:
            continue  # an outage, which other checks report


def _explain(error: SlackCallError, client: WebClient, advice: str) -> str:
    """Return what went wrong.

    Append the advice only if Slack refused the call: it doesn't help in an outage.
    """
    if not isinstance(error, SlackApiError):
        return f"{client.base_url} can't be reached: {describe_error(error)}."
    if rejects_token(error):
        return f"Slack answered {error_code(error)}. {advice}".rstrip()
    return f"{describe_outage(error)} ({client.base_url})."


def doctor() -> None:
    """Check the tokens, scopes, database, clock, and channels.

    Each line starts with OK, WARN, or FAIL. A failed check says how to fix it; a warning names
    something optional that doesn't work. The exit status is 1 if a check failed. Nothing is
    changed.
    """
    with reported():
        findings = list(examine(RunSettings(), utc_now))
    for finding in findings:
        print_text(str(finding))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(FAILED)
