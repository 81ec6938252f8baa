"""Writes that follow from a ranking, without the writers' lock while the ranking is computed.

On a large board, a ranking takes so long that other people's votes would wait for the lock.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from storage.database import Session
from storage.idempotency import Request
from storage.planning import plan_inputs

Computed = TypeVar("Computed")
Result = TypeVar("Result")

ATTEMPTS = 2  # Slack waits 3 s, so there is no time for many.


class _Outdated(Exception):
    """Something changed while the result was computed."""


def compute_and_write(
    request: Request,
    actor: Actor,
    channel_id: str,
    now: datetime,
    compute: Callable[[Session], Computed],
    write: Callable[[Session, Computed], Result],
) -> Result:
    """Compute from a snapshot, and write in a transaction if the plan's inputs are the same there.

    If they keep changing, compute in the transaction. What `compute` refuses is refused there too:
    the transaction first recognizes a copy of a request that has written.
    """

    def inputs(session: Session) -> plan_inputs.PlanInputs | None:
        return plan_inputs.read(session, actor.team_id, channel_id, now)

    lock = actor.board_lock(channel_id)
    for _ in range(ATTEMPTS):
        try:
            with request.snapshot() as session:
                before = inputs(session)
                computed = compute(session)
        except Refusal:
            break
        with suppress(_Outdated), request.transaction(lock) as session:
            if inputs(session) != before:
                raise _Outdated
            return write(session, computed)
    with request.transaction(lock) as session:
        return write(session, compute(session))
