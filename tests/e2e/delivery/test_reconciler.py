"""The reconciler makes Slack show the store, whatever Slack responds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from pydantic import SecretStr
from sqlmodel import select

from bot.reconciler.intervals import DEFAULT_INTERVALS, Intervals
from bot.reconciler.limits import CALLS_PER_MINUTE, KNOWN_PEOPLE_PER_MINUTE
from bot.reconciler.lost_posts import FACTS
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import RECONCILER_TIMEOUT_SECONDS, bot_clients
from bot.slack.slack_time import SlackTime
from domain.projects.lifecycle import Status
from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards, fires
from storage.database import Database, open_database
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.outbox import LEASE
from storage.posts.subjects import ProjectSubject
from storage.projects import projects, scores, votes
from storage.tables import AccountType, ChannelMemberRow, PostKind, PostRow, PostState
from tests.support.bot_driver import FRIDAY, PASS_TIMEOUT, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.host_clock import HostClock
from tests.support.slack_steps import card_showing, card_titles, cards, invitations, propose
from tests.support.storage_faults import full_disk, locked
from tests.support.wait import wait_until

LATER = FRIDAY + timedelta(minutes=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


FIRST, SECOND_CARD = "#1  Retire the last NAT box", "#2  Rotate every key"


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("intervals", [DEFAULT_INTERVALS])
def test_burst_of_votes__costs_few_redraws(slack: SandboxClient, team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    people = [team.person(name) for name in ("mia", "ana", "ben", "chloe", "dev", "eli", "gus")]
    for person in people:
        for emoji in ("+1", "lock", "zap"):
            person.reacts(emoji, to=card)
    team.mia.sees(card_showing(card, "👍 7"))
    assert 1 <= len(slack.api_calls("chat.update")) <= 5


@pytest.mark.parametrize("replies", [0, 1], ids=["without a thread", "with a thread"])
def test_card_is_deleted_before_reply__new_card_gets_it(
    clock: BotDriver, team: SandboxPeople, replies: int
) -> None:
    clock.run_pass(FRIDAY)
    [card] = cards(team)
    for _ in range(replies):
        team.gus.replies("Why now?", to=card)
    team.mia.deletes(card)
    with clock.database.transaction(STORE) as session:
        projects.set_status(session, 1, Status.STARTED, by="U1", now=LATER)
    clock.run_until_posted(LATER)
    clock.run_until_posted(LATER + MINUTE)
    [again] = cards(team)
    assert again.ts != card.ts
    told = [reply for reply in team.mia.thread(again) if "started it" in reply.visible_text]
    assert len(told) == 1


def test_members_listing__drops_absent_owner_and_needle(
    clock: BotDriver, slack: SandboxClient
) -> None:
    with clock.database.transaction(STORE) as session:
        board = boards.list_all(session)[0]
        projects.set_owner(session, 1, "UGONE", by="U1", now=FRIDAY)
        boards.mark_members_changed(session, board.team_id, [board.channel_id], LATER)
    clock.run_pass(LATER)
    with clock.database.snapshot() as session:
        members = session.exec(select(ChannelMemberRow.person)).all()
        assert projects.get(session, 1).owner is None
    assert members
    assert slack.app_user_id not in members


def test_burst_of_changes__takes_one_pass(clock: BotDriver) -> None:
    with clock.run_in_thread(Intervals(debounce=SECOND, max_debounce=MINUTE)) as reconciler:
        before = reconciler.last_pass
        for _ in range(3):
            clock.database.changed.set()
            wait_until(lambda: not clock.database.changed.is_set(), PASS_TIMEOUT)
            assert reconciler.last_pass == before
        wait_until(lambda: reconciler.last_pass != before, PASS_TIMEOUT)


def test_deferral_ends_during_pass__next_pass_is_at_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.run_until_posted(FRIDAY)
    clock.propose("Rotate every key", LATER)
    clock.propose("Cache it", LATER)
    clock.add_unknown_people(slack, "gus")
    before = len(slack.api_calls("users.info"))
    # The third card waits for a second, as Slack's rate limit asks. Looking Gus up takes two.
    clock.time_taken = lambda: (len(slack.api_calls("users.info")) - before) * 2 * SECOND
    assert clock.run_pass(LATER) == timedelta()
    assert len(card_titles(team)) == 2
    clock.run_pass(LATER)
    assert len(card_titles(team)) == 3


def test_lease_ends_during_pass__next_pass_is_at_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.run_until_posted(FRIDAY)
    clock.propose("Rotate every key", LATER)
    with clock.database.transaction(STORE) as session:
        [card] = outbox.due(session, LATER)
        outbox.claim(session, card.id, LATER - LEASE + SECOND)  # by a process that ended
    clock.add_unknown_people(slack, "gus")
    before = len(slack.api_calls("users.info"))
    clock.time_taken = lambda: (len(slack.api_calls("users.info")) - before) * 2 * SECOND
    assert clock.run_pass(LATER) == timedelta()
    clock.run_pass(LATER)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_endless_changes__do_not_delay_a_pass(clock: BotDriver) -> None:
    intervals = Intervals(debounce=SECOND, max_debounce=SECOND / 2)

    def changes_and_passes() -> bool:
        clock.database.changed.set()
        return reconciler.last_pass != before

    with clock.run_in_thread(intervals) as reconciler:
        before = reconciler.last_pass
        wait_until(changes_and_passes, PASS_TIMEOUT)


@pytest.mark.parametrize("passes", [0, 1], ids=["before its address is known", "later"])
@pytest.mark.parametrize("replies", [0, 1], ids=["without a thread", "with a thread"])
def test_deleted_card__is_posted_again(
    clock: BotDriver, team: SandboxPeople, passes: int, replies: int
) -> None:
    for _ in range(passes):
        clock.run_pass(FRIDAY)
    [card] = cards(team)
    for _ in range(replies):
        team.gus.replies("Why now?", to=card)
    team.mia.deletes(card)
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        boards.change_settings(
            session,
            board,
            cadence=board.cadence,
            people=4,
            weeks_away=0,
            stewards=(),
            quorum=1,
            by="U1",
            now=LATER,
        )
    clock.run_until_posted(LATER)
    clock.run_until_posted(LATER + 2 * SECOND)
    assert card_titles(team) == [FIRST]
    assert "0 of 1 have scored" in team.mia.sees("Retire the last NAT box").visible_text


def test_card_permalink__is_looked_up_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    assert clock.count_calls_at(slack, "chat.getPermalink", LATER, 0, 40, 80) == [1, 1, 1]
    [card] = cards(team)
    with clock.database.snapshot() as session:
        post = outbox.latest(session, 1, PostKind.CARD)
        assert post is not None
        known = post.permalink
    assert known is not None
    assert known.endswith(f"/p{card.ts.replace('.', '')}")


def test_deleted_before_permalink__card_is_posted_once(
    clock: BotDriver, team: SandboxPeople
) -> None:
    [card] = cards(team)
    team.mia.deletes(card)
    for seconds in (0, 40, 80):
        clock.run_pass(LATER + seconds * SECOND)
    assert card_titles(team) == [FIRST]


def test_lost_response__posts_card_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault(
        "chat.postMessage", status=500, error="internal_error", after_processing=True
    )
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    assert card_titles(team) == [FIRST, SECOND_CARD]
    clock.run_pass(LATER + SECOND)  # another process may still be sending it
    clock.run_until_posted(LATER + outbox.LEASE)
    assert card_titles(team) == [FIRST, SECOND_CARD]
    assert len(slack.api_calls("conversations.history")) == 1


def test_message_of_another_post__is_not_found_as_this_one(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """A restored store may give the identity of a message that it adopted to a new post."""
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    [adopted] = [
        message
        for message in team.mia.messages("ops")
        if message.visible_text.startswith(SECOND_CARD)
    ]
    with clock.database.transaction(STORE) as session:
        session.add(
            PostRow(
                board_id=1,
                kind=PostKind.CARD,
                subject="3",
                state=PostState.POSTED,
                ts=adopted.ts,
                permalink="https://slack.test/3",
            )
        )
    clock.run_until_posted(LATER + outbox.LEASE)
    assert card_titles(team) == [FIRST, SECOND_CARD, SECOND_CARD]


def test_score_before_card_is_found__card_is_redrawn(
    clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    with clock.database.transaction(STORE) as session:
        second = projects.find(session, 1, 2)
        assert second is not None
        scores.save(session, second.id, "U1", {"cost": 2}, comment="", now=LATER)
    for seconds in (0, 10):
        clock.run_pass(LATER + outbox.LEASE + seconds * SECOND)
    with clock.database.snapshot() as session:
        revision = projects.list_for_board(session, 1)[1].revision
        shown = outbox.latest(session, 1, PostKind.CARD, ProjectSubject(2))
    assert shown is not None
    assert shown.shown_revision == revision
    assert len(slack.api_calls("chat.update")) == 1


def test_search__starts_an_hour_before_the_attempt(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    team.gus.types("Long before")
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.run_until_posted(LATER + outbox.LEASE)
    [looked] = slack.api_calls("conversations.history")
    assert looked["request"]["oldest"] == f"{(LATER - HOUR).timestamp():.6f}"
    assert looked["request"]["limit"] == "200"
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_vote_before_card_is_found__is_shown(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    second = team.mia.sees("Rotate every key")
    workspace = slack.workspace()
    ben = next(person["id"] for person in workspace["people"] if person["name"] == "ben")
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        votes.save_reactions(
            session,
            [
                votes.ReactionEvent(
                    team_id=board.team_id,
                    channel_id=board.channel_id,
                    message_ts=second.ts,
                    person=ben,
                    emoji="+1",
                    present=True,
                    event_ts=second.ts,
                )
            ],
        )
        people.save_profile(session, board.team_id, ben, AccountType.MEMBER, None, LATER, None)
    for seconds in (0, 10):
        clock.run_pass(LATER + outbox.LEASE + seconds * SECOND)
    assert "👍 1" in team.mia.sees("Rotate every key").visible_text


def test_obsolete_dispute__is_canceled(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.create_dispute(slack)
    with clock.database.transaction(STORE) as session:
        for person in [person["id"] for person in slack.workspace()["people"][:3]]:
            scores.save(session, 1, person, {"cost": 1}, comment="", now=LATER)
    clock.run_pass(LATER)
    [card] = cards(team)
    assert not invitations(team, card)
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


@pytest.fixture
def invitation(clock: BotDriver, slack: SandboxClient, team: SandboxPeople) -> Message:
    """The posted invitation to talk about a disputed value."""
    clock.create_dispute(slack)
    clock.run_until_posted(LATER)
    [card] = cards(team)
    [posted] = invitations(team, card)
    assert "differ most" in posted.visible_text
    return posted


def test_quorum_lost_after_dispute__hides_the_spread(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, invitation: Message
) -> None:
    withdraw_score(clock, slack, "mia", LATER)
    clock.run_until_posted(LATER + MINUTE)
    [card] = cards(team)
    thread = {m.ts: m.visible_text for m in team.mia.thread(card)}
    assert "so they're hidden again" in thread[invitation.ts]
    assert not [text for text in thread.values() if "differ most" in text]


def test_deleted_dispute__stays_deleted(
    clock: BotDriver, team: SandboxPeople, invitation: Message
) -> None:
    team.mia.deletes(invitation)
    clock.outdate_all_cards()
    clock.run_until_posted(LATER + MINUTE)
    clock.run_until_posted(LATER + 2 * MINUTE)
    [card] = cards(team)
    assert not [m for m in team.mia.thread(card) if "differ most" in m.visible_text]


def withdraw_score(clock: BotDriver, slack: SandboxClient, name: str, now: datetime) -> None:
    [person] = [each["id"] for each in slack.workspace()["people"] if each["name"] == name]
    with clock.database.transaction(STORE) as session:
        board = boards.list_all(session)[0]
        no_opinion = dict.fromkeys(board.charter.keys)
        assert not scores.save(session, 1, person, no_opinion, comment="", now=now)


def test_channel__gets_one_post_per_interval(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.open_board("random", slack, team)
    clock.run_until_posted(LATER)
    calls_before = len(slack.api_calls("chat.postMessage"))
    for title in ("Rotate every key", "Cache it"):
        for board in (1, 2):
            clock.propose(title, LATER, on=board)
    counted = clock.count_calls_at(slack, "chat.postMessage", LATER + MINUTE, 0, 0, 1)
    assert counted == [calls_before + 2, calls_before + 2, calls_before + 4]


def test_rate_limited_channel__defers_only_its_posts(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.open_board("random", slack, team)
    clock.run_until_posted(LATER)
    calls_before = len(slack.api_calls("chat.postMessage"))
    for title, board in (("Rotate every key", 1), ("Cache it", 1), ("Cache that", 2)):
        clock.propose(title, LATER, on=board)
    slack.inject_fault("chat.postMessage", status=429, error="ratelimited", retry_after=60)
    counted = clock.count_calls_at(slack, "chat.postMessage", LATER + MINUTE, 0, 1, 59, 60, 61)
    assert [calls - calls_before for calls in counted] == [2, 2, 2, 3, 4]


def test_broken_post__is_retried_seldom_and_blocks_nothing(
    clock: BotDriver, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    with clock.database.transaction(STORE) as session:
        outbox.enqueue(
            session, 1, PostKind.CARD, ProjectSubject(99)
        )  # a project that doesn't exist
    clock.propose("Rotate every key", LATER)
    tried = []
    for seconds in (0, 2, 299, 300):
        clock.run_pass(LATER + seconds * SECOND)
        tried.append(len([record for record in caplog.records if record.exc_info]))
    assert tried == [1, 1, 1, 2]
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_pass__returns_time_until_the_next(clock: BotDriver, slack: SandboxClient) -> None:
    clock.run_pass(LATER)
    assert clock.run_pass(LATER) == MINUTE
    clock.outdate_all_cards()
    assert clock.run_pass(LATER) == DEFAULT_INTERVALS.between_redraws, "until a card may be redrawn"
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    assert clock.run_pass(LATER + 5 * SECOND) == outbox.LEASE - 5 * SECOND
    clock.restart()
    assert clock.run_pass(LATER + 10 * SECOND) == outbox.LEASE - 10 * SECOND, "as the store knows"


def test_pending_posts_and_redraws__are_counted(clock: BotDriver) -> None:
    clock.run_pass(LATER)
    clock.outdate_all_cards()
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    assert REGISTRY.get_sample_value("needle_outbox_pending") == 2


def test_post__has_metadata_and_no_unfurling(clock: BotDriver, slack: SandboxClient) -> None:
    """A later version finds the posts of an earlier one by their metadata."""
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    sent = slack.api_calls("chat.postMessage")[-1]["request"]
    store_id = clock.database.info.store_id
    about = {"store": store_id, "board": 1, "kind": "card", "subject": "2", "edition": 1}
    assert sent["metadata"]["event_type"] == "needle_post"
    assert about.items() <= sent["metadata"]["event_payload"].items()
    assert sent["unfurl_links"] is sent["unfurl_media"] is False, "many links stay short"


def test_sent_post__is_counted_by_kind(clock: BotDriver) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("needle_posts_total", {"kind": "card"}) or 0

    before = counted()
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    assert counted() == before + 1


@pytest.mark.parametrize(
    "sandbox_options", [{"clock": lambda: (LATER - 50 * MINUTE).timestamp()}], ids=["fast"]
)
def test_fast_clock__sent_post_is_found(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.run_until_posted(LATER + outbox.LEASE)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_lost_response_in_thread__posts_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    [card] = cards(team)
    clock.create_dispute(slack)
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.run_pass(LATER)
    clock.run_until_posted(LATER + outbox.LEASE)
    assert len(invitations(team, card)) == 1
    [looked] = slack.api_calls("conversations.replies")
    assert looked["request"]["oldest"] == f"{(LATER - HOUR).timestamp():.6f}"
    assert looked["request"]["limit"] == "200"


def test_history_limited__thread_is_still_searched(clock: BotDriver, slack: SandboxClient) -> None:
    clock.create_dispute(slack)
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=600)
    clock.run_pass(LATER)
    clock.reconnect()
    clock.run_pass(LATER + SECOND)
    clock.run_pass(LATER + outbox.LEASE)
    assert len(slack.api_calls("conversations.history")) == 1
    assert len(slack.api_calls("conversations.replies")) == 1


def test_rate_limited_search__waits_for_retry_after(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    slack.inject_fault("conversations.history", status=429, error="ratelimited", retry_after=100)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.run_pass(LATER + outbox.LEASE)
    [*_, line] = [
        vars(record) for record in caplog.records if record.name == "bot.reconciler.reconciler"
    ]
    assert (line["message"], line["error"]) == ("post_deferred", "ratelimited")
    assert line["method"] == "conversations.history"
    assert (line["post"], line["subject"], line["board"]) == ("card", "2", 1)
    assert line["retry_in_seconds"] == 100
    traffic_before = len(slack.traffic())
    clock.run_pass(LATER + outbox.LEASE + 99 * SECOND)
    assert len(slack.traffic()) == traffic_before
    clock.run_pass(LATER + outbox.LEASE + 100 * SECOND)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_failing_search__post_is_not_repeated(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", status=500, error="internal_error")
    slack.inject_fault("conversations.history", status=500, error="internal_error")
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.run_pass(LATER + outbox.LEASE)
    assert card_titles(team) == [FIRST]
    clock.run_until_posted(LATER + 2 * outbox.LEASE)
    assert card_titles(team) == [FIRST, SECOND_CARD]


@pytest.mark.parametrize(
    ("fault", "time_zone"),
    [({"disconnect": True}, "Europe/Amsterdam"), ({"error": "user_not_found"}, "UTC")],
    ids=["cut", "unknown"],
)
def test_inviter_lookup_fails__channel_info_is_saved(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    fault: dict[str, Any],
    time_zone: str,
) -> None:
    random = clock.open_board("random", slack, team)
    dev = next(person for person in slack.workspace()["people"] if person["name"] == "dev")
    with clock.database.transaction(STORE) as session:
        channel = boards.get(session, random).channel_id
        boards.create(session, slack.workspace()["team"]["id"], channel, dev["id"], FRIDAY)
    clock.reconnect()
    slack.inject_fault("users.info", **fault, times=2)  # for the account type and for the time zone
    clock.run_pass(LATER)
    clock.run_pass(LATER + MINUTE)
    with clock.database.snapshot() as session:
        board = boards.get(session, random)
    assert (board.name, board.cadence.time_zone) == ("random", time_zone)


def test_rate_limited_post__waits_for_retry_after(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", status=429, error="ratelimited", retry_after=20)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    calls_before = len(slack.api_calls("chat.postMessage"))
    clock.run_pass(LATER + 19 * SECOND)
    assert len(slack.api_calls("chat.postMessage")) == calls_before
    clock.run_until_posted(LATER + 20 * SECOND)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_rejected_blocks__plain_text_is_posted(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", error="invalid_blocks")
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    plain = team.mia.sees("#2  Rotate every key: A single NAT instance")
    assert "blocks" not in plain.raw


def test_lease_lost_during_rejection__posts_no_plain_text(
    clock: BotDriver, sandbox: Sandbox, slack: SandboxClient, team: SandboxPeople, store_file: Path
) -> None:
    """The other process claims it when the lease ends, and finds no message yet."""
    clock.propose("Rotate every key", LATER)
    slack.inject_fault("chat.postMessage", error="invalid_blocks", delay=1.5)
    other = BotDriver(store_file, sandbox)
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(clock.run_pass, LATER)
        wait_until(lambda: first_tried(clock) is not None, within=5)
        other.run_pass(LATER + outbox.LEASE)
        refused.result()
    other.database.close()
    shown = [
        m.visible_text for m in team.mia.messages("ops") if m.visible_text.startswith(SECOND_CARD)
    ]
    assert len(shown) == 1
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


def reconciler_on(host: HostClock, database: Database, sandbox: Sandbox) -> Reconciler:
    """Return the reconciler of a host with this clock, which knows Slack's time."""
    [client] = bot_clients(
        SecretStr(sandbox.bot_token),
        sandbox.api_url,
        RECONCILER_TIMEOUT_SECONDS,
        slack_time=SlackTime(host),
    )
    client.auth_test()
    intervals = Intervals(between_posts=timedelta())
    return Reconciler(database, client, client.slack_time.now, intervals)


