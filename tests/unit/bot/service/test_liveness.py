"""Liveness: loops that turn, and loops that froze."""

from http import HTTPStatus

from bot.heartbeat import Heartbeat, WorkHeartbeat
from bot.service.liveness import FROZEN_AFTER, Liveness
from tests.support.manual_seconds import ManualSeconds

LIMIT = FROZEN_AFTER.total_seconds()


def test_every_loop_turns__process_is_alive() -> None:
    seconds = ManualSeconds()
    liveness = Liveness({"reconciler": Heartbeat(seconds), "scheduler": Heartbeat(seconds)})
    seconds.now = LIMIT - 1
    assert liveness.frozen() == []
    assert liveness.report() == (HTTPStatus.OK, {"alive": True})


def test_one_loop_is_silent__is_named_until_it_beats() -> None:
    seconds = ManualSeconds()
    reconciler, scheduler = Heartbeat(seconds), Heartbeat(seconds)
    liveness = Liveness({"reconciler": reconciler, "scheduler": scheduler})
    seconds.now = LIMIT
    scheduler.beat()
    assert liveness.report() == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        {"alive": False, "frozen": ["reconciler"]},
    )
    reconciler.beat()
    assert liveness.frozen() == []


def test_thread_waits_for_work__is_not_frozen() -> None:
    seconds = ManualSeconds()
    events = WorkHeartbeat(seconds)
    liveness = Liveness({"events": events})
    events.begin("a")
    events.end("a")
    seconds.now = LIMIT
    assert liveness.frozen() == []


def test_one_of_two_threads_hangs__pool_is_named_until_it_ends() -> None:
    seconds = ManualSeconds()
    events = WorkHeartbeat(seconds)
    liveness = Liveness({"events": events})
    events.begin("stuck")
    seconds.now = LIMIT - 1
    events.begin("other")
    assert liveness.frozen() == []
    seconds.now = LIMIT
    events.end("other")
    assert liveness.frozen() == ["events"]
    events.end("stuck")
    assert liveness.frozen() == []
