"""PostgreSQL databases that Needle can't use: every command says why, in the same line."""

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import open_database
from storage.database_url import display_url, parse_url
from tests.support.channel import Channel
from tests.support.postgres import Postgres
from tests.support.terminal_commands import command_names

# The arguments of each command. Without any, a command opens no database on a server.
ARGUMENTS: dict[str, list[list[str]]] = {
    "run": [[]],
    "doctor": [[]],
    "healthcheck": [],
    "backup": [],
    "migrate-store": [],
    "boards": [[]],
    "post digest": [[], ["--dry-run"]],
    "post roadmap": [[], ["--dry-run"]],
    "digest": [[], ["--dry-run"]],
    "roadmap": [[], ["--dry-run"]],
    "export": [[], ["--format", "csv"]],
    "import toil": [["-"]],
    "adopt": [[]],
    "remove board": [["ops"]],
    "rank": [],
    "demo": [],
}
COMMANDS = [
    [*name.split(), *arguments] for name, choices in ARGUMENTS.items() for arguments in choices
]
READ_ONLY = [command for command in COMMANDS if {"boards", "export", "--dry-run"} & {*command}]
TOIL_FILE = "kind,source,minutes,at,note\npage,disk,30,2026-11-02T03:00:00Z,full\n"
ALEMBIC = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
GRANT = (
    "Grant the role SELECT, INSERT, UPDATE and DELETE on all of Needle's tables, and USAGE on their"
    " sequences."
)


@dataclass(frozen=True)
class ServerDatabase:
    """A database on a server, and the line that every command prints about it."""

    url: str
    line: str


def another_programs(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    postgres.run(url, ALEMBIC, "INSERT INTO alembic_version VALUES ('ae1027a6acf')")
    evidence = "(it has the schema ae1027a6acf in alembic_version)"
    advice = "Set DATABASE_URL to a database of Needle's own."
    return ServerDatabase(url, f"belongs to another program {evidence}. {advice}")


def closed_by_another_program(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    postgres.run(url, ALEMBIC)
    advice = "Set DATABASE_URL to a database of Needle's own."
    return ServerDatabase(
        postgres.as_role(url),
        f"belongs to another program (it has a table alembic_version). {advice}",
    )


def other_encoding(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    return ServerDatabase(url, "has the encoding LATIN1. Create a database with ENCODING 'UTF8'.")


def other_schema(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    postgres.run(url, "CREATE SCHEMA team")
    open_database(f"{url}&options=-csearch_path%3Dteam").close()
    return ServerDatabase(
        url,
        'has Needle\'s tables in the schema team, but search_path is "$user", public. Add the'
        " schema to search_path, for example with ?options=-csearch_path%3Dteam in DATABASE_URL.",
    )


def closed_schema(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    postgres.run(url, "CREATE SCHEMA team")
    in_schema = f"{url}&options=-csearch_path%3Dteam"
    open_database(in_schema).close()
    return ServerDatabase(
        postgres.as_role(in_schema),
        "has Needle's tables in the schema team, which Needle's role can't use. Grant the role"
        " USAGE on the schema.",
    )


def no_create(postgres: Postgres) -> ServerDatabase:
    return ServerDatabase(
        postgres.as_role(postgres.new_database()),
        "Needle's role can't create tables in the schema public. Grant the role CREATE on the"
        " schema.",
    )


def no_rights(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    open_database(url).close()
    return ServerDatabase(postgres.as_role(url), f"Needle's role can't read act. {GRANT}")


def one_right(postgres: Postgres) -> ServerDatabase:
    url = postgres.new_database()
    open_database(url).close()
    role = postgres.as_role(url)
    name = role.partition("//")[2].partition(":")[0]
    postgres.run(url, f"GRANT SELECT ON alembic_version, store TO {name}")
    return ServerDatabase(role, f"Needle's role can't read act. {GRANT}")


# One case is enough for the quick tests: each takes a second for each command.
UNUSABLE = (
    no_rights,
    *(
        pytest.param(each, marks=pytest.mark.long)
        for each in (
            one_right,
            no_create,
            closed_schema,
            other_schema,
            other_encoding,
            another_programs,
            closed_by_another_program,
        )
    ),
)


@pytest.fixture
def signal_handlers() -> Iterator[None]:
    """Restore the handlers that `needle run` replaces."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.fixture
def environment(slack: Sandbox, signal_handlers: None) -> dict[str, str]:
    del signal_handlers
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
    }


def result_of(command: list[str], url: str, environment: Mapping[str, str]) -> Result:
    return CliRunner().invoke(
        app, command, input=TOIL_FILE, env={**environment, "DATABASE_URL": url}
    )


def refusal(command: list[str], url: str, environment: Mapping[str, str]) -> str:
    """Return the one line about the database, without its URL."""
    result = result_of(command, url, environment)
    assert result.exit_code == 1, (command, result.output, result.exception)
    assert isinstance(result.exception, SystemExit), command
    [line] = [line for line in result.output.splitlines() if "postgresql+psycopg:" in line]
    return line.partition(display_url(parse_url(url)))[2].lstrip(": ")


def test_every_command__is_in_the_table() -> None:
    assert ARGUMENTS.keys() == {*command_names(app)}


@pytest.mark.parametrize("unusable", UNUSABLE)
def test_unusable_database__gets_the_same_line_everywhere(
    unusable: Callable[[Postgres], ServerDatabase], postgres: Postgres, environment: dict[str, str]
) -> None:
    database = unusable(postgres)
    lines = {" ".join(command): refusal(command, database.url, environment) for command in COMMANDS}
    assert lines == dict.fromkeys(lines, database.line)


def test_database_without_tables__is_created_only_by_run(
    postgres: Postgres, environment: dict[str, str]
) -> None:
    url = postgres.new_database()
    lines = {
        " ".join(command): refusal(command, url, environment)
        for command in COMMANDS
        if command != ["run"]
    }
    assert lines == dict.fromkeys(lines, "has no schema. Run `needle run` once to create it.")


def test_role_that_may_only_read__can_use_what_only_reads(
    postgres: Postgres, slack: Sandbox, environment: dict[str, str]
) -> None:
    url = postgres.new_database()
    team_id = SandboxClient(slack.url).workspace()["team"]["id"]
    with closing(open_database(url)) as database:
        Channel(database, team_id=team_id).proposes("V1")
    reader = postgres.as_role(url, "pg_read_all_data")
    for command in COMMANDS:
        if command in READ_ONLY:
            assert result_of(command, reader, {}).exit_code == 0, command
        else:
            line = refusal(command, reader, environment)
            assert line == f"Needle's role can't write to act. {GRANT}", command


def test_backup_of_a_server__names_pg_dump(postgres: Postgres) -> None:
    url = another_programs(postgres).url
    result = result_of(["backup", "copy.db"], url, {})
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "use pg_dump" in result.output
