"""`needle post`: what it posts and prints, also when Slack doesn't accept the post at once."""

import html
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import col

from bot.cli.post import post_now, preview
from bot.cli.terminal.errors import CommandFailed
from bot.config import PostingSettings
from domain.calendar.cadence import Cadence
from domain.projects.lifecycle import Status
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import open_database
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.outbox import PostedContent
from storage.posts.subjects import WeekSubject
from storage.projects import projects, scores
from storage.tables import AccountType, PostKind, PostRow
from tests.support.answer_proxy import answer_proxy, header
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople, environment

QUEUED = "It stays queued, and a running bot posts it when Slack accepts it."
MONDAY = datetime(2026, 8, 24, 13, 30, tzinfo=UTC)  # when the digest is due
HARDLY_ANY = timedelta(seconds=0.1)


@pytest.fixture
def settings(sandbox: Sandbox, clock: BotDriver, tmp_path: Path) -> PostingSettings:
    """Settings of a store that has a board and no running bot."""
    del clock  # the fixture created the store
    variables = environment(sandbox, tmp_path)
    return PostingSettings.model_validate({name.lower(): variables[name] for name in variables})


def digests(team: SandboxPeople) -> int:
    return len([m for m in team.mia.messages("ops") if m.visible_text.startswith("Digest for")])


def refusal(settings: PostingSettings, board: str = "ops") -> str:
    with pytest.raises(CommandFailed) as refused:
        post_now(settings, PostKind.DIGEST, board, retry_for=HARDLY_ANY)
    return str(refused.value)


def test_wrong_clock__nothing_is_queued(
    settings: PostingSettings, clock: BotDriver, team: SandboxPeople
) -> None:
    """The host would choose the week by its clock."""
    slack_time = datetime.now(UTC) + timedelta(days=3652)
    with answer_proxy(settings.slack_api_url) as proxy:
        proxy.change_all("auth.test", header("Date", format_datetime(slack_time, usegmt=True)))
        reason = refusal(settings.model_copy(update={"slack_api_url": proxy.url}))
    assert reason.startswith("Couldn't post: the host's clock is 365")
    assert reason.endswith(" behind Slack's. Nothing was queued.")
    with clock.database.snapshot() as session:
        assert outbox.latest(session, 1, PostKind.DIGEST) is None
    assert digests(team) == 0


def test_quarter__roadmap_is_printed_or_posted(
    settings: PostingSettings, team: SandboxPeople
) -> None:
    printed = preview(settings, PostKind.ROADMAP, "ops", "2031-Q3")
    assert printed.startswith("Roadmap for #ops · Q3 2031")
    assert not [m for m in team.mia.messages("ops") if m.visible_text.startswith("Roadmap for")]
    following = Cadence(time_zone="America/New_York").quarter(datetime.now(UTC)).next()
    post_now(settings, PostKind.ROADMAP, "#ops", str(following))
    assert f"Roadmap for #ops · {following.label}" in team.mia.sees("Roadmap for").visible_text


