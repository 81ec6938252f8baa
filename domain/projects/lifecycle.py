"""A project's lifecycle: its statuses and the transitions between them."""

from enum import StrEnum


class Status(StrEnum):
    """A project's status. Only open and started projects are ranked."""

    OPEN = "open"
    STARTED = "started"
    SHIPPED = "shipped"
    DECLINED = "declined"  # the team won't do it
    DROPPED = "dropped"  # its proposer no longer wants it
    MERGED = "merged"  # into another project, which gets its votes and scores
    HANDED_OFF = "handed_off"  # out of scope: another team should do it


RANKED_STATUSES = (Status.OPEN, Status.STARTED)


class Transition(StrEnum):
    """A change of a project's status."""

    START = "start"
    SHIP = "ship"
    MERGE = "merge"
    DROP = "drop"
    DECLINE = "decline"
    HAND_OFF = "hand_off"
    REOPEN = "reopen"


RESULTING_STATUS = {
    Transition.START: Status.STARTED,
    Transition.SHIP: Status.SHIPPED,
    Transition.MERGE: Status.MERGED,
    Transition.DROP: Status.DROPPED,
    Transition.DECLINE: Status.DECLINED,
    Transition.HAND_OFF: Status.HANDED_OFF,
    Transition.REOPEN: Status.OPEN,
}
STEWARD_STATUSES = frozenset({Status.DECLINED, Status.HANDED_OFF})


def transitions_from(status: Status) -> tuple[Transition, ...]:
    """Return the possible transitions. A project that is no longer ranked can only be reopened."""
    if status not in RANKED_STATUSES:
        return (Transition.REOPEN,)
    return tuple(
        transition for transition in Transition if RESULTING_STATUS[transition] is not status
    )


def requires_steward(transition: Transition, status: Status) -> bool:
    """Return whether only stewards may make a transition.

    That includes undoing what only they may decide.
    """
    return RESULTING_STATUS[transition] in STEWARD_STATUSES or status in STEWARD_STATUSES
