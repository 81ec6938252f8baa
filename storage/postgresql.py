"""PostgreSQL connections on which nothing waits for long, whatever the server does.

Time-outs of the server don't help if its host is frozen. Time-outs of TCP don't help if only the
server is: its host still confirms what arrives. So the driver stops waiting, and closes the
connection, because the answer may still come.
"""

import re
from collections.abc import Iterable
from time import monotonic
from typing import Any

from psycopg import Connection, OperationalError, waiting
from psycopg.abc import RV, PQGen
from psycopg.pq import Conninfo, TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from storage.exceptions import UnusableDatabase
from storage.time_limits import (
    ANSWER_SECONDS,
    SecondsLeft,
    answer_seconds,
    connect_seconds,
    no_deadline,
)

# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
CONNECTION_DEFAULTS = {
    "tcp_user_timeout": 1000 * ANSWER_SECONDS,
    "keepalives_idle": 30,
    "client_encoding": "UTF8",  # whatever PGCLIENTENCODING says
}
CHECK_INTERVAL_SECONDS = 0.1  # between looks at signals
# https://www.postgresql.org/docs/current/app-postgres.html, -c
SEARCH_PATH = re.compile(r"-c\s*search_path=((?:[^\s\\]|\\.)+)")
IDENTIFY_SERVER = "SELECT pg_backend_pid(), current_setting('search_path')"

UNKNOWN_OPTION = (
    "DATABASE_URL has an option after the ? that PostgreSQL doesn't know. In a value, write & as"
    " %26."
)
DROPPED_OPTIONS = (
    "DATABASE_URL has options with a search_path, which the connection pooler drops. Leave them"
    " out, and set the path on the server, for example with ALTER ROLE needle SET search_path ="
    " team."
)


class NoAnswer(OperationalError):
    """A server that accepted a statement and said nothing."""


class TimedConnection(Connection[Any]):
    """A connection that closes itself if the server doesn't answer in time."""

    seconds_left: SecondsLeft = staticmethod(no_deadline)

    def wait(
        self,
        gen: PQGen[RV],
        interval: float = CHECK_INTERVAL_SECONDS,
        timeout: float | None = None,
    ) -> RV:
        limit = answer_seconds(self.seconds_left()) if timeout is None else timeout
        deadline = monotonic() + limit
        try:
            return waiting.wait(gen, self.pgconn.socket, interval=interval, timeout=limit)
        except BaseException as error:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
                if isinstance(error, OperationalError) and monotonic() >= deadline:
                    raise NoAnswer(f"no answer within {limit:.1f} s") from None
            raise


def require_known_options(names: Iterable[str]) -> None:
    """Raise UnusableDatabase if PostgreSQL doesn't know one of the options.

    The driver would show its name, which may be part of a password.
    """
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    if not known.issuperset(names):
        raise UnusableDatabase(UNKNOWN_OPTION)


def limit_waits(engine: Engine, seconds_left: SecondsLeft) -> None:
    """Make the engine open connections whose waits end at the calling thread's deadline."""

    def connect(_dialect: object, _record: object, args: Any, parameters: Any) -> TimedConnection:
        limits = {"connect_timeout": connect_seconds(seconds_left()), **CONNECTION_DEFAULTS}
        connection = TimedConnection.connect(*args, **{**limits, **parameters})
        connection.seconds_left = seconds_left
        try:
            _prepare_for_pooler(connection, parameters.get("options", ""))
        except BaseException:
            connection.close()
            raise
        return connection

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "handle_error", _give_up_if_silent)


def _prepare_for_pooler(connection: TimedConnection, options: str) -> None:
    """Send no prepared statements through a pooler. Raise UnusableDatabase if it drops options.

    In transaction mode, the next transaction gets another server process, which doesn't know the
    statements (https://www.pgbouncer.org/features.html). A pooler gives its client a process ID of
    its own, because the client needs one to cancel a statement.
    """
    connection.autocommit = True
    [(process_id, search_path)] = connection.execute(IDENTIFY_SERVER).fetchall()
    connection.autocommit = False
    if process_id == connection.info.backend_pid:
        return
    connection.prepare_threshold = None
    for requested in SEARCH_PATH.findall(options)[-1:]:
        if _plain(requested) != _plain(search_path):
            raise UnusableDatabase(DROPPED_OPTIONS)


def _plain(search_path: str) -> str:
    return re.sub(r"[\\\s]", "", search_path)


def _give_up_if_silent(context: ExceptionContext) -> None:
    """Keep the pool from opening another connection after a ping without an answer.

    That would wait once more, and the person would wait too long for the error.
    """
    if context.is_pre_ping and isinstance(context.original_exception, NoAnswer):
        context.is_disconnect = False
