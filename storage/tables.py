"""Database tables. All text is as people typed it, and all times are UTC."""

from datetime import date, datetime
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


class StoreRow(SQLModel, table=True):
    """The store itself. The table has one row."""

    __tablename__ = "store"

    id: int | None = Field(default=None, primary_key=True)  # Always 1.
    store_id: str  # Random and permanent. Copies and backups have the same ID.
    team_id: str | None = None  # The workspace of the first bot token that was used with it.
    has_unnamed_posts: bool = False  # Versions before permanent ids posted with it.
    moved_to: str | None = None  # The database that it was copied to. No bot may use it since.


class BoardRow(SQLModel, table=True):
    """A Slack channel that ranks work."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("team_id", "channel_id"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    channel_id: str
    created_at: datetime
    invited_by: str | None
    joined_at: datetime | None = None  # When Needle was last invited again.
    name: str | None = None  # None until Slack is asked.
    renamed_at: datetime | None = None  # From a rename event until Slack is asked.
    time_zone: str | None = None  # None until Slack returns the inviter's.
    digest_weekday: int = 0  # Monday is 0.
    digest_time: str = "09:30"
    people: float | None = None  # None until a steward sets it.
    full_members: int | None = None  # In the channel. None until Slack lists its members.
    members_changed_at: datetime | None = None  # Until Slack is asked who is in the channel.
    weeks_away: float = 0
    fiscal_start: int = 1  # The month.
    work_starts: str = "09:00"  # On weekdays, in the board's time zone.
    work_ends: str = "18:00"
    stewards: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    digests_paused_until: date | None = None  # The first day that gets a digest again.
    # The other store whose posts paused the board, until someone ends the pause.
    conflicting_store: str | None = None
    adopted_stores: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    highest_number: int = 0  # On the cards in the channel, whichever store posted them.


class BoardScheduleRow(SQLModel, table=True):
    """When something may next be due on a board. `storage.schedule` says how it stays true.

    It is a table of its own, because the scheduler reads it each minute, and every transaction
    that changes a board's rows writes it.
    """

    __tablename__ = "board_schedule"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    changes: int = 0  # of the board's rows, since it has a schedule
    due_at: datetime | None = Field(default=None, index=True)  # None: the board must be checked.


class RemovedBoardRow(SQLModel, table=True):
    """A channel whose board an operator removed. Only an invitation makes it a board again."""

    __tablename__ = "removed_board"

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)


class CharterRow(SQLModel, table=True):
    """A version of a board's charter. Versions are kept."""

    __tablename__ = "charter"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    agreed_by: list[str] = Field(sa_column=Column(JSON, nullable=False))
    agreed_at: datetime
    by_upgrade: bool = False  # An upgrade of Needle added parameters; nobody had to agree.


class ChannelMemberRow(SQLModel, table=True):
    """A person in a board's channel, whatever their account type."""

    __tablename__ = "channel_member"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    person: str = Field(primary_key=True, index=True)


class DraftRow(SQLModel, table=True):
    """A charter draft: edited, posted for agreement, then adopted or withdrawn.

    `revision` grows with everything that its post shows.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft_open",  # One open draft for each board.
            "board_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    base_version: int  # The version that it changes.
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    proposed_by: str
    proposed_at: datetime
    posted_at: datetime | None = None  # None while it is edited.
    revision: int = 1
    closed_by: str | None = None
    closed_at: datetime | None = None
    adopted_version: int | None = None


class AnswerRow(SQLModel, table=True):
    """Answer that a person gave to a charter draft with a button.

    Reactions on the draft's post are answers too. When the draft is closed, the answers that count
    then are stored here.
    """

    __tablename__ = "answer"

    draft_id: int = Field(primary_key=True, foreign_key="draft.id")
    person: str = Field(primary_key=True)
    agrees: bool
    given_at: datetime


class ObjectionRow(SQLModel, table=True):
    """The reason of a person's objection to a charter draft. It shows while the person objects."""

    __tablename__ = "objection"

    draft_id: int = Field(primary_key=True, foreign_key="draft.id")
    person: str = Field(primary_key=True)
    reason: str


