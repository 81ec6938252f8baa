"""Private reminders to people with missing scores: at most weekly, until they opt out."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from storage.boards import boards, charters
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import ReminderSubject
from storage.projects import projects, scores
from storage.tables import AccountType, PostKind
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import direct_messages

# The digest is due on Monday at 09:30 in New York; the reminder a day later.
TUESDAY = datetime(2026, 8, 25, 13, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

HANGS_UP: dict[str, Any] = {"disconnect": True}
ASKS_TO_BE_LEFT_ALONE: dict[str, Any] = {"status": 429, "error": "ratelimited", "retry_after": 1}


def takes_part(clock: BotDriver, slack: SandboxClient, who: str, on: int, title: str) -> str:
    """Make a member propose on a board with weekly reminders. Return the person's id."""
    workspace = slack.workspace()
    [person] = [person["id"] for person in workspace["people"] if person["name"] == who]
    with clock.database.transaction(STORE) as session:
        board = boards.get(session, on)
        if board.charter.reveal_after_days:
            charter = board.charter.with_settings(reveal_after_days=0)
            version = board.charter_version + 1
            charters.adopt(session, on, charter, version=version, agreed_by=[], now=FRIDAY)
        people.save_profile(
            session, workspace["team"]["id"], person, AccountType.MEMBER, None, FRIDAY, None
        )
        projects.propose(
            session,
            on,
            origin=title,
            proposer=person,
            proposal=Proposal(title=title, summary="A single NAT instance fronts it all."),
            now=FRIDAY,
        )
    return str(person)


def reminders(team: SandboxPeople, who: str) -> list[str]:
    return [
        m.visible_text
        for m in direct_messages(team, who)
        if "takes about a minute" in m.visible_text
    ]


