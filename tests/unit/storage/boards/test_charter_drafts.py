"""Charter drafts: edited, answered, adopted or withdrawn."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from storage.boards import charter_drafts, charters
from storage.boards.charter_drafts import Draft
from storage.database import Database, open_database
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.projects import votes
from storage.tables import PostKind, ScoreRow
from tests.support.channel import NOW, Channel, mark_sent

CHEAPER = DEFAULT_CHARTER.with_settings(quorum=2)


def save_draft(channel: Channel, content: Charter = CHEAPER, by: str = "U1") -> Draft:
    board = channel.board
    with channel.database.transaction(STORE) as session:
        charter_drafts.save(session, board.id, board.charter_version, content, by=by, now=NOW)
        draft = charter_drafts.find_open(session, board.id)
    assert draft is not None
    return draft


def post_draft(channel: Channel, content: Charter = CHEAPER) -> Draft:
    draft = save_draft(channel, content)
    write(
        channel,
        lambda session: charter_drafts.post(session, draft.id, reason="x", by="U1", now=NOW),
    )
    return draft


def write(channel: Channel, action: Callable[[Session], object]) -> None:
    with channel.database.transaction(STORE) as session:
        action(session)


def adopt(channel: Channel, content: Charter) -> None:
    draft = post_draft(channel, content)
    write(channel, lambda session: charter_drafts.adopt(session, draft.id, by="U1", now=NOW))


def test_saved_again__draft_stays_the_same(channel: Channel) -> None:
    first = save_draft(channel)
    again = save_draft(channel, CHEAPER.with_settings(moves_at=1), by="U2")
    assert (again.id, again.proposed_by, again.content.moves_at) == (first.id, "U1", 1)
    with channel.database.snapshot() as session:
        assert outbox.latest(session, channel.board.id, PostKind.DRAFT) is None


def test_two_people_start_a_draft__creates_one(channel: Channel) -> None:
    start = Barrier(2)

    def start_draft(person: str) -> int:
        start.wait()
        return save_draft(channel, by=person).id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(start_draft, ("U1", "U2")))) == 1


def test_two_boards__have_separate_drafts(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    draft = save_draft(channel)
    with channel.database.snapshot() as session:
        assert charter_drafts.find_open(session, other.board.id) is None
        assert charter_drafts.find(session, other.board.id, draft.id) is None
        assert charter_drafts.find(session, channel.board.id, draft.id) == draft


def test_second_answer__replaces_the_first(
    channel: Channel,
) -> None:
    draft = post_draft(channel)
    for minute, (person, agrees) in enumerate(
        [("U1", True), ("U2", False), ("U3", True), ("U2", True), ("U3", False)]
    ):
        at = NOW + timedelta(minutes=minute)
        with channel.database.transaction(STORE) as session:
            charter_drafts.save_answer(session, draft.id, person, agrees=agrees, now=at)
    with channel.database.transaction(STORE) as session:
        assert charter_drafts.answers(session, draft.id) == {"U1": True, "U2": True, "U3": False}
        assert charter_drafts.adopt(session, draft.id, by="U9", now=NOW) == 2
    assert (channel.board.charter, channel.board.charter_version) == (CHEAPER, 2)
    with channel.database.snapshot() as session:
        newest, first = charters.versions(session, channel.board.id)
        assert charter_drafts.find_open(session, channel.board.id) is None
    assert (newest.agreed_by, newest.agreed_at) == (("U1", "U2"), NOW)
    assert first.charter == DEFAULT_CHARTER


def test_withdrawn_draft__makes_room_for_another(channel: Channel) -> None:
    first = post_draft(channel)
    write(channel, lambda session: charter_drafts.withdraw(session, first.id, by="U1", now=NOW))
    assert save_draft(channel).id != first.id
    assert channel.board.charter == DEFAULT_CHARTER


def test_answer_or_end__makes_the_drafts_post_stale(channel: Channel) -> None:
    draft = post_draft(channel)
    with channel.database.transaction(STORE) as session:
        post = outbox.latest(session, channel.board.id, PostKind.DRAFT, DraftSubject(draft.id))
        assert post is not None
        mark_sent(session, post, "9.1", shown_revision=draft.revision)
    assert channel.stale_cards() == []
    for action in (
        lambda session: charter_drafts.save_answer(session, draft.id, "U1", agrees=True, now=NOW),
        lambda session: charter_drafts.adopt(session, draft.id, by="U1", now=NOW),
    ):
        write(channel, action)
        assert channel.stale_cards() == [str(draft.id)]
        with channel.database.transaction(STORE) as session:
            current = charter_drafts.find(session, channel.board.id, draft.id)
            assert current is not None
            posted = outbox.latest(
                session, channel.board.id, PostKind.DRAFT, DraftSubject(draft.id)
            )
            assert posted is not None
            outbox.mark_redrawn(session, posted, current.revision)
        assert channel.stale_cards() == []


def test_adopted_draft__makes_every_card_stale(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    for board in (channel, other):
        board.proposes("V1")
        board.shows_card()
    adopt(channel, CHEAPER)
    assert channel.stale_cards() == ["1"]
    assert other.stale_cards() == []


def test_known_values__include_removed_ones_in_last_form(channel: Channel) -> None:
    renamed = Value(key="cost", name="Money", emoji="euro", weight=2)
    adopt(channel, DEFAULT_CHARTER.with_value(renamed))
    adopt(channel, DEFAULT_CHARTER.without_value("cost"))
    with channel.database.snapshot() as session:
        known = {value.key: value for value in charters.known_values(session, channel.board.id)}
    assert known["cost"] == renamed
    assert known.keys() == set(DEFAULT_CHARTER.keys)


def test_value_that_comes_back__counts_old_scores(
    channel: Channel,
) -> None:
    channel.proposes("V1")
    channel.adds_people("U1")
    channel.scores("U1", {"cost": 3, "security": 1})
    adopt(channel, DEFAULT_CHARTER.without_value("cost"))
    assert channel.candidate().scores == {"U1": {"security": 1}}
    channel.scores("U1", dict.fromkeys(channel.board.charter.keys, 0))
    adopt(channel, DEFAULT_CHARTER)
    assert channel.candidate().scores["U1"]["cost"] == 3


def test_emoji_of_another_value__counts_for_the_new_value(channel: Channel) -> None:
    channel.proposes("V1")
    channel.shows_card()
    channel.adds_people("U1")
    channel.reacts("U1", "moneybag", at="1.1")
    assert channel.candidate().quick_scores == {"U1": ["cost"]}
    efficiency = Value(key="efficiency", emoji="moneybag", weight=1)
    cost = Value(key="cost", emoji="euro", weight=1)
    adopt(channel, DEFAULT_CHARTER.with_value(cost).with_value(efficiency))
    assert channel.candidate().quick_scores == {"U1": ["efficiency"]}


CHANGE_TYPES = ("rename", "retire", "back", "weight")
CHANGES = st.lists(
    st.tuples(st.sampled_from(CHANGE_TYPES), st.sampled_from(DEFAULT_CHARTER.keys)), max_size=8
)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], Database]]:
    """A function that returns an empty database each time."""
    if request.param == "postgresql":
        yield request.getfixturevalue("emptied_postgres")
        return
    numbers = itertools.count()
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            closing(open_database(f"sqlite:///{tmp_path}/{next(numbers)}.db"))
        )


# Each example has a database of its own.
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_charter_change__changes_no_score(
    new_database: Callable[[], Database], changes: list[tuple[str, str]]
) -> None:
    channel = Channel(new_database())
    channel.proposes("V1")
    for person, impact in (("U1", 3), ("U2", -2)):
        channel.adds_people(person)
        channel.scores(person, dict.fromkeys(DEFAULT_CHARTER.keys, impact))
    before, candidate = stored_scores(channel.database), channel.candidate()
    for number, (change_type, key) in enumerate(changes):
        adopt(channel, change_charter(channel.board.charter, change_type, key, number))
        assert stored_scores(channel.database) == before
    adopt(channel, DEFAULT_CHARTER)
    assert channel.candidate() == candidate


def change_charter(charter: Charter, change_type: str, key: str, number: int) -> Charter:
    if change_type == "retire":
        return charter.without_value(key) if len(charter.values) > 2 else charter
    default = DEFAULT_CHARTER.value(key)
    assert default is not None
    value = charter.value(key) or default
    updates: dict[str, dict[str, object]] = {
        "rename": {"name": f"Name {number}"},
        "weight": {"weight": number + 0.5},
    }
    return charter.with_value(value.model_copy(update=updates.get(change_type, {})))


def stored_scores(database: Database) -> list[ScoreRow]:
    with database.snapshot() as session:
        return [*session.exec(select(ScoreRow).order_by(col(ScoreRow.person))).all()]


def test_reactions_after_outage__button_and_objection_win(
    channel: Channel,
) -> None:
    channel.adds_people("U1", "U2", "U3")
    draft = post_draft(channel)
    with channel.database.transaction(STORE) as session:
        post = outbox.latest(session, channel.board.id, PostKind.DRAFT, DraftSubject(draft.id))
        assert post is not None
        mark_sent(session, post, "9.1", shown_revision=draft.revision)
        charter_drafts.save_answer(session, draft.id, "U1", agrees=True, now=NOW)
    found = {("U1", "hand"), ("U2", "hand"), ("U2", "white_check_mark"), ("U3", "white_check_mark")}
    with channel.database.transaction(STORE) as session:
        votes.apply_slack_state(session, channel.board, "9.1", {}, found)
    with channel.database.snapshot() as session:
        answers = charter_drafts.answers(session, draft.id)
        assert [post.ts for post in outbox.open_drafts(session, channel.board.id)] == ["9.1"]
    assert answers == {"U1": True, "U2": False, "U3": True}
    assert channel.stale_cards() == [str(draft.id)]
