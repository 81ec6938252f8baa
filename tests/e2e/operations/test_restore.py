"""Stores that don't know what their channels show: restored, begun anew, or of a moved channel."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import col

from bot.reconciler.backfill_tasks import MAX_WAIT_FOR_HISTORY
from domain.projects.lifecycle import Status
from slack_sandbox.client.client import Message, SandboxClient
from storage.backup import back_up
from storage.boards import boards, fires, removal
from storage.boards.boards import Board
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import BoardSubject
from storage.projects import candidates, history, projects, scores
from storage.projects.projects import Project
from storage.tables import AccountType, PostKind, PostRow
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople

LATER = FRIDAY + timedelta(hours=1)
AFTER = LATER + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def restore(clock: BotDriver, store_file: Path) -> Callable[[], None]:
    """Make a backup now, and return a function that restores it."""
    copy = store_file.parent / "backup.db"
    back_up(f"sqlite:///{store_file}", copy)

    def replace() -> None:
        clock.database.close()
        for file in store_file.parent.glob(f"{store_file.name}*"):
            file.unlink()
        shutil.copy(copy, store_file)
        clock.restart()
        clock.reconnect()

    return replace


def begin_anew(clock: BotDriver, store_file: Path) -> None:
    """Start with an empty store, in which the channel has just become a board."""
    board = only_board(clock)
    clock.database.close()
    for file in store_file.parent.glob(f"{store_file.name}*"):
        file.unlink()
    clock.restart()
    clock.reconnect()
    with clock.database.transaction(STORE) as session:
        boards.create(session, board.team_id, board.channel_id, None, FRIDAY)


def only_board(clock: BotDriver) -> Board:
    with clock.database.snapshot() as session:
        [board] = boards.list_all(session)
    return board


def queue_introduction_again(clock: BotDriver, board: Board | None = None) -> None:
    """Queue a board's introduction as if the backup was made before it was posted."""
    board = board or only_board(clock)
    with clock.database.transaction(STORE) as session:
        introductions = delete(PostRow).where(col(PostRow.kind) == PostKind.INTRODUCTION)
        session.execute(introductions.where(col(PostRow.board_id) == board.id))
        outbox.enqueue(session, board.id, PostKind.INTRODUCTION, BoardSubject())


def all_projects(clock: BotDriver) -> dict[int, Project]:
    with clock.database.snapshot() as session:
        found = projects.list_for_board(session, only_board(clock).id)
    return {project.number: project for project in found}


def messages(team: SandboxPeople) -> list[Message]:
    return team.mia.messages("ops")


def card_of(team: SandboxPeople, title: str) -> Message:
    [found] = [each for each in messages(team) if f"  {title}" in each.visible_text]
    return found