# The condition of a partial index. A query uses such an index only if it has the same condition,
# with the value in its text: https://www.sqlite.org/partialindex.html
IS_SHIPPED = text("status = 'shipped'")


class ProjectRow(SQLModel, table=True):
    """A project. `revision` grows with everything that its card shows."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        UniqueConstraint("board_id", "origin"),
        Index("uq_project_permanent_id", "permanent_id", unique=True),
        # Each minute, the scheduler looks in this index alone for projects to reveal.
        Index("ix_project_reveal", "board_id", "status", "revealed_at", "proposed_at"),
        Index("ix_project_proposed_at", "board_id", "proposed_at"),
        # A board's open projects are read alone, and those that shipped by their time.
        Index("ix_project_status", "board_id", "status", "status_at", "number"),
        Index(
            "ix_project_digest_week",
            "board_id",
            "digest_week",
            "status_at",
            "number",
            sqlite_where=IS_SHIPPED,
            postgresql_where=IS_SHIPPED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    permanent_id: str  # The id of the store in which it was proposed, "-", and a random text.
    number: int  # For people. Buttons and messages name a project by its permanent id.
    origin: str = Field(index=True)  # The form's id: a form submitted twice proposes once.
    proposer: str
    proposed_at: datetime
    proposal: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = 1
    changed_at: datetime  # When a person last changed the proposal, owner, steps or status.
    status: str = Status.OPEN
    status_reason: str = ""
    status_by: str | None = None
    status_at: datetime | None = None
    # The week of the first posted digest that named the last shipping, from what the posts store.
    digest_week: str | None = None
    merged_into: int | None = Field(default=None, foreign_key="project.id", index=True)
    handed_to: str = ""  # Who should do it, if it is handed off.
    owner: str | None = None  # Who does it.
    steps_done: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    revealed_at: datetime | None = None  # Since when one score is enough to show results.


class HistoryRow(SQLModel, table=True):
    """An event in a project's history."""

    __tablename__ = "history"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    at: datetime
    person: str
    what: str
    detail: str = ""


class OutcomeRow(SQLModel, table=True):
    """Impact of a shipped project on one value, as reported by a person who had scored it."""

    __tablename__ = "outcome"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    impact: int
    given_at: datetime


class ScoreRow(SQLModel, table=True):
    """The impacts of a project on values, as a person gave them in the form."""

    __tablename__ = "score"
    # Ranking reads all scores of a project. SQLite stores them together, without a second tree:
    # https://www.sqlite.org/withoutrowid.html
    __table_args__ = ({"sqlite_with_rowid": False},)

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    # By value. None: the person has no opinion.
    impacts: dict[str, int | None] = Field(sa_column=Column(JSON, nullable=False))
    given_at: datetime


class CommentRow(SQLModel, table=True):
    """A person's comment on their score."""

    __tablename__ = "comment"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    person: str = Field(primary_key=True)
    text: str


class UserActionRow(SQLModel, table=True):
    """The idempotency key of a user action that has written."""

    __tablename__ = "act"

    trigger_id: str = Field(primary_key=True)
    taken_at: datetime


class ReactionRow(SQLModel, table=True):
    """A reaction on one of Needle's messages, as Slack sent it. Votes are derived from these.

    It belongs to the message, not to a project. So it can be stored before Slack's answer to the
    post of a card arrives, and a card that is posted again keeps its votes.
    """

    __tablename__ = "reaction"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    message_ts: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    emoji: str = Field(primary_key=True)
    present: bool
    event_ts: int = Field(sa_column=Column(BigInteger, nullable=False))  # Microseconds.
    is_backfilled: bool = False  # Found later, so that `event_ts` isn't the time of the reaction.


