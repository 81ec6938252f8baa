"""Known posts: a button acts only if its message is one of this store's posts.

A channel may have messages that the store doesn't know: another store's posts, or posts from after
the backup that was restored. The numbers of boards, projects, charter drafts and fires in their
buttons may mean something else in this store.
"""

from datetime import UTC, datetime
from typing import Any

from bot.exceptions import Refusal
from bot.listeners.lookup import require_active
from storage.boards import boards
from storage.database import Database, Session
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE, PostIdentity, read_mark

UNKNOWN_POST = (
    "This message isn't in my database, so I changed nothing. To see a board's projects, type"
    " `/roadmap list` in its channel."
)


def require_known_post(database: Database, team_id: str, body: dict[str, Any]) -> None:
    """Raise Refusal if a button or menu is on a message that this store didn't post.

    On a paused board, the refusal says that the board is paused. Ephemeral messages are accepted:
    they aren't posts. Direct messages without a mark are accepted too: earlier versions wrote none.
    """
    container = body.get("container") or {}
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return
    message_ts = container.get("message_ts", "")
    blocks = (body.get("message") or {}).get("blocks") or ()
    identity = read_mark(str(block.get("block_id", "")) for block in blocks)
    with database.snapshot() as session:
        board_id = boards.find_id(session, team_id, container.get("channel_id", ""))
        is_known = (
            outbox.known_messages(session, board_id, [message_ts])
            if board_id is not None
            else identity is None
        )
        if not is_known and not _may_be_posted(
            database, session, identity, board_id, datetime.fromtimestamp(float(message_ts), UTC)
        ):
            if board_id is not None:
                require_active(boards.get(session, board_id))
            raise Refusal(UNKNOWN_POST)


def _may_be_posted(
    database: Database,
    session: Session,
    identity: PostIdentity | None,
    board_id: int | None,
    shown_at: datetime,
) -> bool:
    """Return whether this store posted a message, although the store doesn't have its ts.

    `board_id` is the board of the message's channel, or None for a direct message. `shown_at` is
    the time of the message.
    """
    return (
        identity is not None
        and identity.store_id in (database.info.store_id, UNNAMED_STORE)
        and board_id in (identity.board_id, None)
        and outbox.may_show(
            session,
            identity.board_id,
            identity.kind,
            identity.subject,
            identity.edition,
            shown_at,
        )
    )
