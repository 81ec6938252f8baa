"""`/roadmap charter`, and the forms in which a steward draws up a change of it."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import parse_number, require_board, require_steward
from bot.presenters.charter_draft import amendment
from bot.views.blocks.block_kit import Message
from bot.views.modals import charter_change, charter_value
from bot.views.modals.charter_value import Choices
from bot.views.parts import help_text
from bot.views.posts.charter_draft import has_changes
from bot.views.replies import charter
from domain.ranking.charter import Charter
from storage.boards import charter_drafts, charters
from storage.boards.boards import Board
from storage.boards.charter_drafts import Draft
from storage.boards.charters import Version
from storage.database import Database, Session
from storage.idempotency import Request
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import PostKind

GONE = "That draft is no longer there: `/roadmap charter` shows the charter as it is."
POSTED = "A change is up for agreement already: it is adopted or withdrawn first, in the channel."
OUTDATED = "The charter has changed since that was drawn up: discard it, and draw it up anew."
NOTHING = "Nothing changes yet, so there is nothing to agree to."


def register(app: App) -> None:
    app.action(charter.CHANGE_VALUES)(open_choice)
    app.action(charter.CHANGE_THRESHOLDS)(open_thresholds)
    app.action(charter.CONTINUE)(open_draft)
    app.action(charter.DISCARD)(discard)
    app.view(charter_change.CHOOSE)(choose)
    app.view(charter_value.CALLBACK)(change_value)
    app.view(charter_change.THRESHOLDS)(change_thresholds)
    app.view(charter_change.DRAFT)(go_on)


def show(database: Database, board: Board, rest: str, person: str) -> Message:
    """The charter in force, or the version that they name; for stewards, with buttons."""
    with database.snapshot() as session:
        versions = charters.versions(session, board.id)
        draft = charter_drafts.find_open(session, board.id)
        link = _link(session, draft) if draft else None
    name = board.name or board.channel_id
    if rest:
        found = [each for each in versions if str(each.version) == rest]
        if not found:
            return help_text.roadmap(
                f"There is no such version: the newest is {versions[0].version}."
            )
        return charter.earlier_charter(name, found[0].charter, _agreed(board, found[0]))
    is_open = charter.OpenDraft(draft.id, draft.proposed_by, link) if draft else None
    return charter.current_charter(
        name,
        board.charter,
        [_agreed(board, each) for each in versions],
        is_open,
        may_change=board.is_steward(person),
    )


def open_choice(ack: Ack, body: dict[str, Any], client: WebClient, database: Database) -> None:
    """What to change of the values; the thresholds can be chosen there too."""
    with database.snapshot() as session:
        board = _board_of(session, body)
        view = charter_change.choice_form(_choices(session, board))
    _open(ack, body, client, database, view)


def open_thresholds(ack: Ack, body: dict[str, Any], client: WebClient, database: Database) -> None:
    with database.snapshot() as session:
        board = _board_of(session, body)
        view = charter_change.thresholds_form(board.channel_id, _drawn_up(session, board))
    _open(ack, body, client, database, view)


def open_draft(ack: Ack, body: dict[str, Any], client: WebClient, database: Database) -> None:
    with database.snapshot() as session:
        board = _board_of(session, body)
        view = _draft_form(session, board, _drawn_up(session, board))
    _open(ack, body, client, database, view)


def discard(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """A draft that nobody was asked about; what they see instead is the charter."""
    person = body["user"]["id"]
    require_member(slack_request.database, client, body["team"]["id"], person)
    with slack_request.transaction() as session:
        board = _board_of(session, body)
        number = parse_number(action["value"])
        draft = (
            None
            if number is None
            else charter_drafts.find(session, board.id, number, to_change=True)
        )
        if draft is None or draft.closed_at or draft.posted_at:
            raise Refusal(GONE)
        charter_drafts.withdraw(session, draft.id, by=person, now=now)
    message = show(slack_request.database, board, "", person)
    respond(text=message.text, blocks=message.blocks, replace_original=True)
    ack()


def choose(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, database: Database
) -> None:
    require_member(database, client, body["team"]["id"], body["user"]["id"])
    with database.snapshot() as session:
        board = _board_of(session, body, charter_change.channel_of(view))
        following = charter_change.form_for_choice(view, _choices(session, board))
    ack(response_action="update", view=following)


def change_value(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    require_member(slack_request.database, client, body["team"]["id"], body["user"]["id"])
    with slack_request.transaction() as session:
        board = _board_of(session, body, charter_change.channel_of(view))
        changed = charter_value.parse(view, _choices(session, board))
        following = _draw_up(session, board, changed, body["user"]["id"], now)
    ack(response_action="update", view=following)


def change_thresholds(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    require_member(slack_request.database, client, body["team"]["id"], body["user"]["id"])
    with slack_request.transaction() as session:
        board = _board_of(session, body, charter_change.channel_of(view))
        changed = charter_change.parse_thresholds(view, _drawn_up(session, board))
        following = _draw_up(session, board, changed, body["user"]["id"], now)
    ack(response_action="update", view=following)


def go_on(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """The draft goes to the channel for agreement, or there is something more to change first."""
    person = body["user"]["id"]
    require_member(slack_request.database, client, body["team"]["id"], person)
    channel_id = charter_change.channel_of(view)
    reason = charter_change.parse_reason(view)
    if reason is None:
        with slack_request.snapshot() as session:
            choices = _choices(session, _board_of(session, body, channel_id))
        ack(response_action="update", view=charter_change.choice_form(choices))
        return
    with slack_request.transaction() as session:
        board = _board_of(session, body, channel_id)
        _post(session, board, _drawn_up(session, board), reason, person, now)
    ack()


def _open(
    ack: Ack, body: dict[str, Any], client: WebClient, database: Database, view: dict[str, Any]
) -> None:
    require_member(database, client, body["team"]["id"], body["user"]["id"])
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def _board_of(session: Session, body: dict[str, Any], channel_id: str | None = None) -> Board:
    """The board on which a steward acts; others are refused."""
    if channel_id is None:
        channel_id = body["channel"]["id"]
    board = require_board(session, body["team"]["id"], channel_id)
    require_steward(board, body["user"]["id"])
    return board


def _drawn_up(session: Session, board: Board) -> Charter:
    """What the open draft would make of the charter; the charter itself, if none is open."""
    draft = charter_drafts.find_open(session, board.id)
    if draft is None:
        return board.charter
    if draft.posted_at:
        raise Refusal(POSTED)
    if draft.base_version != board.charter_version:
        raise Refusal(OUTDATED)
    return draft.content


def _choices(session: Session, board: Board) -> Choices:
    drawn_up = _drawn_up(session, board)
    known = charters.known_values(session, board.id)
    retired = [value for value in known if value.key not in drawn_up.keys]
    return Choices(board.channel_id, drawn_up, retired)


def _draw_up(
    session: Session, board: Board, changed: Charter, person: str, now: datetime
) -> dict[str, Any]:
    """Keep what was changed; the form that goes on from there."""
    if changed != _drawn_up(session, board):
        charter_drafts.save(session, board.id, board.charter_version, changed, by=person, now=now)
    return _draft_form(session, board, changed)


def _draft_form(session: Session, board: Board, drawn_up: Charter) -> dict[str, Any]:
    changes = amendment(session, board.id, board.charter_version, drawn_up)
    return charter_change.draft_form(board.channel_id, changes)


def _post(
    session: Session, board: Board, drawn_up: Charter, reason: str, person: str, now: datetime
) -> None:
    draft = charter_drafts.find_open(session, board.id)
    changes = amendment(session, board.id, board.charter_version, drawn_up)
    if draft is None or not has_changes(changes):
        raise Refusal(NOTHING)
    charter_drafts.post(session, draft.id, reason=reason, by=person, now=now)


def _agreed(board: Board, version: Version) -> charter.CharterVersion:
    return charter.CharterVersion(
        version.version, board.cadence.today(version.agreed_at), version.agreed_by
    )


def _link(session: Session, draft: Draft) -> charter.DraftPost | None:
    """Where the channel is asked about it."""
    if not draft.posted_at:
        return None
    post = outbox.latest(session, draft.board_id, PostKind.DRAFT, DraftSubject(draft.id))
    return charter.DraftPost(post.permalink if post else None)