class AccountType(StrEnum):
    """A person's account type in a workspace. Only a member has a vote."""

    UNKNOWN = "unknown"  # Slack hasn't been asked.
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    EXTERNAL = "stranger"  # From another workspace, in a shared channel.
    DEACTIVATED = "deactivated"


class PersonRow(SQLModel, table=True):
    """A person who acted on a board, as Slack describes them."""

    __tablename__ = "person"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    kind: str = AccountType.UNKNOWN
    name: str | None = None  # As Slack shows it; None until Slack is asked.
    time_zone: str | None = None
    wants_nudges: bool = True
    asked_at: datetime | None = None  # When Slack was last asked.
    changed_at: datetime | None = None  # When Slack last reported a change.


class PersonLookupRow(SQLModel, table=True):
    """A person who acted on a board while their account type wasn't known. Slack must be asked.

    Then their votes on the board may count. Board writers store people here, because another
    board's writer may store the same person at the same time, and neither may wait for the other.
    """

    __tablename__ = "person_lookup"

    board_id: int = Field(primary_key=True, foreign_key="board.id")
    person: str = Field(primary_key=True, index=True)


class HomeRow(SQLModel, table=True):
    """A person's App Home, once Needle has published it.

    `revision` grows each time the person leaves a board's channel.
    """

    __tablename__ = "home"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    revision: int = 0
    shown_revision: int = 0  # in Slack


class FireRow(SQLModel, table=True):
    """A fire: a value that burns, and who declared and cleared it.

    `revision` grows with everything that its post shows.
    """

    __tablename__ = "fire"

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    value: str
    what: str
    declared_by: str
    declared_at: datetime
    cleared_by: str | None = None
    cleared_at: datetime | None = None
    reason_by: str | None = None  # Who gave the reason, if not the person who declared the fire.
    revision: int = 1


