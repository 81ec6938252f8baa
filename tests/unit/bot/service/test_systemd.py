"""Notifications to systemd, over a real datagram socket."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service.systemd import Systemd, SystemdWatchdog
from tests.support.manual_seconds import ManualSeconds
from tests.support.notify_socket import NotifySocket, listening

TEN_SECONDS = {"WATCHDOG_USEC": "10000000"}
SILENCE = 0.05  # seconds


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NotifySocket]:
    names = {"path": str(tmp_path / "notify"), "abstract": f"@needle-test-{os.getpid()}"}
    with listening(names[request.param]) as bound:
        yield bound


@pytest.fixture
def systemd(manager: NotifySocket) -> Systemd:
    return Systemd({"NOTIFY_SOCKET": manager.address})


def is_silent(manager: NotifySocket) -> bool:
    try:
        manager.receive(SILENCE)
    except TimeoutError:
        return True
    return False


def test_assignments__arrive_in_one_datagram(systemd: Systemd, manager: NotifySocket) -> None:
    systemd.notify("READY=1", "STATUS=Connected: 👍.")
    assert manager.receive() == ["READY=1", "STATUS=Connected: 👍."]


def test_no_socket__nothing_is_sent(caplog: pytest.LogCaptureFixture) -> None:
    Systemd({}).notify("READY=1")
    assert not caplog.records


@pytest.mark.parametrize("address", ["/nonexistent/notify", "vsock:2:9999", "@" + "x" * 200])
def test_socket_is_unusable__is_logged(address: str, caplog: pytest.LogCaptureFixture) -> None:
    Systemd({"NOTIFY_SOCKET": address}).notify("READY=1")
    assert caplog.messages == ["systemd_not_notified"]


def test_manager_reads_nothing__sender_gives_up(
    systemd: Systemd, manager: NotifySocket, caplog: pytest.LogCaptureFixture
) -> None:
    while not caplog.records:  # until the socket's queue is full
        systemd.notify("WATCHDOG=1")
    assert caplog.messages == ["systemd_not_notified"]
    assert manager.receive() == ["WATCHDOG=1"]


def test_watchdog__is_fed_at_half_its_time(systemd: Systemd, manager: NotifySocket) -> None:
    seconds = ManualSeconds()
    watchdog = SystemdWatchdog(systemd, list, lambda: "Connected.", TEN_SECONDS, seconds)
    fed_at = []
    for seconds.now in range(12):
        watchdog.feed_if_due()
        if not is_silent(manager):
            fed_at.append(seconds.now)
    assert fed_at == [0, 5, 10]


def test_loop_is_frozen__watchdog_starves(
    systemd: Systemd, manager: NotifySocket, caplog: pytest.LogCaptureFixture
) -> None:
    frozen = ["reconciler"]
    seconds = ManualSeconds()
    watchdog = SystemdWatchdog(
        systemd, frozen.copy, lambda: "Connected.", TEN_SECONDS, monotonic=seconds
    )
    watchdog.feed_if_due()
    assert manager.receive() == ["STATUS=Frozen: reconciler."]
    [record] = caplog.records
    assert (record.message, vars(record)["loops"]) == ("loops_frozen", ["reconciler"])


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WATCHDOG_USEC": "0"},
        {"WATCHDOG_USEC": "soon"},
        {**TEN_SECONDS, "WATCHDOG_PID": str(os.getpid() + 1)},
    ],
    ids=["unset", "zero", "malformed", "other process"],
)
def test_no_watchdog__nothing_is_sent(
    systemd: Systemd, manager: NotifySocket, environment: dict[str, str]
) -> None:
    SystemdWatchdog(systemd, list, lambda: "Connected.", environment).feed_if_due()
    assert is_silent(manager)


def test_watchdog_of_this_process__is_fed(systemd: Systemd, manager: NotifySocket) -> None:
    environment = {**TEN_SECONDS, "WATCHDOG_PID": str(os.getpid())}
    SystemdWatchdog(systemd, list, lambda: "Connected.", environment).feed_if_due()
    assert manager.receive() == ["WATCHDOG=1", "STATUS=Connected."]
