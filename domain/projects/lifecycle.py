"""A project's life: where it stands, and how it can move on from there."""

from enum import StrEnum


class Status(StrEnum):
    """Where a project is in its life. Only what is open or started is ranked."""

    OPEN = "open"
    STARTED = "started"
    SHIPPED = "shipped"
    DECLINED = "declined"  # the team will not do it
    DROPPED = "dropped"  # its proposer no longer wants it
    MERGED = "merged"  # into another, with its votes and scores
    HANDED_OFF = "handed_off"  # out of scope: somebody else's to do


RANKED = (Status.OPEN, Status.STARTED)


class Move(StrEnum):
    """What someone can do to where a project stands."""

    START = "start"
    SHIP = "ship"
    MERGE = "merge"
    DROP = "drop"
    DECLINE = "decline"
    HAND_OFF = "hand_off"
    REOPEN = "reopen"


LEADS_TO = {
    Move.START: Status.STARTED,
    Move.SHIP: Status.SHIPPED,
    Move.MERGE: Status.MERGED,
    Move.DROP: Status.DROPPED,
    Move.DECLINE: Status.DECLINED,
    Move.HAND_OFF: Status.HANDED_OFF,
    Move.REOPEN: Status.OPEN,
}
FOR_STEWARDS = frozenset({Status.DECLINED, Status.HANDED_OFF})


def moves_from(status: Status) -> tuple[Move, ...]:
    """What can become of a project; what is no longer ranked can only be opened again."""
    if status not in RANKED:
        return (Move.REOPEN,)
    return tuple(move for move in Move if LEADS_TO[move] is not status)


def for_stewards(move: Move, status: Status) -> bool:
    """Whether the team's stewards alone decide so: also to take back what they alone decide."""
    return LEADS_TO[move] in FOR_STEWARDS or status in FOR_STEWARDS
