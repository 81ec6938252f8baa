"""Boards: channels that rank work, with their settings, stewards and charter."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from domain.calendar.cadence import Cadence, DuePeriod
from domain.calendar.time_zones import DEFAULT_TIME_ZONE, is_time_zone, normalize_time_zone
from domain.calendar.working_hours import WorkingHours
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from storage import locks
from storage.boards import charters, removal
from storage.database import insert_into
from storage.locks import OfBoard, StoreWide
from storage.people.people import known_non_members, request_lookup
from storage.posts import outbox
from storage.posts.subjects import BoardSubject
from storage.readable_rows import UNREADABLE, skip_unreadable
from storage.tables import BoardRow, BoardScheduleRow, PostKind, PostRow
from storage.value_lists import is_listed, is_listed_in

# These run in each pass and each request. Building a statement takes as long as running it.
SELECT_ID = select(BoardRow.id).where(
    BoardRow.team_id == bindparam("of_team"), BoardRow.channel_id == bindparam("in_channel")
)
SELECT_ALL = select(BoardRow).order_by(col(BoardRow.id))
SELECT_THESE = SELECT_ALL.where(is_listed_in(col(BoardRow.id), "of_boards"))
INVITATION_WINDOW = timedelta(minutes=10)  # Slack repeats an event for up to six.


def channel_label(name: str | None, channel_id: str) -> str:
    """Return the channel's name with #, or its ID until Slack has told its name."""
    return f"#{name}" if name else channel_id


class Board(BaseModel):
    """A board with its current charter. Its name and time zone are unknown until Slack is asked."""

    model_config = ConfigDict(frozen=True)

    id: int
    team_id: str
    channel_id: str
    created_at: datetime
    invited_by: str | None
    joined_at: datetime | None  # When Needle was last invited again.
    name: str | None
    renamed_at: datetime | None  # Set from a rename event until Slack is asked for the name.
    cadence: Cadence
    hours: WorkingHours
    people: float | None  # None until a steward sets it.
    full_members: int | None  # In the channel. None until Slack lists its members.
    members_changed_at: datetime | None  # Set from an event until Slack lists them again.
    weeks_away: float
    stewards: tuple[str, ...]  # Without people who are known not to be members.
    charter: Charter
    charter_version: int
    digests_paused_until: date | None = None  # The first day that gets a digest again.
    conflicting_store: str | None = None  # Its posts are in the channel: the board is paused.
    adopted_stores: tuple[str, ...] = ()  # Their posts count as this store's.
    unknown_time_zone: str | None = None  # Stored, but unknown here: UTC is used instead.

    @property
    def label(self) -> str:
        """The channel's name with #, or its ID."""
        return channel_label(self.name, self.channel_id)

    def is_paused(self, now: datetime) -> bool:
        """Return whether digests are paused."""
        return self.skips_digest_on(self.cadence.today(now))

    def skips_digest_on(self, day: date) -> bool:
        """Return whether the digest that is due on this day is skipped."""
        return self.digests_paused_until is not None and day < self.digests_paused_until

    def next_digest(self, now: datetime) -> DuePeriod:
        """Return the first digest that isn't due yet at `now`, and isn't skipped."""
        due = self.cadence.next_digest(now)
        resumes_on = self.digests_paused_until
        if resumes_on is None or self.cadence.today(due.due_at) >= resumes_on:
            return due
        return self.cadence.first_digest_from(resumes_on)

    @property
    def has_conflict(self) -> bool:
        """Whether the board is paused, because another store posted in its channel."""
        return self.conflicting_store is not None

    @property
    def quorum_needed(self) -> int:
        """How many people must score a project: no more than the channel has full members."""
        return self.charter.needed_quorum(self.full_members)

    def is_steward(self, person: str) -> bool:
        """Return whether the person is a steward. While a board has no steward, everyone is."""
        return not self.stewards or person in self.stewards


