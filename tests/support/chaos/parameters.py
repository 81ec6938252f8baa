"""Duration, kills, steps, and seed of `make torture`."""

import os
import random
import sys
import time
from dataclasses import dataclass

MINUTES = "TORTURE_MINUTES"
KILLS = "TORTURE_KILLS"
STEPS = "TORTURE_STEPS"
SEED = "TORTURE_SEED"


@dataclass(frozen=True)
class TortureParameters:
    minutes: float
    kills: int  # at least
    steps: int  # of two bots
    seed: int

    @classmethod
    def from_environment(cls) -> "TortureParameters | None":
        """Return the parameters from environment variables, or None if they aren't set."""
        minutes = os.environ.get(MINUTES)
        if minutes is None:
            return None
        return cls(
            float(minutes),
            kills=int(os.environ[KILLS]),
            steps=int(os.environ[STEPS]),
            seed=int(os.environ[SEED]),
        )

    def random(self) -> random.Random:
        return random.Random(self.seed)  # noqa: S311 — repeatable, not secret

    def is_time_over(self, started: float) -> bool:
        """Return whether the time is over. `started` is a value of `time.monotonic`."""
        return time.monotonic() - started > 60 * self.minutes

    def report(self, news: str) -> None:
        sys.stdout.write(f"{news} ({SEED}={self.seed})\n")