@pytest.mark.parametrize("ahead", [30 * SECOND, -100 * SECOND, 100 * SECOND], ids=str)
def test_hosts_clock_differs_while_a_post_is_slow__posts_once(
    clock: BotDriver,
    sandbox: Sandbox,
    slack: SandboxClient,
    team: SandboxPeople,
    store_file: Path,
    ahead: timedelta,
) -> None:
    clock.run_until_posted(FRIDAY)
    clock.propose("Rotate every key", LATER)
    slack.inject_fault("chat.postMessage", delay=1.5)
    other_host = HostClock()
    other_host.step(ahead)
    other_database = open_database(f"sqlite:///{store_file}")
    one = reconciler_on(HostClock(), clock.database, sandbox)
    other = reconciler_on(other_host, other_database, sandbox)
    with ThreadPoolExecutor(1) as pool:
        posted = pool.submit(one.run_pass)
        wait_until(lambda: first_tried(clock) is not None, within=5)
        other.run_pass()
        posted.result()
    other_database.close()
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_clock_is_set__next_pass_asks_slack_and_posts(
    clock: BotDriver, sandbox: Sandbox, team: SandboxPeople
) -> None:
    """Slack's answer tells a step from a suspension of the host."""
    clock.run_until_posted(FRIDAY)
    host = HostClock()
    reconciler = reconciler_on(host, clock.database, sandbox)
    for number, title in enumerate(("Rotate every key", "Cache it"), start=2):
        clock.propose(title, LATER)
        host.step(50 * SECOND)
        reconciler.run_pass()
        assert len(card_titles(team)) == number


