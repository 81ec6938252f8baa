"""Known posts: only a message that this store posted can change what the store holds.

A channel may show messages that the store doesn't know: of another store, or posted after the
backup that was restored. Their buttons name boards, projects, charter drafts and fires by numbers
that mean something else here. So a button acts only if the store knows its message.
"""

from typing import Any

from bot.exceptions import Refusal
from bot.listeners.lookup import require_active
from storage.boards import boards
from storage.database import Database, Session
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE, PostIdentity, read_mark

UNKNOWN_POST = (
    "I don't have this message in my database, so I changed nothing. `/roadmap list` shows this"
    " board's projects."
)


def require_known_post(database: Database, team_id: str, body: dict[str, Any]) -> None:
    """Raise Refusal if a button or menu is on a message that this store didn't post.

    On a paused board, say that instead. An ephemeral message is an answer to the person, not a
    post. A direct message of a version before marks says nothing about itself: its buttons work as
    they did.
    """
    container = body.get("container") or {}
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return
    blocks = (body.get("message") or {}).get("blocks") or ()
    identity = read_mark(str(block.get("block_id", "")) for block in blocks)
    with database.snapshot() as session:
        board_id = boards.find_id(session, team_id, container.get("channel_id", ""))
        is_known = (
            outbox.known_messages(session, board_id, [container.get("message_ts", "")])
            if board_id is not None
            else identity is None
        )
        if not is_known and not _may_be_posted(database, session, identity, board_id):
            if board_id is not None:
                require_active(boards.get(session, board_id))
            raise Refusal(UNKNOWN_POST)


def _may_be_posted(
    database: Database, session: Session, identity: PostIdentity | None, board_id: int | None
) -> bool:
    """Return whether this store posted a message whose ts it doesn't know, or not yet.

    `board_id` is the board of the message's channel; a direct message is in none.
    """
    return (
        identity is not None
        and identity.store_id in (database.info.store_id, UNNAMED_STORE)
        and board_id in (identity.board_id, None)
        and outbox.may_show(
            session, identity.board_id, identity.kind, identity.subject, identity.edition
        )
    )
