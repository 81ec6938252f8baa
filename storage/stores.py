"""The store's own id and workspace, and the permanent ids of projects.

A store is the database of one Needle. People use a project's number, but another store, or the same
store before a backup was restored, may have given that number to another project. So buttons and
messages have the project's permanent id. It starts with the id of the store in which the project
was proposed.
"""

import secrets

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.tables import StoreRow

ID_LENGTH = 16  # characters of a random part: 80 bits
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
SEPARATOR = "-"


def random_id() -> str:
    """Return a random text of lower-case letters and digits that starts with a letter."""
    letters = ALPHABET[:26]
    return secrets.choice(letters) + "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH - 1))


def store_id(session: Session) -> str:
    return session.exec(select(StoreRow.store_id)).one()


def has_unnamed_posts(session: Session) -> bool:
    """Return whether the store's own posts may name no store: an earlier version posted them."""
    return session.exec(select(StoreRow.has_unnamed_posts)).one()


def team_id(session: Session) -> str | None:
    """Return the workspace that the store belongs to, or None if no bot has used it yet."""
    return session.exec(select(StoreRow.team_id)).one()


def remember_team(session: Session, team_id: str) -> None:
    """Make the store belong to a workspace, unless it belongs to one already."""
    session.execute(update(StoreRow).where(col(StoreRow.team_id).is_(None)).values(team_id=team_id))


def new_permanent_id(session: Session) -> str:
    """Return the permanent id of a project that is proposed in this store now."""
    return f"{store_id(session)}{SEPARATOR}{random_id()}"
