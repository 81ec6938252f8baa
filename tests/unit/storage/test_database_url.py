"""DATABASE_URL, and the line that each mistake gets."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.database import open_database
from storage.database_url import display_url, parse_url, sqlite_file
from storage.exceptions import UnusableDatabase
from storage.postgresql import UNKNOWN_OPTION

INVALID = "DATABASE_URL is not a valid database URL. Example: sqlite:///needle.db"
NO_FILE = "DATABASE_URL must name a file. Example: sqlite:///needle.db"
PREFIX = "DATABASE_URL must start with sqlite:/// or postgresql+psycopg://"
SLASHES = (
    "DATABASE_URL needs three slashes before a relative path and four before an absolute one, such"
    " as sqlite:////var/lib/needle/needle.db."
)
OPTIONS = (
    "DATABASE_URL has options after a ?. Needle doesn't support them for SQLite. In a path, write ?"
    " as %3F."
)
TILDE = (
    "DATABASE_URL has a path that starts with ~, which only a shell replaces. Write the full path,"
    " such as sqlite:////home/ana/needle.db."
)
TWO_AT = "DATABASE_URL has more than one @. In the user name, password and options, write @ as %40."
LATE_AT = (
    "DATABASE_URL has an @ after a / or ?. In the user name, password and options, write @ as %40,"
    " / as %2F, and ? as %3F. Example: postgresql+psycopg://needle:password@db/needle"
)
IN_OPTIONS = (
    "DATABASE_URL has a password in its options. Write it before the host. Example:"
    " postgresql+psycopg://needle:password@db/needle"
)
# Nothing listens at this address. No line has four of these characters in a row by itself.
REFUSING = "127.0.0.1:1"
PASSWORDS = st.text("éÿXYZQWKJ@/?#:%[]&=+ \\;!$'\"~\0\n", min_size=4, max_size=14)
OPTION_NAMES = {"host", "port"}  # in the examples
WITH_PASSWORD = [
    f"postgresql+psycopg://u:{{}}@{REFUSING}/n",
    f"postgresql+psycopg://{REFUSING}/n?user=u&password={{}}",
    f"postgresql://u:{{}}@{REFUSING}/n",
    f"mysql://u:{{}}@{REFUSING}/n",
    f"sqlite://u:{{}}@{REFUSING}/n",
    f"u:{{}}@{REFUSING}/n",
]


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("needle.db", INVALID),
        ("nosql://x", PREFIX),
        ("mysql://needle:secret@db/needle", PREFIX),
        ("sqlite+aiosqlite:///needle.db", PREFIX),
        ("postgresql+psycopg://host:port/needle", INVALID),
        ("postgresql+psycopg://[::1/needle", INVALID),
        ("sqlite://var/lib/needle.db", SLASHES),
        ("sqlite://needle.db", SLASHES),
        ("sqlite://ana@/needle.db", SLASHES),
        ("sqlite://", SLASHES),
        ("sqlite:///", NO_FILE),
        ("sqlite:///:memory:", NO_FILE),
        ("sqlite:///needle.db?mode=ro", OPTIONS),
        ("sqlite:////srv/what?/needle.db", OPTIONS),
        ("sqlite:///needle.db?", OPTIONS),
        ("sqlite:///~/needle.db", TILDE),
        ("sqlite:///~ana/needle.db", TILDE),
        (
            "postgres://needle:secret@db/needle",
            "DATABASE_URL must start with postgresql+psycopg://, not postgres://",
        ),
        (
            "postgresql://needle:secret@db/needle",
            "DATABASE_URL must start with postgresql+psycopg://, not postgresql://",
        ),
        (
            "postgresql+psycopg2://needle:secret@db/needle",
            "DATABASE_URL must start with postgresql+psycopg://, not postgresql+psycopg2://",
        ),
        ("postgresql+psycopg://needle:secret@ry@db/needle", TWO_AT),
        ("postgresql+psycopg://needle:sec@re/t@db/needle", TWO_AT),
        ("postgresql+psycopg://needle:sec@re?t@db/needle", TWO_AT),
        ("postgresql+psycopg://needle:sec?re@t@db/needle", TWO_AT),
        ("postgresql+psycopg://db:5432/needle?user=needle&password=sec@ret", LATE_AT),
        ("postgresql+psycopg://db:port/needle?user=needle&password=sec@ret", LATE_AT),
        ("postgresql+psycopg://db1:5432,db2:5432/needle?password=sec@ret", LATE_AT),
        ("postgresql+psycopg://[::1]/needle?password=sec@ret", LATE_AT),
        ("postgresql+psycopg://db?password=sec@ret", LATE_AT),
        ("postgresql+psycopg:///needle?password=sec@ret", LATE_AT),
        ("postgresql+psycopg://needle/secret@db/needle", LATE_AT),
        ("postgresql+psycopg://db/needle?user=needle&password=se&secret=x", IN_OPTIONS),
        ("postgresql+psycopg://db/needle?password=se&port=secret", IN_OPTIONS),
    ],
)
def test_mistake__gets_one_line_without_the_password(url: str, line: str) -> None:
    for function in (parse_url, open_database, sqlite_file):
        with pytest.raises(UnusableDatabase) as refusal:
            function(url)
        assert str(refusal.value) == line


@pytest.mark.parametrize("password", ["p%40ss", "p/ss", "p#ss", "p?ss", "p:ss", "p%25ss"])
def test_password__is_never_shown(password: str) -> None:
    address = parse_url(f"postgresql+psycopg://needle:{password}@db/needle?sslpassword=hidden")
    assert address.host == "db"
    assert display_url(address) == "postgresql+psycopg://needle:***@db/needle"


def refusal(url: str) -> str:
    with pytest.raises(UnusableDatabase) as refused:
        open_database(url)
    return str(refused.value)


@pytest.mark.parametrize("url", WITH_PASSWORD)
@given(password=PASSWORDS)
@example(password="XY&ZQWK=J")
@example(password="XY&port=QWKJ")
@example(password="XY&host=QWKJ")
@example(password="XY/ZQWKJ")
@example(password="&::::=:")
def test_any_password__is_in_no_line(url: str, password: str) -> None:
    for written in (password, quote(password, safe="")):
        line = refusal(url.format(written))
        for secret in (password, written):
            parts = {secret[start : start + 4] for start in range(len(secret) - 3)}
            assert not [part for part in parts - OPTION_NAMES if part in line], line


def test_unknown_option__is_refused_without_its_name() -> None:
    url = f"postgresql+psycopg://u@{REFUSING}/n?sslpassword=se&secret=x"
    assert refusal(url) == UNKNOWN_OPTION


def test_option_of_another_type__is_refused_without_its_value() -> None:
    assert refusal(f"postgresql+psycopg://u@{REFUSING}/n?port=secret") == INVALID


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///needle.db", "needle.db"),
        ("sqlite:////srv/what%3F/needle.db", "/srv/what?/needle.db"),
        ("sqlite:///./~/needle.db", "./~/needle.db"),
        ("sqlite+pysqlite:////srv/50%25/needle.db", "/srv/50%/needle.db"),
    ],
)
def test_sqlite_url__names_a_file(url: str, file: str) -> None:
    assert sqlite_file(url) == Path(file)


def test_sqlite_path__may_contain_an_at() -> None:
    assert sqlite_file("sqlite:////srv/needle@home/needle.db") == Path("/srv/needle@home/needle.db")


def test_server_url__names_no_file() -> None:
    assert sqlite_file("postgresql+psycopg://needle@db/needle") is None