def test_day_after_digest__one_reminder_a_week(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    takes_part(clock, slack, "ana", 1, "Rotate every long-lived key")
    clock.run_until_posted(TUESDAY - MINUTE)
    assert reminders(team, "ana") == []
    for now in (TUESDAY, TUESDAY + MINUTE, TUESDAY + WEEK - MINUTE):
        clock.run_until_posted(now)
    [told] = [m.visible_text for m in direct_messages(team, "ana")]
    assert (
        "In #ops, 2 projects still need your score. Scoring takes about a minute for each." in told
    )
    assert direct_messages(team, "ben") == []  # never took part
    with clock.database.snapshot() as session:
        kept = outbox.latest(session, 1, PostKind.NUDGE)
    assert kept is not None
    assert kept.ts is None, "where something was said privately is not kept"
    clock.run_until_posted(TUESDAY + WEEK)
    assert len(direct_messages(team, "ana")) == 2


def test_several_boards__one_reminder_a_week(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    other = clock.open_board("random", slack, team)
    takes_part(clock, slack, "ana", 1, "Rotate every long-lived key")
    takes_part(clock, slack, "ana", other, "Shard the session store")
    for minutes in range(0, 24 * 60, 30):
        clock.queue_due_posts(TUESDAY + timedelta(minutes=minutes))
    clock.run_until_posted(TUESDAY + timedelta(days=1))
    assert len(direct_messages(team, "ana")) == 1


def test_scored_or_left_channel__no_reminder(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ana = takes_part(clock, slack, "ana", 1, "Rotate every long-lived key")
    takes_part(clock, slack, "ben", 1, "Shard the session store")
    with clock.database.transaction(STORE) as session:
        for project in projects.list_for_board(session, 1):
            scores.save(session, project.id, ana, {"cost": 1}, comment="", now=FRIDAY)
    team.ben.leaves("ops")
    clock.run_until_posted(TUESDAY)
    assert (direct_messages(team, "ana"), direct_messages(team, "ben")) == ([], [])
    reasons = [vars(record).get("reason") for record in caplog.records]
    assert "the recipient left the channel" in reasons


def test_reminder_of_yesterday__is_left_out(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    takes_part(clock, slack, "ana", 1, "Rotate every long-lived key")
    clock.run_until_posted(TUESDAY + timedelta(days=1))
    assert direct_messages(team, "ana") == []


@pytest.fixture
def reminded(clock: BotDriver, slack: SandboxClient) -> None:
    """Ana's reminder, due on Tuesday. Everything before it is posted."""
    takes_part(clock, slack, "ana", 1, "Rotate every long-lived key")
    clock.run_until_posted(TUESDAY - MINUTE)
    clock.queue_due_posts(TUESDAY)


@pytest.mark.usefixtures("reminded")
@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("users.conversations", HANGS_UP),
        ("users.conversations", ASKS_TO_BE_LEFT_ALONE),
        ("chat.postMessage", ASKS_TO_BE_LEFT_ALONE),
    ],
)
def test_unsent_reminder__is_sent_later(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, method: str, fault: dict[str, Any]
) -> None:
    slack.inject_fault(method, **fault)
    clock.run_pass(TUESDAY)
    assert reminders(team, "ana") == []
    clock.run_pass(TUESDAY + MINUTE)
    assert len(reminders(team, "ana")) == 1


@pytest.mark.usefixtures("reminded")
def test_uncertain_reminder__is_not_sent_again(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("needle_posts_total", {"kind": "nudge"}) or 0

    before = counted()
    slack.inject_fault("chat.postMessage", after_processing=True, **HANGS_UP)
    clock.run_pass(TUESDAY)
    slack.inject_fault("users.conversations", **ASKS_TO_BE_LEFT_ALONE)
    for minutes in range(1, 4):
        clock.run_pass(TUESDAY + minutes * MINUTE)
    assert len(reminders(team, "ana")) == 1
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []
    assert counted() == before, "it is not known to be posted"


@pytest.mark.usefixtures("reminded")
def test_failed_reminder__defers_no_channel(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", error="channel_not_found")
    clock.run_pass(TUESDAY)
    clock.propose("Rotate every key", TUESDAY)
    clock.run_pass(TUESDAY + MINUTE)
    assert [
        m for m in team.mia.messages("ops") if m.visible_text.startswith("#3  Rotate every key")
    ]


@pytest.fixture
def three_reminded(clock: BotDriver, slack: SandboxClient, team: SandboxPeople) -> None:
    """Reminders that are due: Ana and Ben on one board, Chloe on another."""
    other = clock.open_board("random", slack, team)
    clock.propose("Shard the session store", FRIDAY, on=other)
    clock.run_until_posted(FRIDAY + MINUTE)
    ids = {person["name"]: person["id"] for person in slack.workspace()["people"]}
    with clock.database.transaction(STORE) as session:
        for who, board in (("ana", 1), ("ben", 1), ("chloe", other)):
            subject = ReminderSubject(ids[who], "2026-W35")
            outbox.enqueue(session, board, PostKind.NUDGE, subject, recipient=ids[who])


def reminded_now(team: SandboxPeople) -> list[str]:
    return [who for who in ("ana", "ben", "chloe") if reminders(team, who)]


@pytest.mark.usefixtures("three_reminded")
def test_reminders__are_spaced_and_delay_no_channel(clock: BotDriver, team: SandboxPeople) -> None:
    clock.propose("Rotate every key", TUESDAY)
    clock.run_pass(TUESDAY)
    assert (reminded_now(team), keys_posted(team)) == (["ana"], 1)
    clock.run_pass(TUESDAY + SECOND)
    assert reminded_now(team) == ["ana", "ben"]


@pytest.mark.usefixtures("three_reminded")
def test_slow_slack__one_reminder_per_pass(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    before = len(slack.api_calls("chat.postMessage"))
    clock.time_taken = lambda: (len(slack.api_calls("chat.postMessage")) - before) * 2 * SECOND
    clock.propose("Rotate every key", TUESDAY)
    clock.run_pass(TUESDAY)
    assert (reminded_now(team), keys_posted(team)) == (["ana"], 1)


def keys_posted(team: SandboxPeople) -> int:
    return len([m for m in team.mia.messages("ops") if "Rotate every key" in m.visible_text])


@pytest.mark.usefixtures("three_reminded")
def test_membership_lookups__stay_within_rate_limit(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 2)
    calls = clock.count_calls_at(slack, "users.conversations", TUESDAY, 0, 1, 2, 59, 60)
    assert calls == [1, 2, 2, 2, 3]
    assert reminded_now(team) == ["ana", "ben", "chloe"]


@pytest.mark.usefixtures("three_reminded")
def test_limited_lookups__defer_reminders_not_channels(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("users.conversations", status=429, error="ratelimited", retry_after=60)
    clock.propose("Rotate every key", TUESDAY)
    calls = clock.count_calls_at(slack, "users.conversations", TUESDAY, 0, 1, 59, 60, 61, 62)
    assert calls == [1, 1, 1, 2, 3, 4]
    assert (reminded_now(team), keys_posted(team)) == (["ana", "ben", "chloe"], 1)


@pytest.mark.usefixtures("three_reminded")
def test_limited_dm__other_people_are_reminded(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", status=429, error="ratelimited", retry_after=60)
    for seconds in (0, 1, 2, 59):
        clock.run_pass(TUESDAY + seconds * SECOND)
    assert reminded_now(team) == ["ben", "chloe"]
    clock.run_pass(TUESDAY + MINUTE)
    assert reminded_now(team) == ["ana", "ben", "chloe"]