def test_dry_run__prints_the_digest_that_is_posted(
    settings: PostingSettings, clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    workspace = slack.workspace()
    clock.propose("Rotate every key", FRIDAY)
    with clock.database.transaction(STORE) as session:
        first, second = projects.list_for_board(session, 1)
        projects.set_status(session, first.id, Status.SHIPPED, by="U1", now=FRIDAY)
        for person in workspace["people"][:3]:
            people.save_profile(
                session,
                workspace["team"]["id"],
                person["id"],
                AccountType.MEMBER,
                None,
                FRIDAY,
                None,
            )
            scores.save(session, second.id, person["id"], {"cost": 1}, comment="", now=FRIDAY)
    clock.run_until_posted(MONDAY)  # the digest mentions both
    printed = preview(settings, PostKind.DIGEST, "ops")
    assert "#2 Rotate every key: needle 1.2, helps cost" in printed
    assert "#1 Retire the last NAT box" not in printed
    post_now(settings, PostKind.DIGEST, "ops")
    assert printed == html.unescape(team.mia.messages("ops")[-1].raw["text"])


@pytest.mark.parametrize(
    ("name", "quarter", "said"),
    [
        ("ops", "2031-Q7", '--quarter: "2031-Q7" is not a quarter'),
        ("ops", "2031-Q1", "You can post only the roadmaps of "),
        ("nowhere", "", "There is no board nowhere. Known boards: #ops."),
    ],
)
def test_unknown_board_or_period__is_refused(
    settings: PostingSettings, clock: BotDriver, name: str, quarter: str, said: str
) -> None:
    with pytest.raises(CommandFailed) as refused:
        post_now(settings, PostKind.ROADMAP, name, quarter)
    assert str(refused.value).startswith(said)
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


def test_retry_after__command_waits_and_posts(
    settings: PostingSettings, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", status=429, error="ratelimited", retry_after=1)
    assert post_now(settings, PostKind.DIGEST, "ops").startswith("Posted the digest for ")
    assert digests(team) == 1


def test_retry_after_beyond_patience__command_gives_up(
    settings: PostingSettings, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", status=429, error="ratelimited", retry_after=120)
    said = refusal(settings)
    assert said.startswith("Couldn't post the digest for ")
    assert said.endswith(f" to #ops: ratelimited. {QUEUED}")
    assert digests(team) == 0


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"status": 500, "error": "internal_error"}, "internal_error"),
        ({"disconnect": True}, "connection closed"),
    ],
)
def test_uncertain_post__is_searched_not_repeated(
    settings: PostingSettings,
    slack: SandboxClient,
    team: SandboxPeople,
    fault: dict[str, object],
    why: str,
) -> None:
    slack.inject_fault("chat.postMessage", after_processing=True, **fault)
    assert refusal(settings).endswith(f": {why}. {QUEUED}")
    assert digests(team) == 1


def test_search_fails__reason_is_named(
    settings: PostingSettings, clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    now = datetime.now(UTC)
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        outbox.enqueue(session, board.id, PostKind.DIGEST, WeekSubject(board.cadence.iso_week(now)))
        wished = outbox.latest(session, board.id, PostKind.DIGEST)
        assert wished is not None
        # Slack's time is up to a second behind, because its `Date` has whole seconds.
        claimed_at = now - outbox.LEASE - timedelta(seconds=2)
        claimed = outbox.claim(session, wished.id, claimed_at)
        assert claimed is not None
        outbox.mark_attempt(session, claimed, claimed_at, PostedContent())
    slack.inject_fault("conversations.history", error="missing_scope", times=2)
    assert refusal(settings).endswith(f" to #ops: missing_scope. {QUEUED}")
    post_now(settings, PostKind.DIGEST, "ops")
    assert digests(team) == 1


def test_digest_after_the_backup__is_not_posted_again(
    settings: PostingSettings, clock: BotDriver, team: SandboxPeople
) -> None:
    post_now(settings, PostKind.DIGEST, "ops")
    with clock.database.transaction(STORE) as session:
        session.execute(delete(PostRow).where(col(PostRow.kind) == PostKind.DIGEST))
    assert "is already posted to #ops" in post_now(settings, PostKind.DIGEST, "ops")
    assert digests(team) == 1


def test_posts_of_another_store__nothing_is_queued(
    settings: PostingSettings, clock: BotDriver, team: SandboxPeople, tmp_path: Path
) -> None:
    with clock.database.snapshot() as session:
        [old] = boards.list_all(session)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with closing(open_database(url)) as database:
        with database.transaction(STORE) as session:
            boards.create(session, old.team_id, old.channel_id, None, FRIDAY)
        reason = refusal(settings.model_copy(update={"database_url": url}), old.channel_id)
        with database.snapshot() as session:
            assert outbox.latest(session, 1, PostKind.DIGEST) is None
    assert "paused, because another Needle database posted in this channel" in reason
    assert digests(team) == 0


def test_history_that_fails__nothing_is_queued(
    settings: PostingSettings, clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=60)
    assert refusal(settings) == "Couldn't read #ops: ratelimited. Nothing was queued."
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


def test_rejected_post__is_reported_and_stays_queued(
    settings: PostingSettings, clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("chat.postMessage", error="restricted_action")
    assert refusal(settings).endswith(f": restricted_action. {QUEUED}")
    with clock.database.snapshot() as session:
        assert [post.kind for post in outbox.pending(session)] == [PostKind.DIGEST]


def test_rejected_token__queues_nothing(
    settings: PostingSettings, clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("auth.test", error="invalid_auth")
    assert refusal(settings).endswith("Nothing was queued.")
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []
