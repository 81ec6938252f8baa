"""The tables. Every row hangs from a board; all text is as people typed it, all times are UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.projects.lifecycle import Status

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
    joined_at: datetime | None = None  # when we were invited once more
    name: str | None = None  # None until Slack has been asked
    renamed_at: datetime | None = None  # when it told of a new one, until it has been asked
    time_zone: str | None = None  # None until the inviter's is known
    digest_weekday: int = 0  # Monday is 0
    digest_time: str = "09:30"
    people: float = 4
    weeks_away: float = 0
    fiscal_start: int = 1  # month
    work_starts: str = "09:00"  # on weekdays, by the board's clock: toil outside is out of hours
    work_ends: str = "18:00"
    stewards: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class CharterRow(SQLModel, table=True):
    """A version of what the board's team ranks by. Versions are kept."""

    __tablename__ = "charter"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    agreed_by: list[str] = Field(sa_column=Column(JSON, nullable=False))
    agreed_at: datetime


class DraftRow(SQLModel, table=True):
    """A change of the charter: drawn up, posted for agreement, then adopted or withdrawn.

    `revision` grows with everything that its post could show.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft_open",  # one at a time
            "board_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    base_version: int  # of the charter that it changes
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    proposed_by: str
    proposed_at: datetime
    posted_at: datetime | None = None  # for agreement; None while it is drawn up
    revision: int = 1
    closed_by: str | None = None
    closed_at: datetime | None = None
    adopted_version: int | None = None


class AnswerRow(SQLModel, table=True):
    """Whether a person agrees with a draft."""

    __tablename__ = "answer"

    draft_id: int = Field(primary_key=True, foreign_key="draft.id")
    person: str = Field(primary_key=True)
    agrees: bool
    given_at: datetime


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
    origin: str  # the submitted view's id: a form that is sent twice proposes once
    proposer: str
    proposed_at: datetime
    proposal: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = 1
    status: str = Status.OPEN
    status_reason: str = ""
    status_by: str | None = None
    status_at: datetime | None = None
    merged_into: int | None = Field(default=None, foreign_key="project.id", index=True)
    handed_to: str = ""  # who should do what is out of scope
    steps_done: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class HistoryRow(SQLModel, table=True):
    """Who did what to a project, in its own words."""

    __tablename__ = "history"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    at: datetime
    person: str
    what: str
    detail: str = ""


class OutcomeRow(SQLModel, table=True):
    """What a shipped project really moved, as a person who had scored it sees it afterwards."""

    __tablename__ = "outcome"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    impact: int
    given_at: datetime


class ScoreRow(SQLModel, table=True):
    """The impact that a person sees in a project for one value, given in the form."""

    __tablename__ = "score"
    # Ranking reads all scores: from this index alone, in the order in which it groups them.
    __table_args__ = (Index("ix_score_read", "project_id", "person", "value", "impact"),)

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


class UserActionRow(SQLModel, table=True):
    """An act of a person that has written what it was to write."""

    __tablename__ = "act"

    trigger_id: str = Field(primary_key=True)
    taken_at: datetime


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


class AccountType(StrEnum):
    """Who someone is to a workspace. Only a member has a vote."""

    UNKNOWN = "unknown"  # Slack has not been asked yet
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    EXTERNAL = "stranger"  # of another workspace, in a shared channel
    DEACTIVATED = "deactivated"


class PersonRow(SQLModel, table=True):
    """What Slack says of a person who acted on a board."""

    __tablename__ = "person"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    kind: str = AccountType.UNKNOWN
    time_zone: str | None = None
    wants_nudges: bool = True
    asked_at: datetime | None = None  # when Slack was last asked
    changed_at: datetime | None = None  # when Slack last told of some change


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


class RoadmapRow(SQLModel, table=True):
    """A quarter as the team committed to it: a snapshot that later changes leave readable."""

    __tablename__ = "roadmap"
    __table_args__ = (UniqueConstraint("board_id", "quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    quarter: str  # its first day
    charter_version: int
    capacity: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    committed_by: str
    committed_at: datetime


class RoadmapItemRow(SQLModel, table=True):
    """A project that was committed to, as it stood then."""

    __tablename__ = "roadmap_item"

    roadmap_id: int = Field(primary_key=True, foreign_key="roadmap.id")
    project_id: int = Field(primary_key=True, foreign_key="project.id")
    rank: int
    needle: float
    effort_weeks: float
    impact: dict[str, float] = Field(sa_column=Column(JSON, nullable=False))
    carried_over: bool = False


class RoadmapChangeRow(SQLModel, table=True):
    """A project that came in or went out after the commit, and why."""

    __tablename__ = "roadmap_change"

    id: int | None = Field(default=None, primary_key=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    project_id: int = Field(foreign_key="project.id")
    taken_in: bool  # or out
    reason: str
    by: str
    at: datetime


class ToilRow(SQLModel, table=True):
    """A page, a bug or an interrupt: work that nobody planned."""

    __tablename__ = "toil"
    __table_args__ = (UniqueConstraint("board_id", "origin"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    origin: str  # what it came with: an entry that comes twice counts once
    kind: str
    source: str
    minutes: int
    at: datetime
    out_of_hours: bool
    note: str = ""
    by: str


class PostKind(StrEnum):
    """All that the bot ever says on its own: in the channel, in a thread of it, or privately."""

    INTRODUCTION = "introduction"
    CARD = "card"
    DIGEST = "digest"
    ROADMAP = "roadmap"
    FIRE = "fire"
    FIRE_OUT = "fire_out"
    DRAFT = "draft"  # a change of the charter, for agreement
    RETROSPECTIVE = "retrospective"  # of a quarter
    DISPUTE = "dispute"  # in the thread of a card
    OLD_FIRE = "old_fire"  # privately, to who declared it
    NUDGE = "nudge"  # privately, to who has scores to give
    OUTCOME = "outcome"  # privately, to who scored what has shipped
    PAYBACK = "payback"  # in the thread of a card


THREAD_KINDS = (PostKind.DISPUTE, PostKind.PAYBACK)


class PostState(StrEnum):
    """Where a post stands between the wish for it and Slack showing it."""

    DUE = "due"
    SENDING = "sending"
    POSTED = "posted"
    GONE = "gone"  # someone deleted it in Slack
    CANCELED = "withheld"  # it is no longer so, or who it was for has left the channel
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
    subject: str  # what it is about: a project's number, a week, a quarter's first day, a fire
    edition: int = 1
    person: str | None = None  # to whom alone it is said
    state: str = Field(default=PostState.DUE, index=True)
    attempts: int = 0  # times it was taken: who took it earlier has lost it
    taken_at: datetime | None = None  # by the process that is sending it
    first_tried_at: datetime | None = None  # since when Slack may show it
    ts: str | None = None
    permalink: str | None = None
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    shown_revision: int | None = None  # of what it shows: a project or a draft
    ranks: dict[str, int] | None = Field(default=None, sa_column=Column(JSON))  # in a digest
    shipped: list[int] | None = Field(default=None, sa_column=Column(JSON))  # as a digest told