def test_card_posted_after_the_backup__is_adopted(
    clock: BotDriver, team: SandboxPeople, restore: Callable[[], None]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    lost = all_projects(clock)[2]
    card = card_of(team, "Rotate every key")
    team.ben.reacts("+1", to=card)
    restore()
    assert list(all_projects(clock)) == [1]
    clock.run_pass(AFTER)
    adopted = all_projects(clock)[2]
    same = {"id", "board_id", "revision"}
    assert adopted.model_dump(exclude=same) == lost.model_dump(exclude=same)
    with clock.database.snapshot() as session:
        [candidate] = candidates.of_projects(session, only_board(clock), [adopted])
    assert len(candidate.backers) == 1, "its votes are adopted too"
    clock.run_until_posted(AFTER + MINUTE)
    assert card_of(team, "Rotate every key").ts == card.ts, "no second card"


def test_adopted_card__says_what_is_missing_and_hides_results(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient, restore: Callable[[], None]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    project, workspace = all_projects(clock)[2], slack.workspace()
    with clock.database.transaction(STORE) as session:
        for each in workspace["people"][:3]:
            person, team_id = each["id"], workspace["team"]["id"]
            people.save_profile(session, team_id, person, AccountType.MEMBER, None, LATER, None)
            scores.save(session, project.id, person, {"cost": 3}, comment="", now=LATER)
        projects.increment_revisions(session, [project.id])
    clock.run_pass(LATER + MINUTE)
    assert "cost +1.8" in card_of(team, "Rotate every key").visible_text
    restore()
    clock.run_pass(AFTER)
    clock.run_until_posted(AFTER + MINUTE)
    card = card_of(team, "Rotate every key")
    assert "+1.8" not in card.visible_text
    assert "0 of " in card.visible_text
    [_, reply] = team.mia.thread(card)
    assert "Scores and comments aren't in Slack" in reply.visible_text


def test_number_seen_in_the_channel__is_not_given_again(
    clock: BotDriver, restore: Callable[[], None]
) -> None:
    for title in ("Rotate every key", "Retire the VPN"):
        clock.propose(title, LATER)
        clock.run_until_posted(LATER)
    restore()
    clock.run_pass(AFTER)
    clock.propose("Something new", AFTER)
    assert list(all_projects(clock)) == [1, 2, 3, 4]


def test_number_given_before_reading_back__stays(
    clock: BotDriver, team: SandboxPeople, restore: Callable[[], None]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    restore()
    clock.propose("Something new", AFTER)  # as #2
    clock.run_pass(AFTER)
    clock.run_until_posted(AFTER + MINUTE)
    titles = {number: each.proposal.title for number, each in all_projects(clock).items()}
    assert titles[2] == "Something new"
    assert titles[3] == "Rotate every key"
    assert "#3  Rotate every key" in card_of(team, "Rotate every key").visible_text


def test_status_newer_than_the_backup__is_read_from_the_card(
    clock: BotDriver, restore: Callable[[], None]
) -> None:
    project = all_projects(clock)[1]
    with clock.database.transaction(STORE) as session:
        projects.set_status(session, project.id, Status.STARTED, by="U1", now=LATER)
    clock.run_until_posted(LATER)
    restore()
    assert all_projects(clock)[1].status is Status.OPEN
    clock.run_pass(AFTER)
    assert all_projects(clock)[1].status is Status.STARTED


def test_store_that_is_current__adopts_nothing(clock: BotDriver) -> None:
    before = all_projects(clock)
    clock.restart()
    clock.reconnect()
    clock.run_pass(AFTER)
    assert all_projects(clock) == before
    with clock.database.snapshot() as session:
        assert history.list_for_project(session, before[1].id) == []


def test_introduction_after_the_backup__is_not_posted_again(
    clock: BotDriver, team: SandboxPeople
) -> None:
    shown = len(messages(team))
    queue_introduction_again(clock)
    clock.restart()
    clock.run_until_posted(AFTER)
    assert len(messages(team)) == shown


def test_new_store__posts_nothing_and_the_board_waits(
    clock: BotDriver, team: SandboxPeople, store_file: Path
) -> None:
    shown = len(messages(team))
    begin_anew(clock, store_file)
    for second in range(3):
        clock.run_pass(AFTER + timedelta(seconds=second))
    assert only_board(clock).has_conflict
    assert len(messages(team)) == shown


def test_conflict_on_one_board__does_not_stop_another(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient, store_file: Path
) -> None:
    begin_anew(clock, store_file)
    clock.run_pass(AFTER)
    clock.open_board("random", slack, team)
    for second in range(3):
        clock.run_pass(AFTER + MINUTE + timedelta(seconds=second))
    shown = [message.visible_text for message in team.ana.messages("random")]
    assert any("decide what to work on" in text for text in shown)


def test_adopted_store__continues_with_its_projects(
    clock: BotDriver, team: SandboxPeople, store_file: Path
) -> None:
    shown = len(messages(team))
    permanent_id = all_projects(clock)[1].permanent_id
    begin_anew(clock, store_file)
    clock.run_pass(AFTER)
    with clock.database.transaction(STORE) as session:
        boards.adopt_conflicting_store(session, only_board(clock).id, AFTER)
    clock.run_pass(AFTER + MINUTE)
    assert not only_board(clock).has_conflict
    assert all_projects(clock)[1].permanent_id == permanent_id
    clock.run_until_posted(AFTER + 2 * MINUTE)
    assert len(messages(team)) == shown, "neither introduction nor card again"


def test_channel_with_a_new_id__stays_the_same_board(clock: BotDriver, team: SandboxPeople) -> None:
    """Slack gave the channel another id while Needle was away, so backfill made it a board."""
    shown = len(messages(team))
    old = only_board(clock)
    with clock.database.transaction(STORE) as session:
        boards.follow(session, old.id, old.team_id, "C0OLDOLD00", FRIDAY)
        boards.create(session, old.team_id, old.channel_id, None, AFTER)
    clock.restart()
    clock.reconnect()
    for minute in range(3):
        clock.run_pass(AFTER + minute * 6 * MINUTE)
    assert only_board(clock).id == old.id
    assert only_board(clock).channel_id == old.channel_id
    assert len(messages(team)) == shown


def test_removed_board__is_created_again_only_by_invitation(clock: BotDriver) -> None:
    board = only_board(clock)
    with clock.database.transaction(STORE) as session:
        removal.remove(session, board.id)
        removal.forbid(session, board.team_id, board.channel_id)
    clock.reconnect()
    clock.run_pass(AFTER)
    with clock.database.snapshot() as session:
        assert boards.list_all(session) == []
    with clock.database.transaction(STORE) as session:
        boards.create(session, board.team_id, board.channel_id, "U1", AFTER)
        assert removal.list_forbidden(session, board.team_id) == set()


@pytest.mark.parametrize("code", ["missing_scope", "unknown_method"])
def test_refused_history__does_not_stop_posts(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient, code: str
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.restart()
    slack.inject_fault("conversations.history", error=code)
    clock.run_until_posted(LATER)
    assert "#2" in card_of(team, "Rotate every key").visible_text


def test_failing_history__stops_posts_for_minutes_only(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.restart()
    shown = len(messages(team))
    slack.inject_fault("conversations.history", status=500, error="internal_error", times=1_000)
    for seconds in range(0, 180, 30):
        clock.run_pass(LATER + timedelta(seconds=seconds))
    assert len(messages(team)) == shown
    clock.run_until_posted(LATER + MAX_WAIT_FOR_HISTORY)
    assert "#2" in card_of(team, "Rotate every key").visible_text


def test_history_that_fails_once__posts_appear_once(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient, restore: Callable[[], None]
) -> None:
    shown = len(messages(team))
    restore()
    queue_introduction_again(clock)
    slack.inject_fault("conversations.history", status=500, error="internal_error")
    for minute in range(3):
        clock.run_pass(AFTER + minute * MINUTE)
    assert len(messages(team)) == shown


def test_closed_channel__others_still_wait_for_their_history(
    clock: BotDriver,
    team: SandboxPeople,
    slack: SandboxClient,
    restore: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = len(messages(team))
    restore()
    board = only_board(clock)
    with clock.database.transaction(STORE) as session:
        boards.create(session, board.team_id, "C0DELETED0", None, FRIDAY)
    queue_introduction_again(clock, board)
    slack.inject_fault(
        "conversations.history",
        channel=board.channel_id,
        status=429,
        error="ratelimited",
        retry_after=60,
    )
    clock.run_pass(AFTER)
    failures = [each for each in caplog.records if each.message == "read_back_deferred"]
    assert {vars(each)["error"] for each in failures} == {"channel_not_found", "ratelimited"}
    assert len(messages(team)) == shown


def test_limited_history__posts_wait_and_appear_once(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient, restore: Callable[[], None]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    shown = len(messages(team))
    restore()
    queue_introduction_again(clock)
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=60)
    clock.run_pass(AFTER)
    clock.run_pass(AFTER + MINUTE)
    assert len(messages(team)) == shown
    assert list(all_projects(clock)) == [1, 2]


def edit_after_the_backup(clock: BotDriver, restore: Callable[[], None]) -> None:
    """Ship a project, restore a backup without that, and change its card again."""
    project = all_projects(clock)[1]
    with clock.database.transaction(STORE) as session:
        projects.set_status(session, project.id, Status.SHIPPED, by="U1", now=LATER)
        projects.increment_revisions(session, [project.id])
    clock.run_pass(LATER + MINUTE)
    restore()
    with clock.database.transaction(STORE) as session:
        projects.increment_revisions(session, [project.id])


@pytest.fixture
def two_cards(clock: BotDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a second, newer card. Needle may read one message of history a minute."""
    monkeypatch.setattr("bot.reconciler.backfill.PAGE_SIZE", 1)
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 1)


@pytest.mark.usefixtures("two_cards")
def test_edit_on_an_older_page__is_read_before_a_redraw(
    clock: BotDriver, restore: Callable[[], None]
) -> None:
    edit_after_the_backup(clock, restore)
    clock.run_pass(AFTER)
    clock.run_pass(AFTER + MINUTE)
    assert all_projects(clock)[1].status is Status.SHIPPED


@pytest.mark.usefixtures("two_cards")
def test_limited_older_page__stops_redraws_for_minutes_only(
    clock: BotDriver, slack: SandboxClient
) -> None:
    clock.restart()
    with clock.database.transaction(STORE) as session:
        projects.increment_revisions(session, [all_projects(clock)[1].id])
    slack.ignore_calls_until_now("chat.update")
    clock.run_pass(AFTER)  # reads the page of the newer card
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=3600)
    clock.run_pass(AFTER + MINUTE)
    assert slack.api_calls("chat.update") == []
    clock.run_pass(AFTER + MAX_WAIT_FOR_HISTORY)
    assert len(slack.api_calls("chat.update")) == 1


def test_limited_history__does_not_stop_fires(
    clock: BotDriver, team: SandboxPeople, slack: SandboxClient
) -> None:
    clock.restart()
    queue_introduction_again(clock)
    shown = len(messages(team))
    with clock.database.transaction(STORE) as session:
        board = only_board(clock)
        fires.declare(session, board.id, value="cost", what="The bill", by="U1", now=AFTER)
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=60)
    clock.run_pass(AFTER)
    [fire] = messages(team)[shown:]
    assert "The bill" in fire.visible_text


def test_backfills_of_other_boards__leave_calls_to_waiting_posts(
    clock: BotDriver,
    team: SandboxPeople,
    slack: SandboxClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.reconciler.backfill_tasks.BACKFILLED_HISTORY_PER_MINUTE", 1)
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 2)
    clock.open_board("random", slack, team)
    clock.run_until_posted(LATER)
    clock.restart()
    clock.reconnect()
    clock.run_pass(AFTER)  # one board is backfilled
    for board in (0, 1):
        with clock.database.snapshot() as session:
            queue_introduction_again(clock, boards.list_all(session)[board])
    slack.ignore_calls_until_now("conversations.history")
    clock.run_pass(AFTER + timedelta(seconds=1))
    assert len(slack.api_calls("conversations.history")) == 1, "the other is read back at once"


def test_votes_on_adopted_card__are_read_with_its_page(
    clock: BotDriver,
    team: SandboxPeople,
    slack: SandboxClient,
    restore: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.reconciler.backfill.PAGE_SIZE", 2)
    for number in range(5):
        team.gus.types(f"soup {number}!")
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    card = card_of(team, "Rotate every key")
    team.ben.reacts("+1", to=card)
    restore()
    clock.propose("Retire the VPN", AFTER)
    slack.ignore_calls_until_now("conversations.history")
    clock.run_until_posted(AFTER)
    assert list(all_projects(clock)) == [1, 2, 3]
    clock.run_pass(AFTER + MINUTE)
    assert "👍 1" in card_of(team, "Rotate every key").visible_text
    singles = [call["request"]["timestamp"] for call in slack.api_calls("reactions.get")]
    assert card.ts not in singles
