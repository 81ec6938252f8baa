"""Readiness: what /ready reports, and checks that hang or crash."""

import threading
import time
from http import HTTPStatus

import pytest

from bot.service.checks import OPTIONAL
from bot.service.readiness import CHECK_SECONDS, Check, Readiness, report

OPEN = Check(ok=True, detail="A connection to Slack is open.")
LOCKED = Check(ok=False, detail="The database can't be written.")


def test_all_checks_pass__ready() -> None:
    status, body = report({"socket_mode": OPEN})
    assert status == HTTPStatus.OK
    assert body == {
        "ready": True,
        "socket_mode": {"ok": True, "detail": "A connection to Slack is open."},
    }


def test_optional_check_fails__ready_with_its_detail() -> None:
    missing = Check(ok=False, detail="missing im:history", required=False)
    status, body = report({"socket_mode": OPEN, "scopes": missing})
    assert (status, body["ready"]) == (HTTPStatus.OK, True)
    assert body["scopes"] == {"ok": False, "detail": "missing im:history"}


def test_one_check_fails__503_with_its_detail() -> None:
    status, body = report({"socket_mode": OPEN, "database_writable": LOCKED})
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert body["ready"] is False
    assert body["database_writable"] == {"ok": False, "detail": "The database can't be written."}


def test_check_hangs__fails_in_time_and_others_pass() -> None:
    answers = threading.Event()

    def hang() -> Check:
        answers.wait()
        return LOCKED

    started = time.monotonic()
    checks = Readiness({"database_readable": hang, "socket_mode": lambda: OPEN}).run()
    assert time.monotonic() - started < CHECK_SECONDS + 0.4
    assert checks["socket_mode"] == OPEN
    assert not checks["database_readable"].ok
    assert checks["database_readable"].detail == "No answer within 1.5 s."
    answers.set()


def test_check_hangs__later_calls_wait_for_the_same_result() -> None:
    answers, calls = threading.Event(), []

    def hang() -> Check:
        calls.append(1)
        answers.wait()
        return OPEN

    readiness = Readiness({"database_readable": hang})
    assert not readiness.run()["database_readable"].ok
    threading.Timer(0.1, answers.set).start()
    assert readiness.run()["database_readable"].ok
    assert len(calls) == 1
    assert readiness.run()["database_readable"].ok
    assert len(calls) == 2


def test_check_crashes__fails_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> Check:
        raise ZeroDivisionError

    check = Readiness({"scopes": crash}).run()["scopes"]
    assert (check.ok, check.detail) == (False, "The check itself failed. See the log.")
    assert "check_failed" in caplog.messages


def test_boards_check_times_out__still_ready() -> None:
    answers = threading.Event()

    def hang() -> Check:
        answers.wait()
        return OPEN

    status, body = report(Readiness({"boards": hang, "socket_mode": lambda: OPEN}, OPTIONAL).run())
    answers.set()
    assert (status, body["ready"]) == (HTTPStatus.OK, True)
    assert body["boards"] == {"ok": False, "detail": "No answer within 1.5 s."}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, HTTPStatus.OK) for name in ("scopes", "calls", "boards")),
        ("database_readable", HTTPStatus.SERVICE_UNAVAILABLE),
        ("reconciler", HTTPStatus.SERVICE_UNAVAILABLE),
    ],
)
def test_check_crashes__is_required_as_if_it_failed(name: str, status: HTTPStatus) -> None:
    def crash() -> Check:
        raise ZeroDivisionError

    assert report(Readiness({name: crash}, OPTIONAL).run())[0] == status
