"""Reading back: which messages count, when Needle may post, and what pauses a board."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.reconciler.lost_posts import metadata_of
from bot.reconciler.read_back import MAX_AGE, MAX_MESSAGES, ReadBack
from bot.slack.answers.messages import MessageBlock, Metadata, SlackMessage
from domain.projects.lifecycle import Status
from storage.boards import boards
from storage.database import open_database
from storage.locks import STORE
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE, PostIdentity
from storage.posts.outbox import PostedContent
from storage.posts.subjects import QuarterSubject, WeekSubject
from storage.projects import history, projects
from storage.projects.card_facts import CardFacts
from storage.stores import random_id
from storage.tables import PostKind, StoreRow
from tests.support.channel import NOW, PROPOSAL, Channel

NEEDLE = "U0NEEDLE"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
OLD = MAX_AGE + DAY


@pytest.fixture
def channel(store_file: Path) -> Iterator[Channel]:
    """A board whose store knows one card."""
    with closing(open_database(f"sqlite:///{store_file}")) as database:
        channel = Channel(database)
        channel.proposes("V1")
        channel.shows_card(1, ts_at(2 * DAY))
        yield channel


def ts_at(age: timedelta) -> str:
    return f"{(NOW - age).timestamp():.6f}"


def card(channel: Channel, number: int, store_id: str = "") -> PostIdentity:
    """Return the identity of a card, by default of this store."""
    store_id = store_id or channel.database.info.store_id
    return PostIdentity(store_id, channel.board.id, PostKind.CARD, str(number), edition=1)


def message(
    identity: PostIdentity | None = None, age: timedelta = DAY, facts: str = "", user: str = NEEDLE
) -> SlackMessage:
    metadata = metadata_of(identity, facts) if identity else {}
    return SlackMessage(ts=ts_at(age), user=user, metadata=Metadata(**metadata))


def facts_of(project: str, **other: Any) -> str:
    """Return the facts on the card of a project that the store doesn't have."""
    return CardFacts(
        permanent_id=project,
        changed_at=NOW,
        origin=project,
        proposer="U9",
        proposed_at=NOW,
        proposal=PROPOSAL,
        **other,
    ).encode()


def merged_into(target: str) -> dict[str, Any]:
    """Return the facts of a project that was merged."""
    return {
        "status": Status.MERGED,
        "status_by": "U9",
        "status_at": NOW,
        "merged_into": target,
    }


def lost_projects(channel: Channel, count: int) -> list[str]:
    """Return permanent ids of projects that the store doesn't have."""
    return [f"{channel.database.info.store_id}-{random_id()}" for _ in range(count)]


def numbers(channel: Channel) -> list[int]:
    with channel.database.snapshot() as session:
        return [each.number for each in projects.list_for_board(session, channel.board.id)]


def read(channel: Channel, *pages: Sequence[SlackMessage], is_last: bool = False) -> ReadBack:
    """Read these pages. `is_last` tells whether the channel has no older ones."""
    read_back = ReadBack(channel.database, channel.board, lambda: NEEDLE, NOW)
    for page in pages:
        read_back.read_page(page, is_last=is_last)
    return read_back


def state(read_back: ReadBack) -> tuple[bool, bool]:
    return read_back.may_post, read_back.is_complete


def test_known_post__opens_the_channel_and_reading_continues(channel: Channel) -> None:
    assert state(read(channel, [message(card(channel, 1), 2 * DAY)])) == (True, False)


def test_page_without_known_post__holds_posts(channel: Channel) -> None:
    assert state(read(channel, [message()])) == (False, False)


def test_last_page__opens_the_channel(channel: Channel) -> None:
    assert state(read(channel, [message()], is_last=True)) == (True, True)


