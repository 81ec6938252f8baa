"""Lookup tasks: questions to Slack about people, channels, and who is in them."""

from collections.abc import Iterable, Iterator

from bot.authorization.members import fetch_account_type, time_zone_of
from bot.clock import Clock
from bot.reconciler.limits import KNOWN_PEOPLE_PER_MINUTE, MINUTE, count_call
from bot.reconciler.tasks import (
    Action,
    ChannelInfoScope,
    KnownPeopleScope,
    MembersScope,
    PersonScope,
    Task,
    board_context,
)
from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.channel import read_channel
from bot.slack.answers.members import members_of
from bot.slack.client import BotClient
from bot.slack.rate_limiter import RateLimiter
from storage.boards import boards, channel_members
from storage.boards.boards import Board
from storage.database import Database
from storage.locks import OfBoard, StoreWide
from storage.projects import projects


class LookupTasks:
    """Tasks that store what Slack says about a person or a channel."""

    def __init__(
        self, database: Database, client: BotClient, clock: Clock, limiter: RateLimiter
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._limiter = limiter

    def of_known_board(self, board: Board) -> Iterator[Task]:
        """Yield tasks that look up what may have changed about a board's channel."""
        if board.name is not None and board.renamed_at is not None:
            yield self.of_channel(board)
        if board.full_members is None or board.members_changed_at is not None:
            yield self._of_members(board)

    def of_known_people(self, known: Iterable[tuple[str, str]]) -> Iterator[Task]:
        """Yield tasks that look known people up again, as long as others have calls left."""
        for person in known:
            if not self._limiter.is_available(KnownPeopleScope()):
                return
            yield self.of_person(*person, is_known=True)

    def of_person(self, team_id: str, person_id: str, *, is_known: bool = False) -> Task:
        """Return a task that saves a person's account type and time zone."""

        def run() -> None:
            if is_known:
                self._limiter.count_call(
                    KnownPeopleScope(), limit=KNOWN_PEOPLE_PER_MINUTE, window=MINUTE
                )
            count_call(self._limiter, "users.info")
            fetch_account_type(self._database, self._client, team_id, person_id)

        return Task(
            Action.PERSON_LOOKUP,
            PersonScope(team_id, person_id),
            ("users.info",),
            run,
            log_context={"person": person_id},
        )

    def of_channel(self, board: Board) -> Task:
        """Return a task that saves the channel's name and the inviter's time zone.

        The time zone schedules the digest until a steward sets one.
        """

        def run() -> None:
            channel = read_channel(self._client.conversations_info(channel=board.channel_id))
            time_zone = None
            if board.invited_by:
                count_call(self._limiter, "users.info")
                time_zone = time_zone_of(self._client, board.invited_by)
            with self._database.transaction(OfBoard(board.id)) as session:
                boards.save_channel_info(session, board, channel.name, time_zone)

        return Task(
            Action.CHANNEL_LOOKUP,
            ChannelInfoScope(board.id),
            ("conversations.info", "users.info"),
            run,
            called_channel=board.channel_id,
            log_context=board_context(board),
        )

    def _of_members(self, board: Board) -> Task:
        """Return a task that saves who is in the channel, for the quorum, owners and stewards.

        It leaves out Needle, which neither scores nor answers.
        """

        def run() -> None:
            count_call(self._limiter, "conversations.members")
            bot_user = read_identity(self._client.auth_test()).user_id
            members = members_of(self._client, board.channel_id) - {bot_user}
            with self._database.transaction(StoreWide((board.id,))) as session:
                is_current = channel_members.save(
                    session, board.id, members, last_change=board.members_changed_at
                )
                if is_current:
                    boards.release_absent_stewards(session, board.id, members)
                    projects.release_absent_owners(session, board.id, members, self._clock())

        return Task.in_channel_of(
            board,
            Action.MEMBERS_LOOKUP,
            MembersScope(board.id),
            ("auth.test", "conversations.members"),
            run,
        )
