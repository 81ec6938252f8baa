"""`needle doctor`: what is wrong with this installation, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clients import client_for
from bot.clock import Clock
from bot.manifest import bot_scopes
from bot.outage import in_words
from bot.settings import RunSettings
from bot.trouble import code
from storage import boards
from storage.boards import Board
from storage.database import Database, UnusableDatabase, look_into

SKEW = timedelta(seconds=10)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `advice` says what to do when it is not well."""

    what: str
    well: bool
    advice: str = ""


def examine(settings: RunSettings, clock: Clock) -> Iterator[Finding]:
    """Looks only; changes nothing."""
    bot = client_for(settings.slack_bot_token, settings.slack_api_url)
    app = client_for(settings.slack_app_token, settings.slack_api_url)
    yield from _token(bot, clock)
    yield _asked(
        "SLACK_APP_TOKEN opens a connection",
        lambda: app.apps_connections_open(app_token=app.token or ""),
        "Basic Information → App-Level Tokens: it needs connections:write.",
    )
    try:
        database = look_into(settings.database_url)
    except UnusableDatabase as error:
        yield Finding("The database can be read", well=False, advice=str(error))
        return
    yield Finding(f"The database can be read: {database.opened.where}", well=True)
    try:
        yield from _boards(bot, database)
    finally:
        database.close()


def _token(bot: WebClient, clock: Clock) -> Iterator[Finding]:
    what = "SLACK_BOT_TOKEN is accepted"
    try:
        answer = bot.auth_test()
    except (SlackApiError, OSError, HTTPException) as error:
        yield Finding(what, well=False, advice=f"{in_words(error)}: see README, “On a real Slack”.")
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
    skew = abs(parsedate_to_datetime(date) - now)
    return Finding(what, well=skew <= SKEW, advice=f"It is {skew} off: set up NTP.")


def _boards(bot: WebClient, database: Database) -> Iterator[Finding]:
    with database.snapshot() as session:
        known = boards.every(session)
    if not known:
        yield Finding("There is no board yet: /invite the bot to a channel", well=True)
    for board in known:
        yield _channel(bot, board)


def _channel(bot: WebClient, board: Board) -> Finding:
    name = f"#{board.name or board.channel_id}"
    what = f"{name} can be posted to"
    try:
        channel = bot.conversations_info(channel=board.channel_id)["channel"]
    except SlackApiError as error:
        advice = f"Slack says {code(error)}: /invite the bot to {name} again, or leave it."
        return Finding(what, well=False, advice=advice)
    except (OSError, HTTPException) as error:
        return Finding(what, well=False, advice=in_words(error))
    if channel.get("is_archived"):
        return Finding(what, well=False, advice="It is archived: unarchive it, or leave it.")
    return Finding(what, well=bool(channel.get("is_member")), advice=f"/invite the bot to {name}.")


def _asked(what: str, call: Callable[[], object], advice: str) -> Finding:
    try:
        call()
    except (SlackApiError, OSError, HTTPException) as error:
        return Finding(what, well=False, advice=f"{in_words(error)}. {advice}")
    return Finding(what, well=True)
