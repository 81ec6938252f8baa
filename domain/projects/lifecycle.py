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
    HANDED_OFF = "handed_off"  # another team should do it


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


class Role(StrEnum):
    """What a person is to a project, and what lets them change it."""

    PROPOSER = "proposer"
    OWNER = "owner"
    STEWARD = "steward"


EDITORS = frozenset({Role.PROPOSER, Role.STEWARD})  # Who may edit a project.
ASSIGNERS = frozenset(Role)  # Who may choose a project's owner.
WORK_STATUSES = frozenset({Status.STARTED, Status.SHIPPED})  # The owner may set and undo these.


def transitions_from(status: Status) -> tuple[Transition, ...]:
    """Return the possible transitions. A project that is no longer ranked can only be reopened."""
    if status not in RANKED_STATUSES:
        return (Transition.REOPEN,)
    return tuple(
        transition for transition in Transition if RESULTING_STATUS[transition] is not status
    )


def roles_for(transition: Transition, status: Status) -> frozenset[Role]:
    """Return the roles that may make a transition. Undoing one needs the same role.

    Only stewards decide that the team won't do a project. The owner starts and ships it.
    """
    changed = {status, RESULTING_STATUS[transition]} - {Status.OPEN}
    if changed & STEWARD_STATUSES:
        return frozenset({Role.STEWARD})
    if changed <= WORK_STATUSES:
        return frozenset(Role)
    return EDITORS
