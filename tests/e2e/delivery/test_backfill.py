"""Backfills: when they run, what they read, and how rate limits defer them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.reconciler.limits import CALLS_PER_MINUTE
from bot.reconciler.read_back import MAX_AGE
from slack_sandbox.client.client import SandboxClient
from storage.boards import boards
from storage.database import Database, DatabaseUnavailable
from storage.locks import STORE
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import cards, is_card
from tests.support.storage_faults import locked
from tests.support.wait import wait_until

LATER = FRIDAY + timedelta(minutes=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def open_second_board(clock: BotDriver, slack: SandboxClient, team: SandboxPeople) -> None:
    """Open a board in #random with one card. Its channel is read back."""
    clock.open_board("random", slack, team)
    clock.propose("Rotate every key", LATER, on=2)
    clock.run_until_posted(LATER)
    slack.ignore_calls_until_now("conversations.history")


def test_connect__backfills_now_after_retries_and_hourly(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """Slack retries events for up to five minutes."""
    open_second_board(clock, slack, team)
    clock.reconnect()
    looks = []
    for seconds in (0, 1, 359, 360, 361, 3959, 3960, 3961, 7559, 7560):
        clock.run_pass(LATER + seconds * SECOND)
        of_all, of_each = ("users.conversations", "conversations.history")
        looks.append((seconds, len(slack.api_calls(of_all)), len(slack.api_calls(of_each))))
    assert [look for look in looks if look[1:] != (0, 0)] == [
        (0, 1, 2),
        (1, 1, 2),
        (359, 1, 2),
        (360, 2, 4),
        (361, 2, 4),
        (3959, 2, 4),
        (3960, 3, 6),
        (3961, 3, 6),
        (7559, 3, 6),
        (7560, 4, 8),
    ]


@contextmanager
def moved_away(store_file: Path) -> Iterator[None]:
    """Move the database's file away, so that it can't be used."""
    elsewhere = store_file.rename(store_file.with_suffix(".elsewhere"))
    yield
    elsewhere.rename(store_file)


@pytest.mark.parametrize(("minutes", "backfills"), [(3, 0), (5, 1)])
def test_database_was_away__backfills_if_longer_than_retries(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    store_file: Path,
    minutes: int,
    backfills: int,
) -> None:
    open_second_board(clock, slack, team)
    with moved_away(store_file):
        for at in (LATER, LATER + SECOND):
            clock.run_pass(at)  # what was read before can still be read
    for seconds in (0, 1, 2):
        clock.run_pass(LATER + minutes * MINUTE + seconds * SECOND)
    assert len(slack.api_calls("users.conversations")) == backfills


def test_only_writes_failed__backfills_when_they_work(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, store_file: Path
) -> None:
    open_second_board(clock, slack, team)
    with locked(store_file):
        with pytest.raises(DatabaseUnavailable):
            clock.propose("Rotate every certificate", LATER)
        clock.run_pass(LATER)
    assert slack.api_calls("users.conversations") == []
    clock.run_pass(LATER + 5 * MINUTE)
    assert len(slack.api_calls("users.conversations")) == 1


def names(database: Database) -> list[str | None]:
    with database.snapshot() as session:
        return [board.name for board in boards.list_all(session)]


def test_rename_event__channel_name_is_updated(board: Database, team: SandboxPeople) -> None:
    wait_until(lambda: names(board) == ["ops"], within=10)
    team.mia.renames("ops", "platform")
    wait_until(lambda: names(board) == ["platform"], within=10)


def test_rename_events__one_lookup_each(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    calls_before = len(slack.api_calls("conversations.info"))
    for name, now in (("sre", LATER), ("platform", LATER + MINUTE)):
        team.mia.renames(names(clock.database)[0] or "", name)
        with clock.database.transaction(STORE) as session:
            [board] = boards.list_all(session)
            boards.mark_renamed(session, board.team_id, board.channel_id, now)
        for seconds in (0, 1, 2):
            clock.run_pass(now + seconds * SECOND)
        assert names(clock.database) == [name]
    assert len(slack.api_calls("conversations.info")) == calls_before + 2


def test_person_lookups_limited__channel_names_are_saved(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CALLS_PER_MINUTE, "users.info", 1)
    clock.add_unknown_people(slack, "ana", "ben")
    clock.open_board("random", slack, team)
    clock.run_pass(LATER)
    assert names(clock.database) == ["ops", "random"]


def test_limited_history__defers_all_board_backfills(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    open_second_board(clock, slack, team)
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=20)
    clock.reconnect()
    calls = clock.count_calls_at(slack, "conversations.history", LATER, 0, 1, 19, 20)
    assert calls == [1, 1, 1, 3]


def test_limited_lookups__boards_are_backfilled_in_turn(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_second_board(clock, slack, team)
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 1)
    clock.reconnect()
    calls = []
    for seconds in (0, 5, 59, 60):
        clock.run_pass(LATER + MINUTE + seconds * SECOND)
        methods = ("conversations.info", "conversations.history")
        calls.append(tuple(len(slack.api_calls(method)) for method in methods))
    known = calls[0][0]
    assert calls == [(known, 1), (known, 1), (known, 1), (known + 1, 2)]


def test_backfill_outlasts_event_retries__is_repeated(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reconciler.backfill.PAGE_SIZE", 1)
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 1)
    for title in ("Rotate every key", "Cache it"):
        clock.propose(title, LATER)
    clock.run_until_posted(LATER)
    for number in range(7):
        team.gus.types(f"soup {number}!")
    clock.reconnect()
    pages = []
    for minute in range(1, 13):
        clock.run_pass(LATER + minute * MINUTE)
        pages.append(len(slack.api_calls("conversations.history")))
    assert pages == [1, 2, 3, 3, 3, 3, 4, 5, 6, 6, 6, 6]


def test_backfill__reads_back_to_oldest_open_card(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    clock.reconnect()
    clock.run_pass(LATER + MINUTE)
    oldest = min(m.ts for m in cards(team))
    assert [call["request"]["oldest"] for call in slack.api_calls("conversations.history")] == [
        oldest
    ]


def test_read_back__takes_no_extra_calls_and_happens_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """The first page decides whether Needle may post. The backfill continues from there."""
    clock.restart()
    clock.propose("Rotate every key", LATER)
    oldest = f"{(LATER - MAX_AGE).timestamp():.6f}"
    for now in (LATER, LATER + SECOND):
        clock.run_pass(now)
        [call] = slack.api_calls("conversations.history")
        assert call["request"]["oldest"] == oldest
    clock.reconnect()
    clock.run_pass(LATER + MINUTE)
    [_, backfilled] = slack.api_calls("conversations.history")
    assert backfilled["request"]["oldest"] == min(card.ts for card in cards(team))


def test_reconnect__backfills_without_single_card_calls(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    [card] = cards(team)
    for number, name in enumerate(("ben", "chloe")):
        team.person(name).reacts("+1", to=card)
        clock.reconnect()
        clock.run_pass(LATER + 10 * number * SECOND)
        clock.run_pass(LATER + (10 * number + 1) * SECOND)  # by now the person is known
        assert f"👍 {number + 1}" in team.mia.sees(is_card).visible_text
    assert slack.api_calls("reactions.get") == []


def test_joined_channels__become_boards_unless_archived(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    team.mia.invites(slack.app_user_id, "ops-leads")  # a private channel
    team.ana.invites(slack.app_user_id, "random")
    team.ana.archives("random")
    clock.reconnect()
    for seconds in range(3):
        clock.run_pass(LATER + seconds * SECOND)
    with clock.database.snapshot() as session:
        assert [board.name for board in boards.list_all(session)] == ["ops", "ops-leads"]
    [looked] = slack.api_calls("users.conversations")
    assert looked["request"]["limit"] == "999", "by few calls"


def test_cards_deep_in_history__are_read_once_each(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reconciler.backfill.PAGE_SIZE", 1)
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 2)
    for title in ("Rotate every key", "Name an owner for every alert", "Cache it"):
        clock.propose(title, LATER)
    clock.run_until_posted(LATER)
    for card in cards(team):
        team.ben.reacts("+1", to=card)
    for line in ("lunch?", "soup!"):
        team.gus.types(line)
    clock.reconnect()
    named = len(slack.api_calls("conversations.info"))
    calls = []
    for minute in range(1, 5):
        for seconds in (0, 5, 10):
            clock.run_pass(LATER + minute * MINUTE + seconds * SECOND)
        calls.append(
            tuple(len(slack.api_calls(m)) for m in ("conversations.history", "reactions.get"))
        )
    assert calls == [(2, 0), (3, 2), (3, 3), (3, 3)]  # the last card is on the third page
    assert len(slack.api_calls("conversations.info")) == named + 1
    votes = ["👍 1" in m.visible_text for m in cards(team)]
    assert votes == 4 * [True]


def test_reinvited__posts_and_backfills_again(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.reconnect()
    clock.run_pass(LATER - MINUTE)
    [card] = cards(team)
    team.mia.removes(slack.app_user_id, "ops")
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    team.ben.reacts("+1", to=card)
    assert len(cards(team)) == 1
    team.mia.invites(slack.app_user_id, "ops")
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        boards.mark_rejoined(session, board.team_id, board.channel_id, LATER + MINUTE)
    for seconds in (1, 10, 20):
        clock.run_pass(LATER + MINUTE + seconds * SECOND)
    assert len(cards(team)) == 2
    assert "👍 1" in team.mia.sees("Retire the last NAT box").visible_text
