"""A company's network on loopback: a proxy, and TLS with a certificate of its own."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

LOOPBACK = "127.0.0.1"
CHUNK = 65536


@dataclass(frozen=True)
class Certificate:
    """A certificate that is its own authority, and its key."""

    file: Path
    key: Path


def make_certificate(folder: Path, *hosts: str) -> Certificate:
    """Create a certificate for these hosts. Skip the test if `openssl` isn't installed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no `openssl` on the PATH")
    made = Certificate(folder / "ca.pem", folder / "ca.key")
    names = ",".join(f"DNS:{host}" for host in hosts)
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    subject = ("-days", "2", "-subj", "/CN=A company", "-addext", f"subjectAltName={names}")
    files = ("-keyout", str(made.key), "-out", str(made.file))
    subprocess.run([openssl, "req", *kind, *subject, *files], check=True, capture_output=True)
    return made


@contextmanager
def tls_front(certificate: Certificate, port: int) -> Iterator[int]:
    """Run a server that ends TLS and forwards to a port. Yield its own port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)

    def forward(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as decrypted, _dial(port) as server:
            _relay(decrypted, server)

    with _served(forward) as own_port:
        yield own_port


@dataclass
class ConnectProxy:
    """A proxy for CONNECT: the port that stands for each `host:port`, and what it was asked for.

    It refuses other hosts.
    """

    ports: dict[str, int]
    url: str = ""
    requests: list[str] = field(default_factory=list)  # with their headers


@contextmanager
def connect_proxy(ports: dict[str, int]) -> Iterator[ConnectProxy]:
    """Run a proxy on a new port."""
    proxy = ConnectProxy(ports)

    def forward(client: socket.socket) -> None:
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            request += client.recv(1)
        proxy.requests.append(request.decode())
        port = proxy.ports.get(request.split()[1].decode())
        if port is None:
            client.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with _dial(port) as server:
            _relay(client, server)

    with _served(forward) as port:
        proxy.url = f"http://{LOOPBACK}:{port}"
        yield proxy


@contextmanager
def _served(handle: Callable[[socket.socket], None]) -> Iterator[int]:
    """Handle each connection to a new port in a thread. Yield the port."""

    def serve(client: socket.socket) -> None:
        with client, suppress(OSError):
            handle(client)

    def accept() -> None:
        with suppress(OSError):  # the block has ended
            while True:
                Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()

    with socket.create_server((LOOPBACK, 0)) as listener:
        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def _dial(port: int) -> socket.socket:
    return socket.create_connection((LOOPBACK, port))


def _relay(one: socket.socket, other: socket.socket) -> None:
    """Copy both ways until both ends have closed."""
    back = Thread(target=_copy, args=[other, one], daemon=True)
    back.start()
    _copy(one, other)
    back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while received := source.recv(CHUNK):
            target.sendall(received)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
