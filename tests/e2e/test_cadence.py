"""Digests and roadmaps appear once, when due, late after downtime. Time is an argument here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.reconciler import Reconciler
from bot.schedule import claim_due
from sandbox.client import SandboxClient
from sandbox.server import Sandbox
from storage import boards, posts, projects
from storage.database import open_database
from storage.tables import PostKind
from tests.e2e.running import Team
from values.cadence import Cadence
from values.proposal import Proposal

# A Friday in summer: the digest of this board is due on Mondays at 09:30 in New York, 13:30 UTC.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 8, 24, 13, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)


class Clockwork:
    """The bot's own parts, driven by hand: what the schedule and the reconciler do at a time."""

    def __init__(self, store: Path, sandbox: Sandbox) -> None:
        self._store = store
        self._client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        self.database = open_database(f"sqlite:///{store}")
        self._reconciler = Reconciler(self.database, self._client)

    def restart(self) -> None:
        self.database.close()
        self.database = open_database(f"sqlite:///{self._store}")
        self._reconciler = Reconciler(self.database, self._client)

    def at(self, now: datetime) -> None:
        """All that happens at that time, until nothing is left to post."""
        claim_due(self.database, now)
        for second in range(10):
            self._reconciler.run_pass(now + timedelta(seconds=2 * second))
            with self.database.snapshot() as session:
                if not posts.unposted(session):
                    return
        raise AssertionError("something was not posted")


@pytest.fixture
def clock(
    sandbox: Sandbox, slack: SandboxClient, team: Team, tmp_path: Path
) -> Iterator[Clockwork]:
    """A board of Friday, with one project, whose inviter lives in New York."""
    team.mia.invites(slack.app_user, "ops")
    [ops] = [each for each in team.mia.screen()["channels"] if each["name"] == "ops"]
    clockwork = Clockwork(tmp_path / "needle.db", sandbox)
    team_id = slack.workspace()["team"]["id"]
    with clockwork.database.transaction() as session:
        boards.open_board(session, team_id, ops["id"], None, FRIDAY)
        board = boards.find(session, team_id, ops["id"])
        assert board is not None
        boards.change_settings(
            session,
            board,
            cadence=Cadence(time_zone="America/New_York"),
            people=4,
            weeks_away=0,
            stewards=(),
            quorum=3,
            by="U1",
            now=FRIDAY,
        )
        projects.propose(
            session,
            board.id,
            origin="V1",
            proposer="U1",
            proposal=Proposal(title="Retire the last NAT box", summary="It fronts three VPCs."),
            now=FRIDAY,
        )
    clockwork.at(FRIDAY)
    yield clockwork
    clockwork.database.close()


def digests(team: Team) -> list[str]:
    return [
        message.plain.split("·")[1].split()[0]
        for message in team.mia.messages("ops")
        if message.plain.startswith("Digest of")
    ]


def test_a_digest_is_posted_when_due_and_not_before(clock: Clockwork, team: Team) -> None:
    clock.at(MONDAY - MINUTE)
    assert digests(team) == []
    clock.at(MONDAY)
    assert digests(team) == ["2026-W35"]


def test_it_is_posted_once_and_once_more_next_week(clock: Clockwork, team: Team) -> None:
    for now in (MONDAY, MONDAY + MINUTE, MONDAY + WEEK - MINUTE):
        clock.at(now)
    assert digests(team) == ["2026-W35"]
    clock.at(MONDAY + WEEK)
    clock.at(MONDAY + WEEK + MINUTE)
    assert digests(team) == ["2026-W35", "2026-W36"]


def test_it_is_not_posted_again_after_a_restart(clock: Clockwork, team: Team) -> None:
    clock.at(MONDAY)
    clock.restart()
    clock.at(MONDAY + MINUTE)
    assert digests(team) == ["2026-W35"]


def test_after_downtime_it_is_late_and_only_the_latest_is_posted(
    clock: Clockwork, team: Team
) -> None:
    clock.restart()
    clock.at(MONDAY + timedelta(days=2))
    assert digests(team) == ["2026-W35"]
    clock.restart()
    clock.at(MONDAY + 3 * WEEK + timedelta(days=2))
    assert digests(team) == ["2026-W35", "2026-W38"]


def test_a_claim_that_was_cut_off_before_slack_heard_of_it_is_made_good(
    clock: Clockwork, team: Team
) -> None:
    with clock.database.transaction() as session:
        [board] = boards.every(session)
        posts.ask_for(session, board.id, PostKind.DIGEST, "2026-W35")
        post = posts.latest(session, board.id, PostKind.DIGEST)
        assert post is not None
        posts.take(session, post.id, MONDAY)
    clock.restart()
    clock.at(MONDAY + posts.LEASE)
    assert digests(team) == ["2026-W35"]


def test_the_roadmap_is_posted_on_the_first_working_day_of_the_quarter(
    clock: Clockwork, team: Team
) -> None:
    thursday = datetime(2026, 10, 1, 13, 30, tzinfo=UTC)
    clock.at(thursday - MINUTE)
    assert not [m for m in team.mia.messages("ops") if m.plain.startswith("Roadmap of")]
    clock.at(thursday)
    clock.at(thursday + MINUTE)
    roadmaps = [m.plain for m in team.mia.messages("ops") if m.plain.startswith("Roadmap of")]
    assert len(roadmaps) == 1
    assert "Q4 2026" in roadmaps[0]