def create(
    session: Session, team_id: str, channel_id: str, invited_by: str | None, now: datetime
) -> bool:
    """Make a channel a board and queue its introduction. Return False if it is a board already.

    Needle may find the channel before Slack's event says who invited it. The event then adds the
    inviter. The caller has the store-wide lock.
    """
    stewards = [invited_by] if invited_by else []
    row = BoardRow(
        team_id=team_id,
        channel_id=channel_id,
        created_at=now,
        invited_by=invited_by,
        stewards=stewards,
    )
    board_id = session.execute(
        insert_into(session, BoardRow)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(BoardRow.id))
    ).scalar()
    if board_id is None:
        if invited_by:
            _set_inviter(session, team_id, channel_id, invited_by, now)
        return False
    session.add(BoardScheduleRow(board_id=board_id))
    removal.allow(session, team_id, channel_id)
    _add_stewards(session, board_id, stewards)
    charters.adopt(session, board_id, DEFAULT_CHARTER, version=1, agreed_by=stewards, now=now)
    outbox.enqueue(session, board_id, PostKind.INTRODUCTION, BoardSubject())
    return True


def team_ids(session: Session) -> list[str]:
    """Return the workspaces that have boards, in order."""
    statement = select(BoardRow.team_id).distinct().order_by(BoardRow.team_id)
    return list(session.exec(statement).all())


def mark_rejoined(session: Session, team_id: str, channel_id: str, now: datetime) -> None:
    """Record that Needle was invited again: Slack sent no events in between."""
    session.execute(
        update(BoardRow)
        .where(col(BoardRow.team_id) == team_id, col(BoardRow.channel_id) == channel_id)
        .values(joined_at=now)
    )


def _set_inviter(
    session: Session, team_id: str, channel_id: str, invited_by: str, now: datetime
) -> None:
    """Add the inviter to a board that was just created without one.

    A later invitation must not make anyone a steward.
    """
    board_id = find_id(session, team_id, channel_id)
    if board_id is not None:
        locks.acquire(session, OfBoard(board_id))
    row = session.exec(
        select(BoardRow).where(
            BoardRow.team_id == team_id,
            BoardRow.channel_id == channel_id,
            col(BoardRow.invited_by).is_(None),
            BoardRow.created_at > now - INVITATION_WINDOW,
        )
    ).first()
    if row is not None and row.id is not None:
        row.invited_by = invited_by
        row.stewards = row.stewards or [invited_by]
        _add_stewards(session, row.id, row.stewards)
        charters.set_first_agreement(session, row.id, invited_by)
        row.name = None  # Then Slack is asked for the inviter's time zone.
        session.add(row)


def mark_conflict(session: Session, board_id: int, store_id: str) -> None:
    """Record that another store posted in the channel. `store_id` is "" if its posts don't say.

    Do nothing if the store was adopted, even if another process hadn't read that yet.
    """
    row = session.get_one(BoardRow, board_id)
    if store_id not in row.adopted_stores:
        row.conflicting_store = store_id
        session.add(row)


def adopt_conflicting_store(session: Session, board_id: int, now: datetime) -> None:
    """End a conflict, so that the other store's posts count as this store's.

    The channel is then read back again, as after an invitation.
    """
    row = session.get_one(BoardRow, board_id)
    if row.conflicting_store is not None:
        row.adopted_stores = sorted({*row.adopted_stores, row.conflicting_store})
        row.conflicting_store = None
        row.joined_at = now
        session.add(row)


def mark_number_seen(session: Session, board_id: int, number: int) -> None:
    """Record that the channel has a card with this number, so that no new project gets it."""
    session.execute(
        update(BoardRow)
        .where(col(BoardRow.id) == board_id, col(BoardRow.highest_number) < number)
        .values(highest_number=number)
    )


def follow(session: Session, board_id: int, team_id: str, channel_id: str, now: datetime) -> bool:
    """Move a board to the new id of its channel. Name and permalinks must be looked up again.

    Remove the board that backfill may have made of the new id. If people stored anything on that
    board, change nothing and return False. The caller has the store-wide lock.
    """
    new_id = find_id(session, team_id, channel_id)
    locks.acquire(session, StoreWide((board_id,) if new_id is None else (board_id, new_id)))
    row = session.exec(
        select(BoardRow).where(BoardRow.id == board_id, BoardRow.team_id == team_id)
    ).first()
    if row is None or new_id == board_id:
        return False
    if new_id is not None:
        if not removal.contents(session, new_id).is_empty:
            return False
        removal.remove(session, new_id)
        row = session.get_one(BoardRow, board_id)
    row.channel_id, row.name, row.joined_at = channel_id, None, now
    session.add(row)
    session.execute(update(PostRow).where(col(PostRow.board_id) == board_id).values(permalink=None))
    return True


