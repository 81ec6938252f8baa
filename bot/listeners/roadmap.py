"""`/roadmap`: the ranking and what follows from it, for whoever asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.content import overview, quarter_plan
from bot.listeners import charter, toil
from bot.listeners.access import board_in, require_steward
from bot.listeners.settings import open_form
from bot.listeners.whatif import answer as what_if
from bot.lives import life_of, place_of
from bot.people import require_member
from bot.views import roadmap, state, usage
from bot.views.kit import Message
from storage import posts, projects
from storage.boards import Board
from storage.database import Database, Session
from storage.projects import Proposed
from storage.tables import PostKind, PostState
from values.quarter import Quarter

MOST_DIGITS = 9


def register(app: App) -> None:
    app.command("/roadmap")(answer)


def answer(
    ack: Ack,
    command: dict[str, Any],
    respond: Respond,
    client: WebClient,
    database: Database,
    now: datetime,
) -> None:
    word, _, rest = " ".join(command.get("text", "").split()).partition(" ")
    with database.snapshot() as session:
        board = board_in(session, command["team_id"], command["channel_id"])
    word = word.lower()
    if word in ("post", "settings"):
        require_member(database, client, board.team_id, command["user_id"])
        require_steward(board, command["user_id"])
    match word:
        case "settings":
            open_form(client, command["trigger_id"], board)
        case "post":
            respond(_post(database, board, now))
        case "charter":
            message = charter.show(database, board, rest, command["user_id"])
            respond(text=message.text, blocks=message.blocks)
        case reading:
            message = READINGS.get(reading, _unknown)(database, board, rest, now)
            respond(text=message.text, blocks=message.blocks)
    ack()


def _post(database: Database, board: Board, now: datetime) -> str:
    """The quarter's roadmap, posted again as it now is if it was posted before."""
    quarter = board.cadence.quarter(now)
    with database.transaction() as session:
        last = posts.latest(session, board.id, PostKind.ROADMAP, str(quarter))
        again = last is not None and last.state is PostState.POSTED
        if last is None or again:
            edition = last.edition + 1 if last else 1
            posts.ask_for(session, board.id, PostKind.ROADMAP, str(quarter), edition=edition)
    if again:
        return f"The roadmap for {quarter.label} is posted again, as it is now."
    return f"The roadmap for {quarter.label} is on its way into the channel."


def _ranking(database: Database, board: Board, _rest: str, _now: datetime) -> Message:
    with database.snapshot() as session:
        return roadmap.ranking(overview(session, board))


def _from(database: Database, board: Board, rest: str, _now: datetime) -> Message:
    """The ranking further down than one message can show."""
    first = _number(rest)
    if not first:
        return usage.roadmap("Say from which rank on: /roadmap from 26.")
    with database.snapshot() as session:
        seen = overview(session, board)
    last = len(seen.in_order)
    if first > last:
        ends = f"The ranking ends at rank {last}." if last else "Nothing is ranked yet."
        return usage.roadmap(ends)
    return roadmap.ranking(seen, first)


def _why(database: Database, board: Board, rest: str, _now: datetime) -> Message:
    number = _number(rest.removeprefix("#"))
    if number is None:
        return usage.roadmap("Say which project: /roadmap why 12.")
    with database.snapshot() as session:
        project = projects.find(session, board.id, number)
        if project is None:
            return usage.roadmap(f"There is no project #{number} on this board.")
        return why(session, board, project)


def why(session: Session, board: Board, project: Proposed) -> Message:
    """Why it stands where it does, or that it no longer stands anywhere."""
    seen = overview(session, board)
    ranked = seen.ranking.of(project.number)
    if ranked is None:
        return state.no_longer_ranked(place_of(session, project), life_of(session, board, project))
    return roadmap.why(seen, ranked)


def _number(text: str) -> int | None:
    """Python refuses to read numbers of thousands of digits; no rank has more than nine."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def _plan(database: Database, board: Board, rest: str, now: datetime) -> Message:
    """The plan for the current quarter, the `next` one, or one by its name."""
    current = board.cadence.quarter(now)
    named = {"": current, "next": current.next()}
    try:
        quarter = named.get(rest.lower()) or Quarter.parse(rest, current.fiscal_start)
    except ValueError as error:
        return usage.roadmap(f"{error}. Or say next.")
    with database.snapshot() as session:
        seen = overview(session, board)
    return roadmap.plan_now(seen, quarter.label, quarter_plan(board, seen, quarter))


def _help(_database: Database, _board: Board, _rest: str, _now: datetime) -> Message:
    return usage.roadmap()


def _unknown(_database: Database, _board: Board, _rest: str, _now: datetime) -> Message:
    return usage.roadmap("I don't know that word.")


READINGS: dict[str, Callable[[Database, Board, str, datetime], Message]] = {
    "": _ranking,
    "from": _from,
    "why": _why,
    "plan": _plan,
    "whatif": what_if,
    "toil": toil.reading,
    "help": _help,
}
