"""Driver of the bot's parts for tests. The caller sets the time."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.reconciler.reconciler import Reconciler
from bot.service.scheduler import enqueue_due_posts
from bot.service.service import running
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, bot_clients
from bot.slack.slack_time import SlackTime
from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database, open_database
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject
from storage.projects import projects, scores
from storage.tables import AccountType, PostKind
from tests.support.bot_process import SandboxPeople, environment
from tests.support.slack_steps import invite
from tests.support.wait import wait_until

PASS_TIMEOUT = 20  # seconds, on a busy machine
# When the tests' board is created: a Friday in summer.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
# All Web API methods that the reconciler calls. For those of listeners, see
# tests/unit/bot/listeners/test_errors.py.
RECONCILER_METHODS = (
    "auth.test",
    "chat.getPermalink",
    "chat.postMessage",
    "chat.update",
    "conversations.history",
    "conversations.info",
    "conversations.members",
    "conversations.replies",
    "reactions.get",
    "users.conversations",
    "users.info",
)


class FakeClock:
    """A running clock whose time can be set. Its monotonic seconds advance with it."""

    def __init__(self, start: datetime) -> None:
        self.set_time(start)

    def set_time(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead.total_seconds()


@contextmanager
def running_bot(
    sandbox: Sandbox,
    folder: Path,
    clock: FakeClock,
    intervals: Intervals,
    settings: Mapping[str, str],
) -> Iterator[Database]:
    """Run the bot in #ops with this clock. Mia invites it and saves these settings."""
    team = SandboxPeople(SandboxClient(sandbox.url))
    told = {name.lower(): text for name, text in environment(sandbox, folder).items()}
    settings_of_run = RunSettings.model_validate(told)
    with running(
        settings_of_run,
        clock,
        intervals=intervals,
        monotonic=clock.monotonic,
        compares_clocks=False,  # Slack's clock isn't set
    ) as database:
        invite(team)
        team.mia.types("/roadmap settings")
        team.mia.sees_modal("Settings")
        team.mia.submits(**settings)
        team.mia.sees_no_modal()
        yield database


class BotDriver:
    """The bot's scheduler and reconciler, called by the test at a given time."""

    def __init__(self, store: Path, sandbox: Sandbox, api_url: str = "") -> None:
        self._store = store
        token = SecretStr(sandbox.bot_token)
        url = api_url or sandbox.api_url
        # A test sets the time without telling Slack.
        slack_time = SlackTime(self._clock, self._monotonic, compares_clocks=False)
        [self._client] = bot_clients(token, url, RECONCILER_TIMEOUT_SECONDS, slack_time=slack_time)
        self.database = open_database(f"sqlite:///{store}")
        self._now = FRIDAY
        self.time_taken: Callable[[], timedelta] = timedelta  # time that passes during a pass
        self._reconciler = self._new_reconciler()

    def restart(self) -> None:
        self.database.close()
        self.database = open_database(f"sqlite:///{self._store}")
        self._reconciler = self._new_reconciler()

    def run_until_posted(self, now: datetime) -> None:
        """Queue what is due at this time, and run passes until the outbox is empty."""
        self.queue_due_posts(now)
        for second in range(10):
            self.run_pass(now + timedelta(seconds=2 * second))
            with self.database.snapshot() as session:
                if not outbox.pending(session):
                    return
        raise AssertionError("something was not posted")

    def queue_due_posts(self, now: datetime) -> None:
        """Queue the posts that are due at this time."""
        enqueue_due_posts(self.database, now)

    def run_pass(self, now: datetime) -> timedelta:
        """Run a pass of the reconciler, and return how long it would wait for the next."""
        self._now = now
        return self._reconciler.run_pass()

    def count_calls_at(
        self, slack: SandboxClient, method: str, start: datetime, *seconds: int
    ) -> list[int]:
        """Run a pass at each of these seconds after `start`.

        Return the total calls of the method after each pass.
        """
        counted = []
        for each in seconds:
            self.run_pass(start + timedelta(seconds=each))
            counted.append(len(slack.api_calls(method)))
        return counted

    @contextmanager
    def run_in_thread(self, intervals: Intervals) -> Iterator[Reconciler]:
        """Run a reconciler in a thread with the real clock. Wait for its first pass."""
        reconciler = Reconciler(self.database, self._client, intervals=intervals)
        thread = Thread(target=reconciler.run)
        thread.start()
        try:
            wait_until(lambda: reconciler.last_pass is not None, PASS_TIMEOUT)
            yield reconciler
        finally:
            reconciler.stop()
            thread.join()

    def reconnect(self) -> None:
        """Request a backfill, as after a lost connection."""
        self._reconciler.request_backfill()

    @property
    def token_rejection(self) -> str:
        """Slack's reason for rejecting the bot token."""
        return self._client.token_status.rejection

    def call_and_expect_rejection(self, method: str) -> None:
        """Call a method from outside the reconciler, and expect an error."""
        with pytest.raises(SlackApiError):
            self._client.api_call(method)

    def add_unknown_people(self, slack: SandboxClient, *names: str) -> None:
        """Add people whose accounts haven't been looked up yet."""
        workspace = slack.workspace()
        ids = {each["name"]: each["id"] for each in workspace["people"]}
        with self.database.transaction(STORE) as session:
            for name in names:
                people.add_if_missing(session, workspace["team"]["id"], ids[name])

    def create_dispute(self, slack: SandboxClient) -> None:
        """Store scores of three people that differ widely, and queue the dispute post."""
        workspace = slack.workspace()
        team_id = workspace["team"]["id"]
        with self.database.transaction(STORE) as session:
            first = boards.list_all(session)[0]
            project = projects.list_for_board(session, first.id)[0]
            for person, impact in zip(workspace["people"], (3, 0, -1), strict=False):
                people.save_profile(
                    session, team_id, person["id"], AccountType.MEMBER, None, self._now, None
                )
                scores.save(
                    session, project.id, person["id"], {"cost": impact}, comment="", now=self._now
                )
            subject = ProjectSubject(project.number)
            outbox.enqueue(session, first.id, PostKind.DISPUTE, subject, project_id=project.id)

    def outdate_all_cards(self, board_id: int = 1) -> None:
        """Make every card on the board show an old revision."""
        with self.database.transaction(STORE) as session:
            ids = [project.id for project in projects.list_for_board(session, board_id)]
            projects.increment_revisions(session, ids)

    def _new_reconciler(self) -> Reconciler:
        return Reconciler(self.database, self._client, self._clock, monotonic=self._monotonic)

    def _clock(self) -> datetime:
        return self._now + self.time_taken()

    def _monotonic(self) -> float:
        return (self._clock() - FRIDAY).total_seconds()

    def open_board(self, channel: str, slack: SandboxClient, team: SandboxPeople) -> int:
        """Invite the bot to a channel, and return the ID of the new board."""
        team.ana.invites(slack.app_user_id, channel)
        [found] = [each for each in team.ana.screen()["channels"] if each["name"] == channel]
        team_id = slack.workspace()["team"]["id"]
        with self.database.transaction(STORE) as session:
            boards.create(session, team_id, found["id"], None, FRIDAY)
            return boards.find_id(session, team_id, found["id"]) or 0

    def propose(self, title: str, now: datetime, on: int = 0) -> None:
        """Store a project on this board, or on the first. Its card isn't posted yet."""
        proposal = Proposal(title=title, summary="A single NAT instance fronts three VPCs.")
        with self.database.transaction(STORE) as session:
            board_id = on or boards.list_all(session)[0].id
            projects.propose(
                session, board_id, origin=title, proposer="U1", proposal=proposal, now=now
            )
