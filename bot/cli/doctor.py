"""`needle doctor`: checks an installation and says how to fix what fails."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import typer
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cli.errors import FAILED, reported
from bot.clock import Clock, utc_now
from bot.config import RunSettings
from bot.slack.client import client_for
from bot.slack.error_messages import UNDONE, Undone, in_trouble, in_words
from bot.slack.errors import CLOSED_CHANNEL, code, refuses
from bot.slack.manifest import bot_scopes
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, UnusableDatabase, open_read_only

SKEW = timedelta(seconds=10)


@dataclass(frozen=True)
class Finding:
    """The result of one check. `advice` says what to do if it failed."""

    what: str
    well: bool
    advice: str = ""


def examine(settings: RunSettings, clock: Clock) -> Iterator[Finding]:
    """Yield the result of each check. Change nothing."""
    bot = client_for(settings.slack_bot_token, settings.slack_api_url)
    app = client_for(settings.slack_app_token, settings.slack_api_url)
    of_token = list(_token(bot, clock))
    yield from of_token
    yield _asked(
        "SLACK_APP_TOKEN opens a connection",
        app,
        lambda: app.apps_connections_open(app_token=app.token or ""),
        "Basic Information → App-Level Tokens: it needs connections:write.",
    )
    try:
        with closing(open_read_only(settings.database_url)) as database:
            known = _known_boards(database)
    except UnusableDatabase as error:
        yield Finding("The database can be read", well=False, advice=f"{error}.")
        return
    yield Finding(f"The database can be read: {database.info.location}", well=True)
    if not known:
        yield Finding("There is no board yet: /invite the bot to a channel", well=True)
    elif of_token[0].well:  # else all boards fail for the same reason
        for board in known:
            yield _channel(bot, board)


def _token(bot: WebClient, clock: Clock) -> Iterator[Finding]:
    what = "SLACK_BOT_TOKEN is accepted"
    try:
        answer = bot.auth_test()
    except UNDONE as error:
        advice = _advice(error, bot, "See README, “Install it”.")
        yield Finding(what, well=False, advice=advice)
        return
    yield Finding(f"{what}: {answer['team']}", well=True)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = sorted(bot_scopes() - granted)
    yield Finding(
        "The token has every scope of manifest.yml",
        well=not missing,
        advice=f"Missing: {', '.join(missing)}. Update the app's manifest and reinstall it.",
    )
    yield _clock(headers.get("date"), clock())


def _clock(date: str | None, now: datetime) -> Finding:
    what = "The clock agrees with Slack's"
    if date is None:
        return Finding(f"{what} (Slack did not say)", well=True)
    skew = now - parsedate_to_datetime(date)
    seconds = timedelta(seconds=round(abs(skew).total_seconds()))  # HTTP dates have no fractions
    way = "fast" if skew > timedelta() else "slow"
    return Finding(what, well=abs(skew) <= SKEW, advice=f"It is {seconds} {way}: set up NTP.")


def _known_boards(database: Database) -> list[Board]:
    with database.snapshot() as session:
        return boards.list_all(session)


def _channel(bot: WebClient, board: Board) -> Finding:
    name = f"#{board.name or board.channel_id}"
    what = f"{name} can be posted to"
    try:
        channel = bot.conversations_info(channel=board.channel_id)["channel"]
    except UNDONE as error:
        is_closed = isinstance(error, SlackApiError) and code(error) in CLOSED_CHANNEL
        then = f"/invite the bot to {name} again, or leave it." if is_closed else ""
        return Finding(what, well=False, advice=_advice(error, bot, then))
    if channel.get("is_archived"):
        return Finding(what, well=False, advice="It is archived: unarchive it, or leave it.")
    return Finding(what, well=bool(channel.get("is_member")), advice=f"/invite the bot to {name}.")


def _asked(what: str, client: WebClient, call: Callable[[], object], then: str) -> Finding:
    try:
        call()
    except UNDONE as error:
        return Finding(what, well=False, advice=_advice(error, client, then))
    return Finding(what, well=True)


def _advice(error: Undone, client: WebClient, then: str) -> str:
    """Return what went wrong.

    Append `then`, the advice, only if Slack refused the call: it doesn't help in an outage.
    """
    if not isinstance(error, SlackApiError):
        return f"{client.base_url} can't be reached: {in_words(error)}."
    if refuses(error):
        return f"Slack says {code(error)}. {then}".rstrip()
    return f"{in_trouble(error)} ({client.base_url})."


def doctor() -> None:
    """Look at tokens, scopes, database, clock and channels, and say what to do."""
    with reported():
        findings = list(examine(RunSettings(), utc_now))
    for each in findings:
        typer.echo(f"{'ok  ' if each.well else 'NOT '} {each.what}")
        if not each.well:
            typer.echo(f"     → {each.advice}")
    if not all(each.well for each in findings):
        raise typer.Exit(FAILED)