def first_tried(clock: BotDriver) -> datetime | None:
    """Return when the second project's card was first attempted."""
    with clock.database.snapshot() as session:
        card = outbox.latest(session, 1, PostKind.CARD, ProjectSubject(2))
    return None if card is None else card.first_tried_at


def test_archived_channel__other_boards_continue(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.open_board("random", slack, team)
    team.ana.archives("random")
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_closed_channel__uses_no_redraws_of_other_boards(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its many cards would use up the redraws of a minute."""
    monkeypatch.setitem(CALLS_PER_MINUTE, "chat.update", 2)
    clock.open_board("random", slack, team)
    clock.propose("Rotate every key", LATER)
    clock.propose("Name an owner for every alert", LATER, on=2)
    clock.run_until_posted(LATER)
    clock.run_pass(LATER + 20 * SECOND)
    team.ana.archives("ops")
    for board in (1, 2):
        clock.outdate_all_cards(board)
    calls_before = len(slack.api_calls("chat.update"))
    for seconds in (0, 60, 299):
        clock.run_pass(LATER + MINUTE + seconds * SECOND)
    assert len(slack.api_calls("chat.update")) == calls_before + 2  # one for each board
    with clock.database.snapshot() as session:
        assert {post.board_id for post in outbox.stale(session)} == {1}


def test_limited_redraws__boards_take_turns(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CALLS_PER_MINUTE, "chat.update", 2)
    clock.open_board("random", slack, team)
    for title in ("Rotate every key", "Cache it"):
        clock.propose(title, LATER)
    clock.propose("Name an owner for every alert", LATER, on=2)
    clock.run_until_posted(LATER)
    clock.run_pass(LATER + 20 * SECOND)
    for board in (1, 2):
        clock.outdate_all_cards(board)
    left = []
    for minute in (1, 2):
        clock.run_pass(LATER + minute * MINUTE)
        with clock.database.snapshot() as session:
            left.append([post.board_id for post in outbox.stale(session)])
    assert left == [[1, 1], []]


def test_closed_projects__are_redrawn_last(
    clock: BotDriver, slack: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CALLS_PER_MINUTE, "chat.update", 1)
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    clock.run_pass(LATER + 20 * SECOND)
    with clock.database.transaction(STORE) as session:
        projects.set_status(session, 1, Status.SHIPPED, by="U1", now=LATER)
    clock.outdate_all_cards()
    shown = []
    for minute in (1, 2):
        clock.run_pass(LATER + minute * MINUTE)
        shown.append(slack.api_calls("chat.update")[-1]["request"]["text"][:2])
    assert shown == ["#2", "#1"]


def test_many_known_people__first_vote_counts_at_once(
    clock: BotDriver, slack: SandboxClient
) -> None:
    """A reconnect asks about everyone again, as fast as Slack's limit allows."""
    team_id = slack.workspace()["team"]["id"]
    with clock.database.transaction(STORE) as session:
        for number in range(500):
            people.save_profile(
                session, team_id, f"U0KNOWN{number:03}", AccountType.MEMBER, None, FRIDAY, None
            )
    clock.reconnect()
    calls = clock.count_calls_at(slack, "users.info", LATER, 0, 1, 2)
    clock.add_unknown_people(slack, "ben")
    clock.run_pass(LATER + 3 * SECOND)
    with clock.database.snapshot() as session:
        assert people.unknown(session) == []
    assert KNOWN_PEOPLE_PER_MINUTE <= calls[-1] < CALLS_PER_MINUTE["users.info"]


def test_fires__are_posted_after_everything_else(clock: BotDriver, team: SandboxPeople) -> None:
    with clock.database.transaction(STORE) as session:
        for value in ("cost", "reliability"):
            fires.declare(session, 1, value=value, what="It burns.", by="U1", now=LATER)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_metadata_too_large__is_sent_without_facts(clock: BotDriver, slack: SandboxClient) -> None:
    slack.inject_fault("chat.postMessage", error="metadata_too_large")
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    first, _, second = slack.api_calls("chat.postMessage")[-3:]
    whole, reduced = (each["request"]["metadata"]["event_payload"] for each in (first, second))
    assert set(whole) - set(reduced) == {FACTS}
    assert (whole["subject"], reduced["subject"]) == ("1", "2")


def test_rejected_post__does_not_defer_the_next(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", error="metadata_too_large", times=2)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.propose("Name an owner for every alert", LATER)
    clock.run_pass(LATER + 2 * SECOND)
    assert card_titles(team) == [FIRST, "#3  Name an owner for every alert"]
    clock.run_until_posted(LATER + timedelta(minutes=1))
    assert SECOND_CARD in card_titles(team)


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ({"status": 429, "error": "ratelimited", "retry_after": 20}, 20),
        ({"status": 429, "error": "ratelimited"}, 30),
        ({"error": "ratelimited"}, 30),
    ],
    ids=["so long", "by its status", "by its words"],
)
def test_rate_limited_redraw__defers_all_redraws(
    clock: BotDriver, slack: SandboxClient, fault: dict[str, Any], wait: int
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    slack.inject_fault("chat.update", **fault)
    calls_before = len(slack.api_calls("chat.update"))
    clock.outdate_all_cards()
    again = clock.count_calls_at(slack, "chat.update", LATER + MINUTE, 0, wait - 1, wait)
    assert again == [calls_before + 1, calls_before + 1, calls_before + 3]


def test_rejected_redraw__plain_text_is_shown(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.update", error="invalid_blocks")
    clock.outdate_all_cards()
    clock.run_until_posted(LATER)
    plain = team.mia.sees("#1  Retire the last NAT box: ")
    assert not plain.raw.get("blocks")


def test_locked_store__post_appears_once(
    clock: BotDriver, team: SandboxPeople, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock.run_until_posted(FRIDAY + MINUTE)
    clock.propose("Rotate every key", LATER)
    with locked(tmp_path / "needle.db"):
        clock.run_pass(LATER)
    [held] = [
        vars(record) for record in caplog.records if record.name == "bot.reconciler.reconciler"
    ]
    assert "database is locked" in held["error"]
    clock.run_pass(LATER + 29 * SECOND)
    assert card_titles(team) == [FIRST]
    clock.run_until_posted(LATER + 30 * SECOND)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_full_disk__post_appears_once(
    clock: BotDriver, team: SandboxPeople, tmp_path: Path
) -> None:
    clock.propose("Rotate every key", LATER)
    with full_disk(tmp_path / "needle.db"):
        for seconds in range(0, 120, 10):
            clock.run_pass(LATER + seconds * SECOND)
    clock.run_until_posted(LATER + 5 * MINUTE)
    assert card_titles(team) == [FIRST, SECOND_CARD]
