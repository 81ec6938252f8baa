"""Digests and roadmaps appear once when due, and late after downtime."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.projects.lifecycle import Status
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import WeekSubject
from storage.projects import projects
from storage.tables import PostKind, PostState
from tests.support.bot_driver import BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.wait import wait_until

# The board's digest is due on Mondays at 09:30 in New York, 13:30 UTC in summer.
MONDAY = datetime(2026, 8, 24, 13, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def digests(team: SandboxPeople) -> list[str]:
    return [
        message.visible_text.split("·")[1].split()[0]
        for message in team.mia.messages("ops")
        if message.visible_text.startswith("Digest for")
    ]


def test_digest__is_posted_when_due(clock: BotDriver, team: SandboxPeople) -> None:
    clock.run_until_posted(MONDAY - MINUTE)
    assert digests(team) == []
    clock.run_until_posted(MONDAY)
    assert digests(team) == ["2026-W35"]


def test_digest__is_posted_once_a_week(clock: BotDriver, team: SandboxPeople) -> None:
    for now in (MONDAY, MONDAY + MINUTE, MONDAY + WEEK - MINUTE):
        clock.run_until_posted(now)
    assert digests(team) == ["2026-W35"]
    clock.run_until_posted(MONDAY + WEEK)
    clock.run_until_posted(MONDAY + WEEK + MINUTE)
    assert digests(team) == ["2026-W35", "2026-W36"]


def test_restart__digest_is_not_posted_again(clock: BotDriver, team: SandboxPeople) -> None:
    clock.run_until_posted(MONDAY)
    clock.restart()
    clock.run_until_posted(MONDAY + MINUTE)
    assert digests(team) == ["2026-W35"]


def test_downtime__only_latest_digest_is_posted(clock: BotDriver, team: SandboxPeople) -> None:
    clock.restart()
    clock.run_until_posted(MONDAY + timedelta(days=2))
    assert digests(team) == ["2026-W35"]
    clock.restart()
    clock.run_until_posted(MONDAY + 3 * WEEK + timedelta(days=2))
    assert digests(team) == ["2026-W35", "2026-W38"]


def test_channel_reopened__only_latest_digest_is_posted(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", error="is_archived")
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    clock.run_until_posted(MONDAY + WEEK)
    assert digests(team) == ["2026-W36"]


@pytest.mark.parametrize("is_posted", [False, True], ids=["only queued", "posted early"])
def test_clock_was_ahead__no_digest_is_skipped_or_repeated(
    clock: BotDriver,
    team: SandboxPeople,
    is_posted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    ahead = MONDAY + 2 * WEEK
    if is_posted:
        clock.run_until_posted(ahead)
        clock.restart()
    else:
        clock.queue_due_posts(ahead)
    for week in range(3):
        now = MONDAY + week * WEEK
        clock.queue_due_posts(now)
        clock.run_pass(now)
        assert f"2026-W{35 + week}" in digests(team)
    weeks = ["2026-W35", "2026-W36", "2026-W37"]
    assert digests(team) == (weeks[2:] + weeks[:2] if is_posted else weeks)


@pytest.mark.parametrize(
    ("after", "shown"), [(False, ["2026-W36"]), (True, ["2026-W35", "2026-W36"])]
)
def test_uncertain_digest__latest_is_posted_once(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    caplog: pytest.LogCaptureFixture,
    after: bool,  # noqa: FBT001 - a column of the table
    shown: list[str],
) -> None:
    """If `after` is true, Slack posted the message before it closed the connection."""
    caplog.set_level(logging.INFO)
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=after)
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    clock.run_until_posted(MONDAY + WEEK)
    clock.run_until_posted(MONDAY + WEEK + MINUTE)
    assert digests(team) == shown
    reasons = [vars(record).get("reason") for record in caplog.records]
    assert ("a later digest is due" in reasons) is not after
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


def test_late_rejection__keeps_other_process_post(
    clock: BotDriver, sandbox: Sandbox, slack: SandboxClient, team: SandboxPeople, store_file: Path
) -> None:
    slack.inject_fault("chat.postMessage", error="invalid_blocks", delay=1.5)
    clock.queue_due_posts(MONDAY)
    other = BotDriver(store_file, sandbox)
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(clock.run_pass, MONDAY)
        wait_until(lambda: this_week(other).first_tried_at is not None, within=5)
        other.run_pass(MONDAY + outbox.LEASE)
        other.queue_due_posts(MONDAY + WEEK)  # queues the next digest
        refused.result()
    assert this_week(other).state is PostState.POSTED
    other.database.close()
    assert digests(team) == ["2026-W35"]


def this_week(clock: BotDriver) -> Post:
    with clock.database.snapshot() as session:
        digest = outbox.latest(session, 1, PostKind.DIGEST, WeekSubject("2026-W35"))
    assert digest is not None
    return digest


def test_shipped_before_digest_found__next_digest_tells(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.queue_due_posts(MONDAY)
    clock.run_pass(MONDAY)
    with clock.database.transaction(STORE) as session:
        projects.set_status(session, 1, Status.SHIPPED, by="U1", now=MONDAY + SECOND)
    clock.run_until_posted(MONDAY + outbox.LEASE)
    clock.run_until_posted(MONDAY + WEEK)
    told = [
        m.visible_text for m in team.mia.messages("ops") if m.visible_text.startswith("Digest for")
    ]
    assert ["Shipped" in digest for digest in told] == [False, True]


def test_before_first_proposal__nothing_is_due(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """The board is old, but it had nothing to rank until now."""
    late = clock.open_board("random", slack, team)
    clock.run_until_posted(MONDAY)
    clock.propose("Rotate every key", MONDAY + MINUTE, on=late)
    clock.run_until_posted(MONDAY + 2 * MINUTE)
    assert not [m for m in team.mia.messages("random") if m.visible_text.startswith("Digest for")]


def test_interrupted_claim__digest_is_posted_later(clock: BotDriver, team: SandboxPeople) -> None:
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        outbox.enqueue(session, board.id, PostKind.DIGEST, WeekSubject("2026-W35"))
        post = outbox.latest(session, board.id, PostKind.DIGEST)
        assert post is not None
        outbox.claim(session, post.id, MONDAY)
    clock.restart()
    clock.run_until_posted(MONDAY + outbox.LEASE)
    assert digests(team) == ["2026-W35"]


def test_first_working_day__roadmap_is_posted(clock: BotDriver, team: SandboxPeople) -> None:
    thursday = datetime(2026, 10, 1, 13, 30, tzinfo=UTC)
    clock.run_until_posted(thursday - MINUTE)
    assert not [m for m in team.mia.messages("ops") if m.visible_text.startswith("Roadmap for")]
    clock.run_until_posted(thursday)
    clock.run_until_posted(thursday + MINUTE)
    roadmaps = [
        m.visible_text for m in team.mia.messages("ops") if m.visible_text.startswith("Roadmap for")
    ]
    assert len(roadmaps) == 1
    assert "Q4 2026" in roadmaps[0]
