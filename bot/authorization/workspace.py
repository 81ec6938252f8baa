"""Check that a bot token is for the workspace that a database belongs to."""

from collections.abc import Callable
from contextlib import closing, suppress

from bot.slack.answers.auth_test import Identity
from bot.slack.client import StartupError
from storage import stores
from storage.boards import boards
from storage.database import Database, DatabaseUnavailable, UnusableDatabase, open_read_only
from storage.locks import STORE


def open_own(url: str, identity: Identity, open_database: Callable[[], Database]) -> Database:
    """Return the database that `open_database` opens. It may migrate the database.

    The database then belongs to the token's workspace. Raise StartupError if it belongs to another
    one already. If the database can be read, that happens before the migration.
    """
    require_own_workspace_before_migration(url, identity)
    database = open_database()
    try:
        require_own_workspace(database, identity)
        with database.transaction(STORE) as session:
            stores.remember_team(session, identity.team_id)
    except (StartupError, DatabaseUnavailable):
        database.close()
        raise
    return database


def require_own_workspace(database: Database, identity: Identity) -> None:
    """Raise StartupError if the database belongs to another workspace than the token.

    Another workspace doesn't have the boards' channels, and its members have other IDs. If the
    database hasn't stored its workspace yet, it belongs to the workspaces of its boards.
    """
    with database.snapshot() as session:
        remembered = stores.team_id(session) if database.info.store_id else None
        owners = [remembered] if remembered else boards.team_ids(session)
    if owners and identity.team_id not in owners:
        name = f"{identity.team} ({identity.team_id})" if identity.team else identity.team_id
        raise StartupError(
            f"SLACK_BOT_TOKEN is for the workspace {name}, but {database.info.location} belongs to"
            f" {', '.join(owners)}. Set SLACK_BOT_TOKEN to a token for the database's workspace, or"
            " set DATABASE_URL to another database."
        )


def require_own_workspace_before_migration(url: str, identity: Identity) -> None:
    """Raise StartupError like require_own_workspace, but change nothing, not even the schema.

    If the database is missing or can't be read, do nothing: the caller checks it after opening it.
    """
    with (
        suppress(UnusableDatabase, DatabaseUnavailable),
        closing(open_read_only(url, allow_older=True)) as database,
    ):
        require_own_workspace(database, identity)