def find(session: Session, team_id: str, channel_id: str) -> Board | None:
    board_id = find_id(session, team_id, channel_id)
    return None if board_id is None else get(session, board_id)


def find_id(session: Session, team_id: str, channel_id: str) -> int | None:
    return session.exec(SELECT_ID, params={"of_team": team_id, "in_channel": channel_id}).first()


def get(session: Session, board_id: int) -> Board:
    row = session.get_one(BoardRow, board_id)
    non_members = known_non_members(session, row.stewards)
    return _board(row, charters.current(session, board_id), non_members)


def _board(
    row: BoardRow, version: charters.Version, non_members: Container[tuple[str, str]]
) -> Board:
    """Return the board. `non_members` holds (team id, user id) of people who aren't members."""
    known_zone = normalize_time_zone(row.time_zone or DEFAULT_TIME_ZONE)
    time_zone = known_zone or DEFAULT_TIME_ZONE
    return Board(
        **row.model_dump(include=set(Board.model_fields) - {"stewards"}),
        stewards=tuple(
            person for person in row.stewards if (row.team_id, person) not in non_members
        ),
        cadence=Cadence(
            time_zone=time_zone,
            digest_weekday=row.digest_weekday,
            digest_time=time.fromisoformat(row.digest_time),
            fiscal_start=row.fiscal_start,
        ),
        hours=WorkingHours(
            time_zone=time_zone,
            starts=time.fromisoformat(row.work_starts),
            ends=time.fromisoformat(row.work_ends),
        ),
        charter=version.charter,
        charter_version=version.version,
        unknown_time_zone=row.time_zone if known_zone is None else None,
    )


def list_known_channels(session: Session, team_id: str) -> set[str]:
    """Return the channels of a workspace that are boards, or whose boards were removed."""
    boards = session.exec(select(BoardRow.channel_id).where(BoardRow.team_id == team_id)).all()
    return {*boards, *removal.list_forbidden(session, team_id)}


def list_all(session: Session) -> list[Board]:
    """Return the boards, without those that can't be read: `unreadable_rows` names them."""
    try:
        versions = charters.current_by_board(session)
        return _boards(session, session.exec(SELECT_ALL).all(), versions)
    except UNREADABLE:
        return list(_readable_boards(session))


def list_these(session: Session, board_ids: Collection[int]) -> list[Board]:
    """Return these boards, without those that can't be read. Read no others."""
    if not board_ids:
        return []
    try:
        versions = charters.current_of(session, board_ids)
        rows = session.exec(SELECT_THESE, params={"of_boards": [*board_ids]}).all()
        return _boards(session, rows, versions)
    except UNREADABLE:
        return list(_readable_boards(session, board_ids))


def _boards(
    session: Session, rows: Sequence[BoardRow], versions: Mapping[int, charters.Version]
) -> list[Board]:
    stewards = {person for row in rows for person in row.stewards}
    non_members = known_non_members(session, stewards)
    return [_board(row, versions[row.id], non_members) for row in rows if row.id is not None]


def _readable_boards(session: Session, board_ids: Collection[int] | None = None) -> Iterator[Board]:
    """Yield each board that can be read, with a query for each."""
    names = select(BoardRow.id, BoardRow.name, BoardRow.channel_id).order_by(col(BoardRow.id))
    for board_id, name, channel_id in session.exec(names).all():
        if board_id is not None and (board_ids is None or board_id in board_ids):
            with skip_unreadable(session, channel_label(name, channel_id), board_id):
                yield get(session, board_id)


def list_paused_labels(session: Session) -> list[str]:
    """Return the labels of the boards that are paused because another store posted there."""
    paused = col(BoardRow.conflicting_store).is_not(None)
    names = select(BoardRow.name, BoardRow.channel_id).where(paused).order_by(col(BoardRow.id))
    return [channel_label(name, channel_id) for name, channel_id in session.exec(names).all()]


