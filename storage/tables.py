"""The tables. Every row hangs from a board; all text is as people typed it, all times are UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class BoardRow(SQLModel, table=True):
    """A Slack channel that ranks work."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("team_id", "channel_id"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    created_at: datetime
    invited_by: str | None
    name: str | None = None  # None until Slack has been asked
    time_zone: str | None = None  # None until the inviter's is known
    digest_weekday: int = 0  # Monday is 0
    digest_time: str = "09:30"
    people: float = 4
    weeks_away: float = 0
    fiscal_start: int = 1  # month
    stewards: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class CharterRow(SQLModel, table=True):
    """A version of what the board's team ranks by. Versions are kept."""

    __tablename__ = "charter"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    agreed_by: list[str] = Field(sa_column=Column(JSON, nullable=False))
    agreed_at: datetime


class ProjectRow(SQLModel, table=True):
    """What someone proposed. `revision` grows with everything that its card could show."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        UniqueConstraint("board_id", "origin"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    number: int
    origin: str  # the submitted view's id: a submission that comes twice proposes once
    proposer: str
    proposed_at: datetime
    proposal: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = 1


class ScoreRow(SQLModel, table=True):
    """The impact that a person sees in a project for one value, given in the form."""

    __tablename__ = "score"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    impact: int
    given_at: datetime


class CommentRow(SQLModel, table=True):
    """What a person wrote beside their score."""

    __tablename__ = "comment"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    text: str


class ReactionRow(SQLModel, table=True):
    """A reaction to a message of ours, as Slack sent it; votes are derived from these.

    It hangs from the message, not from a project: so it can be stored before the answer to the
    post that made the card has arrived, and a card that is posted again keeps its old votes.
    """

    __tablename__ = "reaction"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    message_ts: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    emoji: str = Field(primary_key=True)
    present: bool
    event_ts: int = Field(sa_column=Column(BigInteger, nullable=False))  # microseconds


class Kind(StrEnum):
    """Who someone is to a workspace. Only a member has a vote."""

    UNKNOWN = "unknown"  # Slack has not been asked yet
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    STRANGER = "stranger"  # of another workspace, in a shared channel
    DEACTIVATED = "deactivated"


class PersonRow(SQLModel, table=True):
    """What Slack says of a person who acted on a board."""

    __tablename__ = "person"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    kind: str = Kind.UNKNOWN
    time_zone: str | None = None
    asked_at: datetime | None = None  # when Slack last said so


class FireRow(SQLModel, table=True):
    """A value that someone said is burning, and who said when that it no longer is."""

    __tablename__ = "fire"

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    value: str
    what: str
    declared_by: str
    declared_at: datetime
    cleared_by: str | None = None
    cleared_at: datetime | None = None


class PostKind(StrEnum):
    """Everything that the bot ever says in a channel."""

    INTRODUCTION = "introduction"
    CARD = "card"
    DIGEST = "digest"
    ROADMAP = "roadmap"
    FIRE = "fire"
    FIRE_OUT = "fire_out"


class PostState(StrEnum):
    """Where a post stands between the wish for it and Slack showing it."""

    DUE = "due"
    SENDING = "sending"
    POSTED = "posted"
    GONE = "gone"  # someone deleted it in Slack
    SUPERSEDED = "superseded"  # the next one came due before it could be posted


class PostRow(SQLModel, table=True):
    """A message that a channel is to show. The unique key is the claim: it appears once."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("board_id", "kind", "subject", "edition"),
        UniqueConstraint("board_id", "ts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    kind: str
    subject: str  # what it is about: a project's number, a week, a quarter, a fire
    edition: int = 1
    state: str = Field(default=PostState.DUE, index=True)
    attempts: int = 0
    taken_at: datetime | None = None  # by the process that is sending it
    first_tried_at: datetime | None = None
    ts: str | None = None
    permalink: str | None = None
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    shown_revision: int | None = None  # of the project, on a card
    ranks: dict[str, int] | None = Field(default=None, sa_column=Column(JSON))  # in a digest
