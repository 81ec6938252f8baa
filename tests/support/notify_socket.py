"""A service manager's notification socket, as systemd has one."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MAX_BYTES = 4096
PATIENCE = 20  # seconds


@dataclass(frozen=True)
class NotifySocket:
    """A bound datagram socket, and its address in the form of $NOTIFY_SOCKET."""

    address: str
    datagrams: socket.socket

    def receive(self, timeout: float = PATIENCE) -> list[str]:
        """Return the assignments of the next notification."""
        self.datagrams.settimeout(timeout)
        return self.datagrams.recv(MAX_BYTES).decode().split("\n")

    def receive_until(self, assignment: str) -> list[str]:
        """Return the assignments of the first notification that has this one."""
        latest = time.monotonic() + PATIENCE
        while assignment not in (received := self.receive()):
            assert time.monotonic() < latest, f"no {assignment}, but {received}"
        return received

    def clear(self) -> None:
        """Read what has arrived."""
        self.datagrams.settimeout(0)
        try:
            while True:
                self.datagrams.recv(MAX_BYTES)
        except BlockingIOError:
            return


@contextmanager
def listening(address: str) -> Iterator[NotifySocket]:
    """Bind the address, a path or `@` and an abstract name, until the block ends."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        yield NotifySocket(address, datagrams)
