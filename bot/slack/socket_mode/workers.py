"""Threads that work on queued items, and that can be abandoned at exit."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

from bot.heartbeat import WorkHeartbeat

POOL_SIZE = 10  # threads in each pool; the SDK's own pool has as many
MAX_BATCH = 50  # the first item of a batch waits for the last

Item = TypeVar("Item")


class WorkerPool(Generic[Item]):
    """Daemon threads that work on items. Items that wait with the same key make a batch.

    A key has one thread at a time. An item without a key is a batch of its own.

    The interpreter waits for the threads of a ThreadPoolExecutor, however long they take:
    https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor
    """

    def __init__(self, name: str, work: Callable[[Sequence[Item]], None]) -> None:
        self._work = work
        self._keys: SimpleQueue[Hashable | None] = SimpleQueue()  # each key that has items, once
        self._waiting: defaultdict[Hashable, deque[Item]] = defaultdict(deque)
        self._lock = Lock()
        self.heartbeat = WorkHeartbeat()
        self._threads = [
            Thread(target=self._run, args=[number], name=f"{name}-{number}", daemon=True)
            for number in range(POOL_SIZE)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, item: Item, key: Hashable | None = None) -> None:
        """Queue an item."""
        key = object() if key is None else key
        with self._lock:
            is_new = key not in self._waiting
            self._waiting[key].append(item)
        if is_new:
            self._keys.put(key)

    def finish(self, until: float) -> bool:
        """Finish the queued items. Return False if any isn't done at `until`, a monotonic time."""
        for _ in self._threads:
            self._keys.put(None)
        for thread in self._threads:
            thread.join(max(0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, thread: int) -> None:
        while (key := self._keys.get()) is not None:
            while batch := self._take(key):
                self.heartbeat.begin(thread)
                self._work(batch)
                self.heartbeat.end(thread)

    def _take(self, key: Hashable) -> list[Item]:
        """Take the next batch of a key, or give up the key if no item waits."""
        with self._lock:
            waiting = self._waiting[key]
            if not waiting:
                del self._waiting[key]
            return [waiting.popleft() for _ in range(min(MAX_BATCH, len(waiting)))]
