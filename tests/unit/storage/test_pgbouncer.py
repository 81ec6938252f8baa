"""PgBouncer in transaction mode: no state of one transaction may reach another client."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from sqlalchemy import make_url, text

from storage.boards import boards
from storage.database import Database, UnusableDatabase, open_database, open_read_only
from storage.locks import STORE
from tests.support.channel import NOW
from tests.support.pgbouncer import pgbouncer_running
from tests.support.postgres import Postgres

CLIENTS = 4  # more than the pooler has connections
TRANSACTIONS = 12  # the driver prepares a statement that it has sent five times


@pytest.fixture(scope="session")
def pooled_url(postgres: Postgres) -> Iterator[str]:
    with pgbouncer_running(postgres.new_database()) as url:
        yield url


def write_and_read(database: Database, client: int) -> int:
    """Create a board in each transaction, and return how many this client's snapshots found."""
    for number in range(TRANSACTIONS):
        with database.transaction(STORE) as session:
            boards.create(session, "T1", f"C{client}-{number}", None, NOW)
        with database.snapshot() as session:
            found = [boards.find(session, "T1", f"C{client}-{n}") for n in range(TRANSACTIONS)]
    return len([board for board in found if board is not None])


def test_many_clients_on_few_connections__all_is_stored(pooled_url: str) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(CLIENTS) as pool:
        databases = [
            stack.enter_context(closing(open_database(pooled_url))) for _ in range(CLIENTS)
        ]
        counts = list(pool.map(write_and_read, databases, range(CLIENTS)))
    assert counts == [TRANSACTIONS] * CLIENTS
    with closing(open_read_only(pooled_url)) as database, database.snapshot() as session:
        assert len(boards.list_all(session)) == CLIENTS * TRANSACTIONS


def refusal(url: str) -> str:
    """Return why a database is refused, on one line."""
    with pytest.raises(UnusableDatabase) as refused:
        open_database(url)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_options_in_url__are_refused_with_the_reason(pooled_url: str) -> None:
    line = refusal(f"{pooled_url}?options=-csearch_path%3Dteam")
    assert line.endswith("FATAL: unsupported startup parameter: options")


def test_dropped_search_path__is_refused(postgres: Postgres) -> None:
    url = postgres.new_database()
    name = make_url(url).database
    options = "?options=-csearch_path%3Dteam%2Cpublic"
    postgres.run(url, "CREATE SCHEMA team")
    with pgbouncer_running(url, {"ignore_startup_parameters": "options"}) as pooled:
        line = refusal(f"{pooled}{options}")
        assert line.startswith("DATABASE_URL has options with a search_path, which the connection")
    postgres.run(url, f"ALTER DATABASE {name} SET search_path = team, public")
    with pgbouncer_running(url, {"ignore_startup_parameters": "options"}) as pooled:
        open_database(f"{pooled}{options}").close()
        open_read_only(pooled).close()


def test_statement_mode__is_refused_with_the_reason(postgres: Postgres) -> None:
    with pgbouncer_running(postgres.new_database(), {"pool_mode": "statement"}) as pooled:
        line = refusal(pooled)
    assert line.endswith(
        "can't be opened: transaction blocks not allowed in statement pooling mode"
    )


def test_without_a_pooler__statements_are_prepared(postgres: Postgres) -> None:
    count = text("SELECT count(*) FROM pg_prepared_statements")
    url = postgres.new_database()
    with closing(open_database(url)) as database, database.snapshot() as session:
        counts = [session.execute(count).scalar_one() for _ in range(TRANSACTIONS)]
    assert counts[-1] > 0
