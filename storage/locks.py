"""What a transaction writes, which decides which other writers wait for it.

Every transaction that writes names one of these. In SQLite, writers wait for each other anyway.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfBoard:
    """The lock of a board, for writes of its rows only."""

    board_id: int


@dataclass(frozen=True)
class OfChannel:
    """The lock of the board of a channel, for callers that know only Slack's ids."""

    team_id: str
    channel_id: str


@dataclass(frozen=True)
class StoreWide:
    """The lock for rows that belong to no single board, such as people, and for the set of boards.

    A transaction that writes rows of boards too has the locks of these boards as well.
    """

    board_ids: tuple[int, ...] = ()


STORE = StoreWide()
WriterLock = OfBoard | OfChannel | StoreWide
