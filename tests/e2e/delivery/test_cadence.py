"""Digests and roadmaps appear once, when due, late after downtime. Time is an argument here."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.projects.lifecycle import Status
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import WeekSubject
from storage.projects import projects
from storage.tables import PostKind, PostState
from tests.support.bot_driver import BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.wait import wait_until

# The digest of this board is due on Mondays at 09:30 in New York, 13:30 UTC in summer.
MONDAY = datetime(2026, 8, 24, 13, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def digests(team: SandboxPeople) -> list[str]:
    return [
        message.visible_text.split("·")[1].split()[0]
        for message in team.mia.messages("ops")
        if message.visible_text.startswith("Digest of")
    ]


def test_a_digest_is_posted_when_due_and_not_before(clock: BotDriver, team: SandboxPeople) -> None:
    clock.run_until_posted(MONDAY - MINUTE)
    assert digests(team) == []
    clock.run_until_posted(MONDAY)
    assert digests(team) == ["2026-W35"]


def test_it_is_posted_once_and_once_more_next_week(clock: BotDriver, team: SandboxPeople) -> None:
    for now in (MONDAY, MONDAY + MINUTE, MONDAY + WEEK - MINUTE):
        clock.run_until_posted(now)
    assert digests(team) == ["2026-W35"]
    clock.run_until_posted(MONDAY + WEEK)
    clock.run_until_posted(MONDAY + WEEK + MINUTE)
    assert digests(team) == ["2026-W35", "2026-W36"]


def test_it_is_not_posted_again_after_a_restart(clock: BotDriver, team: SandboxPeople) -> None:
    clock.run_until_posted(MONDAY)
    clock.restart()
    clock.run_until_posted(MONDAY + MINUTE)
    assert digests(team) == ["2026-W35"]


def test_after_downtime_it_is_late_and_only_the_latest_is_posted(
    clock: BotDriver, team: SandboxPeople
) -> None:
    clock.restart()
    clock.run_until_posted(MONDAY + timedelta(days=2))
    assert digests(team) == ["2026-W35"]
    clock.restart()
    clock.run_until_posted(MONDAY + 3 * WEEK + timedelta(days=2))
    assert digests(team) == ["2026-W35", "2026-W38"]


def test_of_what_came_due_while_the_channel_was_closed_only_the_latest_is_posted(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", error="is_archived")
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    clock.run_until_posted(MONDAY + WEEK)
    assert digests(team) == ["2026-W36"]


@pytest.mark.parametrize(
    ("after", "shown"), [(False, ["2026-W36"]), (True, ["2026-W35", "2026-W36"])]
)
def test_of_what_may_have_arrived_before_only_what_did_is_kept_and_the_latest_posted(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    caplog: pytest.LogCaptureFixture,
    after: bool,  # noqa: FBT001 - a column of the table
    shown: list[str],
) -> None:
    """Whether Slack did the work before the connection broke, for a week."""
    caplog.set_level(logging.INFO)
    slack.inject_fault("chat.postMessage", disconnect=True, processed=after)
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    clock.run_until_posted(MONDAY + WEEK)
    clock.run_until_posted(MONDAY + WEEK + MINUTE)
    assert digests(team) == shown
    reasons = [vars(record).get("reason") for record in caplog.records]
    assert ("a later digest is due" in reasons) is not after
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


def test_who_is_refused_late_does_not_take_back_what_another_has_posted_by_then(
    clock: BotDriver, sandbox: Sandbox, slack: SandboxClient, team: SandboxPeople, store_file: Path
) -> None:
    slack.inject_fault("chat.postMessage", error="invalid_blocks", delay=1.5)
    clock.queue_due_posts(MONDAY)
    other = BotDriver(store_file, sandbox)
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(clock.run_pass, MONDAY)
        wait_until(lambda: this_week(other).first_tried_at is not None, within=5)
        other.run_pass(MONDAY + outbox.LEASE)
        other.queue_due_posts(MONDAY + WEEK)  # the next one is wished for
        refused.result()
    assert this_week(other).state is PostState.POSTED
    other.database.close()
    assert digests(team) == ["2026-W35"]


def this_week(clock: BotDriver) -> Post:
    with clock.database.snapshot() as session:
        digest = outbox.latest(session, 1, PostKind.DIGEST, WeekSubject("2026-W35"))
    assert digest is not None
    return digest


def test_what_ships_before_a_digest_is_found_is_told_by_the_next(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, processed=True)
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    with clock.database.transaction() as session:
        projects.set_status(session, 1, Status.SHIPPED, by="U1", now=MONDAY + SECOND)
    clock.run_until_posted(MONDAY + outbox.LEASE)
    clock.run_until_posted(MONDAY + WEEK)
    told = [
        m.visible_text for m in team.mia.messages("ops") if m.visible_text.startswith("Digest of")
    ]
    assert ["Shipped" in each for each in told] == [False, True]


def test_nothing_is_due_of_the_time_before_the_first_proposal(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """The board is old, but there was nothing to rank until now."""
    late = clock.open_board("random", slack, team)
    clock.run_until_posted(MONDAY)
    clock.propose("Rotate every key", MONDAY + MINUTE, on=late)
    clock.run_until_posted(MONDAY + 2 * MINUTE)
    assert not [m for m in team.mia.messages("random") if m.visible_text.startswith("Digest of")]


def test_a_claim_that_was_cut_off_before_slack_heard_of_it_is_made_good(
    clock: BotDriver, team: SandboxPeople
) -> None:
    with clock.database.transaction() as session:
        [board] = boards.list_all(session)
        outbox.enqueue(session, board.id, PostKind.DIGEST, WeekSubject("2026-W35"))
        post = outbox.latest(session, board.id, PostKind.DIGEST)
        assert post is not None
        outbox.claim(session, post.id, MONDAY)
    clock.restart()
    clock.run_until_posted(MONDAY + outbox.LEASE)
    assert digests(team) == ["2026-W35"]


def test_the_roadmap_is_posted_on_the_first_working_day_of_the_quarter(
    clock: BotDriver, team: SandboxPeople
) -> None:
    thursday = datetime(2026, 10, 1, 13, 30, tzinfo=UTC)
    clock.run_until_posted(thursday - MINUTE)
    assert not [m for m in team.mia.messages("ops") if m.visible_text.startswith("Roadmap of")]
    clock.run_until_posted(thursday)
    clock.run_until_posted(thursday + MINUTE)
    roadmaps = [
        m.visible_text for m in team.mia.messages("ops") if m.visible_text.startswith("Roadmap of")
    ]
    assert len(roadmaps) == 1
    assert "Q4 2026" in roadmaps[0]
