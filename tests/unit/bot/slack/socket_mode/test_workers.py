"""Worker pools: which items are worked on together, and which thread has them."""

import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from queue import Queue
from threading import Event

import pytest

from bot.slack.socket_mode.workers import MAX_BATCH, POOL_SIZE, WorkerPool
from tests.support.wait import wait_until

WITHIN = 5  # seconds


class HeldPool:
    """A pool whose first batch is held until `release`. Batches are recorded in order."""

    def __init__(self) -> None:
        self.batches: Queue[list[str]] = Queue()
        self._goes_on = threading.Event()
        self.pool = WorkerPool("test", self._work)

    def release(self) -> None:
        self._goes_on.set()

    def finish(self) -> list[list[str]]:
        self.release()
        assert self.pool.finish(time.monotonic() + WITHIN)
        return [self.batches.get_nowait() for _ in range(self.batches.qsize())]

    def _work(self, items: Sequence[str]) -> None:
        self.batches.put([*items])
        if items[0] == "hold":
            self._goes_on.wait(WITHIN)


def test_pool_with_time_left__finishes_all_items() -> None:
    done: Queue[int] = Queue()

    def work(items: Sequence[int]) -> None:
        for item in items:
            done.put(item)

    pool = WorkerPool("test", work)
    for number in range(3 * POOL_SIZE):
        pool.submit(number)
    assert pool.finish(time.monotonic() + WITHIN)
    assert sorted(done.get_nowait() for _ in range(3 * POOL_SIZE)) == [*range(3 * POOL_SIZE)]


def test_hanging_item__pool_waits_only_until_deadline() -> None:
    held = HeldPool()
    held.pool.submit("hold")
    assert not held.pool.finish(time.monotonic())
    assert held.finish() == [["hold"]]


def test_items_that_wait_with_one_key__make_a_batch() -> None:
    held = HeldPool()
    held.pool.submit("hold", "C1")
    assert held.batches.get(timeout=WITHIN) == ["hold"]
    for item in ("a", "b", "c"):
        held.pool.submit(item, "C1")
    assert held.finish() == [["a", "b", "c"]]


def test_key_in_work__does_not_hold_others() -> None:
    held = HeldPool()
    held.pool.submit("hold", "C1")
    held.pool.submit("a", "C2")
    held.pool.submit("b")
    first = sorted(held.batches.get(timeout=WITHIN) for _ in range(3))
    assert first == [["a"], ["b"], ["hold"]]
    held.finish()


def test_items_without_key__are_never_batched() -> None:
    held = HeldPool()
    for _ in range(POOL_SIZE):
        held.pool.submit("hold")
    held.pool.submit("a")
    held.pool.submit("b")
    assert held.finish()[POOL_SIZE:] == [["a"], ["b"]]


def test_many_items__are_split_into_bounded_batches() -> None:
    held = HeldPool()
    held.pool.submit("hold", "C1")
    assert held.batches.get(timeout=WITHIN) == ["hold"]
    for number in range(MAX_BATCH + 1):
        held.pool.submit(str(number), "C1")
    assert [len(batch) for batch in held.finish()] == [MAX_BATCH, 1]


def test_thread_hangs__heartbeat_ages_until_it_goes_on() -> None:
    held = HeldPool()
    held.pool.submit("hold")
    assert held.batches.get(timeout=WITHIN) == ["hold"]
    wait_until(lambda: held.pool.heartbeat.age > timedelta(), within=WITHIN)
    held.release()
    wait_until(lambda: held.pool.heartbeat.age == timedelta(), within=WITHIN)
    held.finish()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_error_ends_a_thread__heartbeat_ages_on() -> None:
    ended = Event()

    def fail(_items: Sequence[str]) -> None:
        ended.set()
        raise SystemError

    pool = WorkerPool("test", fail)
    pool.submit("a")
    assert ended.wait(WITHIN)
    assert pool.finish(time.monotonic() + WITHIN)
    assert pool.heartbeat.age > timedelta()


def test_key_that_was_done__is_served_again() -> None:
    held = HeldPool()
    for item in ("a", "b"):
        held.pool.submit(item, "C1")
        assert held.batches.get(timeout=WITHIN) == [item]
    assert held.finish() == []