def find_by_name(session: Session, name: str) -> list[Board]:
    """Return the boards with this channel id or name. The name may start with #."""
    id_or_name = name.removeprefix("#")
    return [board for board in list_all(session) if id_or_name in (board.channel_id, board.name)]


def mark_renamed(session: Session, team_id: str, channel_id: str, now: datetime) -> None:
    """Record that Slack must be asked for the channel's name, if the channel is a board."""
    session.execute(
        update(BoardRow)
        .where(col(BoardRow.team_id) == team_id, col(BoardRow.channel_id) == channel_id)
        .values(renamed_at=now)
    )


def save_channel_info(session: Session, board: Board, name: str, time_zone: str | None) -> None:
    """Store what Slack says about the channel, and the inviter's time zone if none is set.

    Ignore a time zone that Needle doesn't know: the board stays on UTC. If the channel was
    renamed after Slack was asked (`board`), Slack must be asked again.
    """
    row = session.get_one(BoardRow, board.id)
    row.name = name
    if row.renamed_at == board.renamed_at:
        row.renamed_at = None
    if row.time_zone is None and time_zone is not None and is_time_zone(time_zone):
        row.time_zone = time_zone
    session.add(row)


def mark_members_changed(
    session: Session, team_id: str, channel_ids: Collection[str], now: datetime
) -> None:
    """Record that Slack must be asked who is in these channels, if they are boards."""
    session.execute(
        update(BoardRow)
        .where(col(BoardRow.team_id) == team_id, is_listed(col(BoardRow.channel_id), channel_ids))
        .values(members_changed_at=now)
    )


def release_absent_stewards(session: Session, board_id: int, present: Collection[str]) -> None:
    """Take stewardship from people who aren't among the channel's members.

    If no steward is left, every full member is a steward.
    """
    row = session.get_one(BoardRow, board_id)
    remaining = [person for person in row.stewards if person in present]
    if remaining != row.stewards:
        row.stewards = remaining
        session.add(row)


def set_name(session: Session, board_id: int, name: str) -> None:
    """Store a new channel name, unless the board has no name yet.

    Slack must then be asked for more than the name.
    """
    row = session.get_one(BoardRow, board_id)
    if row.name is not None:
        row.name = name
        session.add(row)


def change_settings(
    session: Session,
    board: Board,
    *,
    cadence: Cadence,
    people: float | None,
    weeks_away: float,
    stewards: tuple[str, ...],
    quorum: int,
    by: str,
    now: datetime,
) -> None:
    """Store a steward's changes. A changed quorum makes a new charter version."""
    row = session.get_one(BoardRow, board.id)
    row.time_zone = cadence.time_zone
    row.digest_weekday = cadence.digest_weekday
    row.digest_time = cadence.digest_time.isoformat("minutes")
    row.fiscal_start = cadence.fiscal_start
    row.people = people
    row.weeks_away = weeks_away
    row.stewards = list(stewards)
    _add_stewards(session, board.id, stewards)
    session.add(row)
    current = charters.current(session, board.id)
    if quorum != current.charter.quorum:
        charter = current.charter.with_settings(quorum=quorum)
        version = current.version + 1
        charters.adopt(session, board.id, charter, version=version, agreed_by=[by], now=now)


def pause_digests(session: Session, board: Board, until: date | None, now: datetime) -> None:
    """Pause the board's digests until a day, or resume them today if `until` is None.

    Digests that came due during a pause stay skipped.
    """
    row = session.get_one(BoardRow, board.id)
    if until is not None:
        row.digests_paused_until = until
    elif board.is_paused(now):
        row.digests_paused_until = board.cadence.today(now)
    session.add(row)


def _add_stewards(session: Session, board_id: int, stewards: Iterable[str]) -> None:
    """Let Slack be asked who the stewards are."""
    for person in stewards:
        request_lookup(session, board_id, person)


def change_hours(session: Session, board_id: int, starts: time, ends: time) -> None:
    """Store the working hours. Logged toil keeps its hours."""
    row = session.get_one(BoardRow, board_id)
    row.work_starts, row.work_ends = starts.isoformat("minutes"), ends.isoformat("minutes")
    session.add(row)
