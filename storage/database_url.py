"""DATABASE_URL: accepted forms, and one line for each mistake, without any part of a password."""

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.exceptions import UnusableDatabase

INVALID_URL = "DATABASE_URL is not a valid database URL. Example: sqlite:///needle.db"
POSTGRESQL = "postgresql+psycopg"
DRIVERS = ("sqlite", "sqlite+pysqlite", POSTGRESQL)
# Text before an @ that isn't a user name and password: a host, a host and port, or options. A
# password may contain / and ?, so `needle:p/ss` doesn't match.
NO_USER_INFO = re.compile(r"\[.*[/?]|[^:/?]*[/?]|[^/?]*:\d*[/?]|.*\?\w+=", re.DOTALL)


def parse_url(url: str) -> URL:
    """Return the parsed DATABASE_URL. Raise UnusableDatabase if it is malformed."""
    scheme, _, rest = url.partition("://")
    if scheme.partition("+")[0] in ("postgres", "postgresql"):
        _check_server(scheme, rest)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: malformed port or brackets.
        raise UnusableDatabase(INVALID_URL) from error
    if address.drivername not in DRIVERS:
        raise UnusableDatabase(f"DATABASE_URL must start with sqlite:/// or {POSTGRESQL}://")
    if address.get_backend_name() == "sqlite":
        _check_path(address.database, rest)
    elif "password" in address.query:
        # An & in it would start another option, and the driver shows options that it doesn't know.
        raise UnusableDatabase(
            "DATABASE_URL has a password in its options. Write it before the host. Example:"
            f" {POSTGRESQL}://needle:password@db/needle"
        )
    return address


def sqlite_file(url: str) -> Path | None:
    """Return the path of a SQLite database's file, or None for a database on a server."""
    address = parse_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def display_url(address: URL) -> str:
    """Return the URL without its password and options, which may hold another password."""
    return address.set(query={}).render_as_string(hide_password=True)


def _check_server(scheme: str, rest: str) -> None:
    if scheme != POSTGRESQL:
        raise UnusableDatabase(f"DATABASE_URL must start with {POSTGRESQL}://, not {scheme}://")
    # The parser would take what follows the first @ for the host, and errors would show it.
    if rest.count("@") > 1:
        raise UnusableDatabase(
            "DATABASE_URL has more than one @. In the user name, password and options, write @ as"
            " %40."
        )
    before, at, _ = rest.partition("@")
    if at and NO_USER_INFO.match(before):
        raise UnusableDatabase(
            "DATABASE_URL has an @ after a / or ?. In the user name, password and options, write @"
            f" as %40, / as %2F, and ? as %3F. Example: {POSTGRESQL}://needle:password@db/needle"
        )


def _check_path(path: str | None, rest: str) -> None:
    if not rest.startswith("/"):
        raise UnusableDatabase(
            "DATABASE_URL needs three slashes before a relative path and four before an absolute"
            " one, such as sqlite:////var/lib/needle/needle.db."
        )
    if not path or path == ":memory:":
        raise UnusableDatabase("DATABASE_URL must name a file. Example: sqlite:///needle.db")
    if "?" in rest:
        raise UnusableDatabase(
            "DATABASE_URL has options after a ?. Needle doesn't support them for SQLite. In a path,"
            " write ? as %3F."
        )
    if path.startswith("~"):
        raise UnusableDatabase(
            "DATABASE_URL has a path that starts with ~, which only a shell replaces. Write the"
            " full path, such as sqlite:////home/ana/needle.db."
        )
