"""Readiness checks, each with a time limit."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from http import HTTPStatus

CHECK_SECONDS = 1.5  # of the two within which /ready answers

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """The result of one readiness check. `detail` is a sentence for the operator.

    Needle is ready even if a check fails that isn't `required`. Readiness sets that, not the check:
    a check that crashes or times out can't.
    """

    ok: bool
    detail: str
    required: bool = True


RunCheck = Callable[[], Check]
TIMED_OUT = Check(ok=False, detail=f"No answer within {CHECK_SECONDS} s.")
CRASHED = Check(ok=False, detail="The check itself failed. See the log.")


class Readiness:
    """The readiness checks of a process, by the key that /ready shows.

    Needle is ready even if an `optional` check fails, crashes or times out.
    """

    def __init__(self, checks: Mapping[str, RunCheck], optional: Collection[str] = ()) -> None:
        self._checks = {name: _SharedCheck(name, run) for name, run in checks.items()}
        self._optional = frozenset(optional)

    def run(self) -> dict[str, Check]:
        """Run all checks side by side. Return their results within CHECK_SECONDS."""
        deadline = time.monotonic() + CHECK_SECONDS
        results = {name: check.start() for name, check in self._checks.items()}
        return {
            name: replace(_result(future, deadline), required=name not in self._optional)
            for name, future in results.items()
        }


class _SharedCheck:
    """A check in a thread of its own.

    While it runs, all callers wait for the same result: a database that hangs blocks one thread,
    not one for each probe.
    """

    def __init__(self, name: str, run: RunCheck) -> None:
        self._name = name
        self._run = run
        self._lock = threading.Lock()
        self._result: Future[Check] | None = None

    def start(self) -> Future[Check]:
        """Start the check unless it runs. Return the result to come."""
        with self._lock:
            if self._result is None or self._result.done():
                self._result = Future()
                threading.Thread(
                    target=self._set, args=[self._result], name=f"check-{self._name}", daemon=True
                ).start()
            return self._result

    def _set(self, result: Future[Check]) -> None:
        try:
            result.set_result(self._run())
        except Exception:
            log.exception("check_failed", extra={"check": self._name})
            result.set_result(CRASHED)


def _result(future: Future[Check], deadline: float) -> Check:
    try:
        return future.result(max(0, deadline - time.monotonic()))
    except TimeoutError:
        return TIMED_OUT


def report(checks: Mapping[str, Check]) -> tuple[HTTPStatus, dict[str, object]]:
    """Return the status and JSON body of /ready. The status is 503 if a required check failed."""
    ready = all(check.ok for check in checks.values() if check.required)
    body = {name: {"ok": check.ok, "detail": check.detail} for name, check in checks.items()}
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return status, {"ready": ready, **body}