def test_many_messages__end_it(channel: Channel) -> None:
    page = [message()] * (MAX_MESSAGES // 5)
    assert state(read(channel, *[page] * 4)) == (False, False)
    assert state(read(channel, *[page] * 5)) == (True, True)


def test_old_message__ends_it_and_does_not_count(channel: Channel) -> None:
    foreign = message(card(channel, 7, random_id()), OLD)
    assert state(read(channel, [foreign])) == (True, True)
    assert not channel.board.has_conflict


def test_unknown_card_of_this_store__is_adopted_once(channel: Channel) -> None:
    [lost] = lost_projects(channel, 1)
    page = [message(card(channel, 2), facts=facts_of(lost))]
    read(channel, page)
    read(channel, page)
    assert channel.project(2).permanent_id == lost
    assert channel.proposes("V3") == 3


def stale_quarter_posts(channel: Channel) -> list[PostKind]:
    with channel.database.snapshot() as session:
        return [post.kind for post in roadmaps.stale_posts(session, [channel.board], NOW)]


def quarter_post(channel: Channel, kind: PostKind, age: timedelta) -> SlackMessage:
    """Return the message of a post about the current quarter."""
    key = channel.board.cadence.quarter(NOW).key
    store_id = channel.database.info.store_id
    return message(PostIdentity(store_id, channel.board.id, kind, key, edition=1), age)


def test_adopted_roadmap__stays_until_something_changes(channel: Channel) -> None:
    """Slack shows its commit and scores, which the store lost."""
    [lost] = lost_projects(channel, 1)
    page = [
        message(card(channel, 2), DAY / 2, facts_of(lost)),
        quarter_post(channel, PostKind.RETROSPECTIVE, DAY),
        quarter_post(channel, PostKind.ROADMAP, 3 * DAY),
    ]
    read_back = read(channel, page)
    assert stale_quarter_posts(channel) == []
    read_back.read_page([message(card(channel, 3), 4 * DAY, facts_of(lost + "2"))], is_last=True)
    assert stale_quarter_posts(channel) == []
    channel.changes_status(1, Status.STARTED)
    assert len(stale_quarter_posts(channel)) == 2


def test_roadmap_changed_while_in_flight__is_redrawn(channel: Channel) -> None:
    """Needle was killed after Slack accepted it."""
    board, quarter = channel.board, channel.board.cadence.quarter(NOW)
    with channel.database.transaction(STORE) as session:
        outbox.enqueue(session, board.id, PostKind.ROADMAP, QuarterSubject(quarter.key))
        [post] = [each for each in outbox.due(session, NOW) if each.kind is PostKind.ROADMAP]
        claimed = outbox.claim(session, post.id, NOW)
        assert claimed is not None
        content = PostedContent(shown_revision=roadmaps.revision(session, board, quarter))
        assert outbox.mark_attempt(session, claimed, NOW, content)
    channel.changes_status(1, Status.STARTED)
    read(channel, [quarter_post(channel, PostKind.ROADMAP, DAY)], is_last=True)
    assert stale_quarter_posts(channel) == [PostKind.ROADMAP]


def page_with_card(channel: Channel, *, changed_at: datetime, **other: Any) -> list[SlackMessage]:
    """Return a page with the known card, as a store that was lost had drawn it."""
    facts = CardFacts.of(channel.project(1), "")
    changed = facts.model_copy(update={"changed_at": changed_at, **other})
    return [message(card(channel, 1), 2 * DAY, changed.encode())]


def test_vote_before_reading_back__keeps_the_newer_facts(channel: Channel) -> None:
    page = page_with_card(channel, changed_at=NOW + MINUTE, owner="U5", status=Status.STARTED)
    channel.adds_people("U7", "U8")
    for person in ("U7", "U8"):
        channel.reacts(person, at=ts_at(DAY), ts=ts_at(2 * DAY))
    read(channel, page)
    assert channel.project(1).status is Status.STARTED
    assert channel.project(1).owner == "U5"


def test_change_after_the_restore__is_newer_than_the_card(channel: Channel) -> None:
    page = page_with_card(channel, changed_at=NOW + MINUTE, status=Status.DECLINED)
    channel.changes_status(1, Status.STARTED, at=NOW + 2 * MINUTE)
    read(channel, page)
    assert channel.project(1).status is Status.STARTED


def test_card_not_yet_redrawn__changes_nothing(channel: Channel) -> None:
    page = page_with_card(channel, changed_at=channel.project(1).changed_at)
    clock_set_back = NOW - DAY
    channel.changes_status(1, Status.STARTED, at=clock_set_back)
    before = channel.project(1)
    read(channel, page)
    assert channel.project(1) == before


def test_facts_read_back__are_drawn_and_not_read_again(channel: Channel) -> None:
    page = page_with_card(channel, changed_at=NOW + MINUTE, owner="U5")
    read(channel, page)
    assert channel.stale_cards() == ["1"]
    before = channel.project(1)
    read(channel, page)
    assert channel.project(1) == before


@pytest.mark.parametrize("pages", [1, 2])
def test_merge_into_a_newer_project__stays_a_merge(channel: Channel, pages: int) -> None:
    older, newer = lost_projects(channel, 2)
    merged = message(card(channel, 2), 3 * DAY, facts_of(older, **merged_into(newer)))
    target = message(card(channel, 3), DAY, facts_of(newer))
    read(channel, *([[target, merged]] if pages == 1 else [[target], [merged]]))
    assert channel.project(2).status is Status.MERGED
    assert channel.project(2).merged_into == channel.project(3).id


def test_merge_into_a_project_on_an_older_page__waits(channel: Channel) -> None:
    older, newer = lost_projects(channel, 2)
    merged = message(card(channel, 3), DAY, facts_of(newer, **merged_into(older)))
    target = message(card(channel, 2), 3 * DAY, facts_of(older))
    read_back = read(channel, [merged])
    assert numbers(channel) == [1]
    read_back.read_page([target], is_last=False)
    assert channel.project(3).merged_into == channel.project(2).id


def test_chain_of_merges__ends_at_the_last_project(channel: Channel) -> None:
    first, second = lost_projects(channel, 2)
    last = channel.project(1).permanent_id
    cards = [
        message(card(channel, 2), DAY, facts_of(first, **merged_into(second))),
        message(card(channel, 3), DAY / 2, facts_of(second, **merged_into(last))),
    ]
    read(channel, cards)
    target = channel.project(1).id
    assert [channel.project(number).merged_into for number in (2, 3)] == [target, target]


def test_merge_into_an_unknown_project__reopens_at_the_end(channel: Channel) -> None:
    first, second, unknown = lost_projects(channel, 3)
    cards = [
        message(card(channel, 2), DAY, facts_of(first, **merged_into(second))),
        message(card(channel, 3), DAY / 2, facts_of(second, **merged_into(unknown))),
    ]
    read_back = read(channel, cards)
    assert numbers(channel) == [1]
    read_back.read_page([], is_last=True)
    assert channel.project(3).status is Status.OPEN
    assert channel.project(2).merged_into == channel.project(3).id


def test_merges_in_a_circle__reopen_one_project(channel: Channel) -> None:
    """One of the two cards was not yet redrawn when the store was lost."""
    first, second = lost_projects(channel, 2)
    cards = [
        message(card(channel, 2), DAY, facts_of(first, **merged_into(second))),
        message(card(channel, 3), DAY / 2, facts_of(second, **merged_into(first))),
    ]
    read(channel, cards, is_last=True)
    assert channel.project(2).status is Status.OPEN
    assert channel.project(3).merged_into == channel.project(2).id


def test_card_without_facts__keeps_only_its_number(channel: Channel) -> None:
    """A proxy removed the metadata, or a version before permanent ids posted the card."""
    mark = card(channel, 7).mark
    stripped = SlackMessage(ts=ts_at(DAY), user=NEEDLE, blocks=(MessageBlock(block_id=mark),))
    read(channel, [stripped], is_last=True)
    assert channel.proposes("V2") == 8


@pytest.mark.parametrize("is_last", [False, True])
def test_post_of_another_store__pauses_the_board(
    channel: Channel,
    is_last: bool,  # noqa: FBT001 - a column of the table
) -> None:
    foreign = message(card(channel, 7, random_id()))
    page = [foreign, message(card(channel, 1), 2 * DAY)]
    assert state(read(channel, page, is_last=is_last)) == (False, True)
    assert channel.board.has_conflict
    with channel.database.transaction(STORE) as session:
        boards.adopt_conflicting_store(session, channel.board.id, NOW)
    assert state(read(channel, page, is_last=is_last)) == (True, is_last)
    assert channel.proposes("V2") == 8


def test_post_without_store__counts_as_own_only_after_upgrade(channel: Channel) -> None:
    unnamed = message(replace(card(channel, 7), store_id=UNNAMED_STORE))
    with channel.database.transaction(STORE) as session:
        session.get_one(StoreRow, 1).has_unnamed_posts = True
    read(channel, [unnamed])
    assert not channel.board.has_conflict
    with channel.database.transaction(STORE) as session:
        session.get_one(StoreRow, 1).has_unnamed_posts = False
    read(channel, [unnamed])
    assert channel.board.has_conflict


def test_other_apps_copy_of_the_metadata__is_ignored(channel: Channel) -> None:
    copied = message(card(channel, 7, random_id()), user="U0OTHER")
    assert state(read(channel, [copied])) == (False, False)
    assert not channel.board.has_conflict


def test_conflict_seen_by_a_process_that_lags__stays_ended(channel: Channel) -> None:
    page = [message(card(channel, 7, random_id()))]
    lagging = ReadBack(channel.database, channel.board, lambda: NEEDLE, NOW)
    read(channel, page)
    with channel.database.transaction(STORE) as session:
        boards.adopt_conflicting_store(session, channel.board.id, NOW)
    lagging.read_page(page, is_last=True)
    assert not channel.board.has_conflict


def test_channel_of_two_boards_in_use__has_no_conflict(channel: Channel) -> None:
    """Slack gave the channel a new id, and people used the new board before that was noticed."""
    new = Channel(channel.database, "C2")
    new.proposes("V7")
    own = replace(card(channel, 1), store_id=UNNAMED_STORE)
    assert state(read(new, [message(own, 2 * DAY)])) == (True, True)
    assert not new.board.has_conflict


def digest_message(channel: Channel, week: str, age: timedelta, **content: Any) -> SlackMessage:
    store_id = channel.database.info.store_id
    identity = PostIdentity(store_id, channel.board.id, PostKind.DIGEST, week, edition=1)
    facts = PostedContent(**content).model_dump_json(exclude_none=True)
    return message(identity, age, facts)


def test_adopted_digests__count_by_their_weeks(channel: Channel) -> None:
    channel.changes_status(1, Status.SHIPPED)
    shippings = {"1": channel.project(1).shipping}
    with channel.database.transaction(STORE) as session:
        outbox.enqueue(session, channel.board.id, PostKind.DIGEST, WeekSubject("2026-W34"))
    newer = digest_message(
        channel, "2026-W33", 7 * DAY, ranks={"1": 2}, shipped=[1], shippings=shippings
    )
    older = digest_message(channel, "2026-W32", 14 * DAY, ranks={"1": 9})
    read(channel, [newer], [older])
    with channel.database.snapshot() as session:
        board_id = channel.board.id
        assert outbox.last_ranks(session, board_id, "2026-W34") == {"1": 2}
        assert projects.shipped_since_last_digest(session, board_id, "2026-W34") == []


def test_shipped_project_and_digest_restored__is_not_named_again(channel: Channel) -> None:
    """The backup is older than both, and the channel shows the digest above the card's update."""
    facts = CardFacts.of(channel.project(1), "")
    shipped_at = NOW + MINUTE
    shipped = facts.model_copy(
        update={
            "status": Status.SHIPPED,
            "status_by": "U1",
            "status_at": shipped_at,
            "changed_at": shipped_at,
        }
    )
    digest = digest_message(
        channel,
        "2026-W33",
        7 * DAY,
        shipped=[1],
        shippings={"1": shipped_at.isoformat()},
    )
    read(channel, [digest])
    read(channel, [message(card(channel, 1), DAY, shipped.encode())])
    with channel.database.snapshot() as session:
        board_id = channel.board.id
        assert channel.project(1).status is Status.SHIPPED
        assert projects.shipped_since_last_digest(session, board_id, "2026-W34") == []
        [named] = projects.shipped_since_last_digest(session, board_id, "2026-W33")
        assert named.number == 1


def test_restored_projects__say_what_was_restored(channel: Channel) -> None:
    [lost] = lost_projects(channel, 1)
    page = page_with_card(channel, changed_at=NOW + MINUTE, owner="U5")
    read(channel, [*page, message(card(channel, 2), DAY, facts_of(lost))])
    with channel.database.snapshot() as session:
        events = [
            [each.what for each in history.list_for_project(session, channel.project(number).id)]
            for number in (1, 2)
        ]
    assert events == [[history.FACTS_RESTORED], [history.RESTORED]]


def test_digest_of_an_adopted_store__keeps_no_numbers(channel: Channel) -> None:
    """The other store's projects may have other numbers here."""
    other = random_id()
    with channel.database.transaction(STORE) as session:
        boards.mark_conflict(session, channel.board.id, other)
        boards.adopt_conflicting_store(session, channel.board.id, NOW)
    identity = PostIdentity(other, 1, PostKind.DIGEST, "2026-W33", edition=1)
    facts = PostedContent(ranks={"1": 2}).model_dump_json(exclude_none=True)
    read(channel, [message(identity, 7 * DAY, facts)])
    with channel.database.snapshot() as session:
        assert outbox.latest(session, channel.board.id, PostKind.DIGEST) is not None
        assert outbox.last_ranks(session, channel.board.id, "2026-W34") is None
