"""Measurements that take turns, so that a slow moment of the machine affects both sides."""

import gc
import time
from collections.abc import Callable
from typing import Any

Work = Callable[[], Any]


def least_seconds(*works: Work, rounds: int = 5) -> list[float]:
    """Return the CPU seconds of each work in its fastest round. The works take turns.

    CPU time doesn't include waits for the disk, for other processes, or for a network.
    """
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, seconds in zip(works, spent, strict=True):
            gc.collect()  # what the others left
            started = time.process_time()
            work()
            seconds.append(time.process_time() - started)
    return [min(seconds) for seconds in spent]