class RoadmapRow(SQLModel, table=True):
    """A committed quarter: a snapshot that later changes don't alter.

    A commit that was undone is kept until the quarter is committed again.
    """

    __tablename__ = "roadmap"
    __table_args__ = (UniqueConstraint("board_id", "quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    quarter: str  # Its first day.
    charter_version: int
    capacity: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    committed_by: str
    committed_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


class RoadmapItemRow(SQLModel, table=True):
    """A committed project, as it was at the commit."""

    __tablename__ = "roadmap_item"

    roadmap_id: int = Field(primary_key=True, foreign_key="roadmap.id")
    project_id: int = Field(primary_key=True, foreign_key="project.id")
    rank: int
    needle: float
    effort_weeks: float
    impact: dict[str, float] = Field(sa_column=Column(JSON, nullable=False))
    carried_over: bool = False


class RoadmapChangeRow(SQLModel, table=True):
    """A project that was added or removed after the commit, and the reason."""

    __tablename__ = "roadmap_change"

    id: int | None = Field(default=None, primary_key=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    project_id: int = Field(foreign_key="project.id")
    taken_in: bool  # False if it was taken out.
    # The project as it was then. None if it was taken out, or added before migration 0024.
    taken_in_as: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )
    reason: str
    by: str
    at: datetime


class ToilRow(SQLModel, table=True):
    """A page, a bug or an interrupt: unplanned work."""

    __tablename__ = "toil"
    __table_args__ = (
        UniqueConstraint("board_id", "origin"),
        Index("ix_toil_board_id_at", "board_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    origin: str  # Identifies the source: an entry that comes twice counts once.
    kind: str
    source: str
    minutes: int
    at: datetime
    out_of_hours: bool
    note: str = ""
    by: str


class PostKind(StrEnum):
    """Every kind of message that Needle posts on its own: in channels, threads and DMs."""

    INTRODUCTION = "introduction"
    CARD = "card"
    DIGEST = "digest"
    ROADMAP = "roadmap"
    FIRE = "fire"
    FIRE_OUT = "fire_out"
    DRAFT = "draft"  # A charter draft, for agreement.
    RETROSPECTIVE = "retrospective"
    DISPUTE = "dispute"  # In a card's thread.
    OLD_FIRE = "old_fire"  # A DM to the person who declared it.
    NUDGE = "nudge"  # A DM to a person who owes scores.
    OUTCOME = "outcome"  # A DM to a person who scored a shipped project.
    PAYBACK = "payback"  # In a card's thread.
    UPDATE = "update"  # In a card's thread: what happened to the project.
    OWNER_LEFT = "owner_left"  # A DM to a steward.
    ROADMAP_CHANGE = "roadmap_change"  # In a roadmap's thread.
    ROADMAP_ANNOUNCEMENT = "roadmap_announcement"  # In a roadmap's thread and in the channel.


CARD_THREAD_KINDS = (PostKind.DISPUTE, PostKind.PAYBACK, PostKind.UPDATE)
ROADMAP_THREAD_KINDS = (PostKind.ROADMAP_CHANGE, PostKind.ROADMAP_ANNOUNCEMENT)
THREAD_KINDS = (*CARD_THREAD_KINDS, *ROADMAP_THREAD_KINDS)


class PostState(StrEnum):
    """Delivery state of a post."""

    DUE = "due"
    SENDING = "sending"
    POSTED = "posted"
    GONE = "gone"  # Someone deleted it in Slack.
    CANCELED = "withheld"  # It is obsolete, or its recipient left the channel.
    SUPERSEDED = "superseded"  # The next period came before it was posted.


# Conditions of partial indexes. A query uses such an index only if it has the same condition, with
# the values in its text: https://www.sqlite.org/partialindex.html
IS_PENDING = text("state IN ('due', 'sending')")
LACKS_PERMALINK = text(
    "permalink IS NULL AND state = 'posted' AND kind IN ('card', 'draft', 'roadmap')"
)

IS_REDRAWN = text("state = 'posted' AND kind IN ('card', 'draft', 'fire', 'dispute')")
IS_OF_QUARTER = text("state = 'posted' AND kind IN ('roadmap', 'retrospective')")
HAS_RECIPIENT = text("person IS NOT NULL")


class PostRow(SQLModel, table=True):
    """A message in the outbox. The unique key makes it appear once."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("board_id", "kind", "subject", "edition"),
        UniqueConstraint("board_id", "ts"),
        # Almost all posts are posted long ago, so an index of all states would find nothing faster.
        Index("ix_post_pending", "id", sqlite_where=IS_PENDING, postgresql_where=IS_PENDING),
        Index(
            "ix_post_redrawn",
            "project_id",
            "shown_revision",
            "kind",
            "subject",
            sqlite_where=IS_REDRAWN,
            postgresql_where=IS_REDRAWN,
        ),
        Index(
            "ix_post_of_quarter",
            "subject",
            sqlite_where=IS_OF_QUARTER,
            postgresql_where=IS_OF_QUARTER,
        ),
        Index(
            "ix_post_without_permalink",
            "id",
            sqlite_where=LACKS_PERMALINK,
            postgresql_where=LACKS_PERMALINK,
        ),
        Index(
            "ix_post_person",
            "person",
            "kind",
            sqlite_where=HAS_RECIPIENT,
            postgresql_where=HAS_RECIPIENT,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    kind: str
    subject: str  # What it is about, encoded by storage.posts.subjects.
    edition: int = 1
    person: str | None = None  # The recipient of a DM.
    state: str = PostState.DUE
    attempts: int = 0  # Number of claims. An earlier claim is void.
    taken_at: datetime | None = None  # When a process claimed it.
    first_tried_at: datetime | None = None  # Since when Slack may show it.
    ts: str | None = None
    permalink: str | None = None
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    shown_revision: int | None = None  # The revision of the project, draft or fire that it shows.
    ranks: dict[str, int] | None = Field(default=None, sa_column=Column(JSON))  # A digest's.
    shipped: list[int] | None = Field(default=None, sa_column=Column(JSON))  # Named by a digest.
    # When these were shipped, by number. None in digests of earlier versions.
    shippings: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))
