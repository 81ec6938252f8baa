"""Progress of a project: which of its safe steps are done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """The number of steps that are done, and the first one that isn't."""

    done: int
    total: int
    next_step: str | None

    @classmethod
    def of(cls, steps: Sequence[str], done: Collection[str]) -> "Progress":
        open_steps = [step for step in steps if step not in done]
        return cls(
            done=len(steps) - len(open_steps),
            total=len(steps),
            next_step=open_steps[0] if open_steps else None,
        )
