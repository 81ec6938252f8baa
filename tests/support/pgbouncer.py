"""PgBouncer between the tests and PostgreSQL, from Debian's package."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.engine import make_url

from tests.support.wait import wait_until

PROGRAM = "pgbouncer"
START_SECONDS = 10
# Few connections for many clients: each transaction gets another client's connection.
SETTINGS = {
    "listen_addr": "127.0.0.1",
    "unix_socket_dir": "",
    "auth_type": "any",
    "pool_mode": "transaction",
    "default_pool_size": "2",
}


@contextmanager
def pgbouncer_running(url: str, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run PgBouncer for a database, and yield the URL of the database through it.

    Skip the test if the program isn't installed.
    """
    program = shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin")
    if program is None:
        pytest.skip(f"there is no `{PROGRAM}` on the PATH")
    address = make_url(url)
    server = Path(str(address.query["host"]))  # the folder of the server's socket
    with TemporaryDirectory(prefix="needle-pgbouncer-") as folder:
        file = Path(folder, "pgbouncer.ini")
        port = _free_port()
        lines = {**SETTINGS, "listen_port": f"{port}", **(settings or {})}
        file.write_text(
            f"[databases]\n* = host={server} user={address.username}\n[pgbouncer]\n"
            + "".join(f"{name} = {value}\n" for name, value in lines.items())
        )
        # It refuses to run as root. Only the server's user may open the server's folder.
        owner = server.stat().st_uid
        Path(folder).chmod(0o755)
        with subprocess.Popen(
            [program, str(file)],
            user=owner if os.geteuid() == 0 else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                wait_until(lambda: _is_open(port), within=START_SECONDS)
                pooled = address.set(host="127.0.0.1", port=port, query={})
                yield pooled.render_as_string(hide_password=False)
            finally:
                process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _is_open(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
