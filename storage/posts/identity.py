"""Identity of a post: what Needle writes into its message to recognize the post later.

A message carries its identity twice: as metadata, and as a mark in the id of its first block. A
proxy can remove metadata, and Slack doesn't return it to every token. Messages of versions before
permanent ids name no store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from storage.posts import subjects
from storage.posts.outbox import Post
from storage.posts.subjects import SEPARATOR
from storage.tables import PostKind

METADATA_TYPE = "needle_post"
MARK_PREFIX = "needle_post:"
UNNAMED_STORE = ""  # of messages from versions before permanent ids


@dataclass(frozen=True)
class PostIdentity:
    """A store, and what identifies a post in that store. Two posts never have the same identity."""

    store_id: str
    board_id: int
    kind: PostKind
    subject: str
    edition: int

    @classmethod
    def of(cls, post: Post, store_id: str) -> Self:
        """Return the identity of a store's post."""
        return cls(store_id, post.board_id, post.kind, post.subject, post.edition)

    @property
    def mark(self) -> str:
        """The id of the first block."""
        parts = (self.store_id, self.board_id, self.kind, self.subject, self.edition)
        return MARK_PREFIX + SEPARATOR.join(map(str, parts))

    @property
    def payload(self) -> dict[str, Any]:
        """The metadata's payload."""
        return {
            "store": self.store_id,
            "board": self.board_id,
            "kind": str(self.kind),
            "subject": self.subject,
            "edition": self.edition,
        }

    def matches(self, other: "PostIdentity") -> bool:
        """Return whether both identify the same post. `other` may name no store."""
        return other in (self, replace(self, store_id=UNNAMED_STORE))


def read_mark(block_ids: Iterable[str]) -> PostIdentity | None:
    """Return the identity in a mark among the ids of a message's blocks, or None."""
    for block_id in block_ids:
        if block_id.startswith(MARK_PREFIX):
            parts = block_id.removeprefix(MARK_PREFIX).split(SEPARATOR)
            if parts[0].isdecimal():
                parts = [UNNAMED_STORE, *parts]
            if len(parts) < 5:
                return None
            store_id, board, kind, *subject, edition = parts
            return _identity(store_id, board, kind, SEPARATOR.join(subject), edition)
    return None


def read_payload(payload: Mapping[str, Any] | None) -> PostIdentity | None:
    """Return the identity in a message's metadata, or None."""
    names = ("board", "kind", "subject", "edition")
    if payload is None or any(name not in payload for name in names):
        return None
    return _identity(payload.get("store", UNNAMED_STORE), *(payload[name] for name in names))


def _identity(
    store_id: Any, board: Any, kind: Any, subject: Any, edition: Any
) -> PostIdentity | None:
    """Return the identity, or None if a part can't be read, as if a later version wrote it."""
    try:
        identity = PostIdentity(
            str(store_id), int(board), PostKind(str(kind)), str(subject), int(edition)
        )
        encoded = subjects.decode(identity.kind, identity.subject).encode()
    except (TypeError, ValueError):
        return None
    return identity if encoded == identity.subject else None
