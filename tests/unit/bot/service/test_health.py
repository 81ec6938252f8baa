"""The readiness that /ready reports."""

from http import HTTPStatus

from bot.service.health import Check, readiness

OPEN = Check(ok=True, detail="A connection to Slack is open.")
LOCKED = Check(ok=False, detail="The database can't be written.")


def test_all_checks_pass__ready() -> None:
    status, body = readiness({"socket_mode": OPEN})
    assert status == HTTPStatus.OK
    assert body == {
        "ready": True,
        "socket_mode": {"ok": True, "detail": "A connection to Slack is open."},
    }


def test_optional_check_fails__ready_with_its_detail() -> None:
    missing = Check(ok=False, detail="missing im:history", required=False)
    status, body = readiness({"socket_mode": OPEN, "scopes": missing})
    assert (status, body["ready"]) == (HTTPStatus.OK, True)
    assert body["scopes"] == {"ok": False, "detail": "missing im:history"}


def test_one_check_fails__503_with_its_detail() -> None:
    status, body = readiness({"socket_mode": OPEN, "database_writable": LOCKED})
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert body["ready"] is False
    assert body["database_writable"] == {"ok": False, "detail": "The database can't be written."}
