"""Liveness: loops that turn, and loops that froze."""

from http import HTTPStatus

from bot.heartbeat import Heartbeat
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
