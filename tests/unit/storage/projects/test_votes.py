"""Reactions that arrive twice, late or out of order: the last user action wins."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import PaybackSubject
from storage.projects import votes
from storage.tables import AccountType, PostKind
from tests.support.channel import Channel, mark_sent

EARLIER, LATER = "1787313600.000001", "1787313600.000002"


@pytest.fixture
def channel(channel: Channel) -> Channel:
    """A board with a project on a card, and two members."""
    channel.proposes("V1")
    channel.shows_card()
    channel.adds_people("U1", "U2")
    return channel


def backers(channel: Channel, number: int = 1) -> set[str]:
    return set(channel.candidate(number).backers)


def test_reaction__backs_the_project_until_removed(channel: Channel) -> None:
    assert channel.reacts("U1", at=EARLIER)
    assert backers(channel) == {"U1"}
    assert channel.reacts("U1", present=False, at=LATER)
    assert backers(channel) == set()
    assert channel.reacts("U1", at="1787313600.000003")
    assert backers(channel) == {"U1"}


def test_duplicate_event__counts_once_and_makes_no_card_stale(channel: Channel) -> None:
    assert channel.reacts("U1", at=EARLIER)
    channel.shows_card()
    assert not channel.reacts("U1", at=EARLIER)
    assert backers(channel) == {"U1"}
    assert channel.stale_cards() == []


@pytest.mark.parametrize("last", [True, False])
def test_last_event__wins_even_if_it_arrives_first(channel: Channel, *, last: bool) -> None:
    assert channel.reacts("U1", present=last, at=LATER)
    assert not channel.reacts("U1", present=not last, at=EARLIER)
    assert backers(channel) == ({"U1"} if last else set())


TIMED_EVENTS = st.dictionaries(st.integers(1, 9), st.booleans(), min_size=1, max_size=5)
PROJECT_NUMBERS = count(2)
on_each_database = settings(
    max_examples=40,
    deadline=None,  # PostgreSQL's speed varies.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@on_each_database
@given(
    TIMED_EVENTS.flatmap(
        lambda events: st.tuples(
            st.just(events), st.permutations([*events.items(), *events.items()])
        )
    )
)
def test_any_order_and_repetition__last_event_wins(
    channel: Channel, events: tuple[dict[int, bool], list[tuple[int, bool]]]
) -> None:
    by_time, delivered = events
    number = channel.proposes(f"V{next(PROJECT_NUMBERS)}")
    card = channel.shows_card(number, ts=f"{number}.000001")
    assert card.subject == str(number)
    for micros, present in delivered:
        channel.reacts("U1", present=present, at=f"1787313600.00000{micros}", ts=f"{number}.000001")
    assert backers(channel, number) == ({"U1"} if by_time[max(by_time)] else set())


@on_each_database
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["U1", "U2", "UNEW"]),
            st.sampled_from(["+1", "lock"]),
            st.booleans(),
            st.integers(1, 9),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_events_stored_together__end_as_one_by_one(
    channel: Channel, events: list[tuple[str, str, bool, int]]
) -> None:
    # Slack never sends two different events of one reaction with the same time.
    timed = {(person, emoji, at): present for person, emoji, present, at in events}
    numbers = [channel.proposes(f"V{next(PROJECT_NUMBERS)}") for _ in range(2)]
    together, alone = [f"{number}.000001" for number in numbers]
    for number in numbers:
        channel.shows_card(number, ts=f"{number}.000001")
    with channel.database.transaction(channel.lock) as session:
        stored = votes.save_reactions(
            session,
            [
                channel.reaction(
                    person, emoji, at=f"1787313600.00000{at}", present=present, ts=together
                )
                for (person, emoji, at), present in timed.items()
            ],
        )
    for (person, emoji, at), present in timed.items():
        channel.reacts(person, emoji, at=f"1787313600.00000{at}", present=present, ts=alone)
    with channel.database.snapshot() as session:
        found = votes.reactions_on(session, channel.board.id, [together, alone])
    assert found[together] == found[alone]
    assert {(event.person, event.emoji): event.present for event in stored} == {
        key: reaction.present for key, reaction in found[together].items()
    }


def test_events_in_a_channel_without_board__are_not_stored(channel: Channel) -> None:
    event = votes.ReactionEvent(
        channel.team_id, "COTHER", "1.000001", "UNEW", "+1", present=True, event_ts=EARLIER
    )
    with channel.database.transaction(STORE) as session:
        assert votes.save_reactions(session, [event]) == set()
        assert people.account_type(session, channel.team_id, "UNEW") is AccountType.UNKNOWN
        assert people.unknown(session) == []


def test_new_persons_reaction__is_looked_up(channel: Channel) -> None:
    channel.reacts("UNEW", at=EARLIER)
    with channel.database.snapshot() as session:
        assert (channel.team_id, "UNEW") in people.unknown(session)


def test_one_of_two_skin_tones_removed__vote_remains(channel: Channel) -> None:
    channel.reacts("U1", "+1::skin-tone-2", at=EARLIER)
    channel.reacts("U1", "thumbsup::skin-tone-5", at=EARLIER)
    assert backers(channel) == {"U1"}
    channel.reacts("U1", "+1::skin-tone-2", present=False, at=LATER)
    assert backers(channel) == {"U1"}
    channel.reacts("U1", "thumbsup::skin-tone-5", present=False, at=LATER)
    assert backers(channel) == set()


@pytest.mark.parametrize("kind", [kind for kind in AccountType if kind is not AccountType.MEMBER])
def test_non_member__has_no_vote(channel: Channel, kind: AccountType) -> None:
    channel.adds_people("U9", kind=kind)
    channel.reacts("U9", at=EARLIER)
    channel.reacts("U9", "lock", at=EARLIER)
    assert backers(channel) == set()
    assert channel.candidate().quick_scores == {}


def test_values_emoji__is_a_quick_score(channel: Channel) -> None:
    channel.reacts("U1", "moneybag", at=EARLIER)
    channel.reacts("U1", "lock", at=EARLIER)
    channel.reacts("U2", "tada", at=EARLIER)
    assert channel.candidate().quick_scores == {"U1": ["cost", "security"]}


def test_vote__makes_only_its_card_stale(channel: Channel) -> None:
    channel.proposes("V2")
    channel.shows_card(2)
    channel.reacts("U1", at=EARLIER)
    assert channel.stale_cards() == ["1"]


def test_reaction_before_its_card_is_known__counts_later(channel: Channel) -> None:
    channel.proposes("V2")
    channel.reacts("U1", at=EARLIER, ts="2.000001")
    assert backers(channel, 2) == set()
    with channel.database.snapshot() as session:
        assert votes.has_reactions(session, channel.board.id, "2.000001")
        assert not votes.has_reactions(session, channel.board.id, "3.000001")
    channel.shows_card(2)
    assert backers(channel, 2) == {"U1"}


def test_reaction_to_another_post_of_a_project__is_no_vote(channel: Channel) -> None:
    with channel.database.transaction(STORE) as session:
        project = channel.project(1).id
        outbox.enqueue(
            session,
            channel.board.id,
            PostKind.PAYBACK,
            PaybackSubject(1, 30, None),
            project_id=project,
        )
        payback = outbox.latest(session, channel.board.id, PostKind.PAYBACK)
        assert payback is not None
        mark_sent(session, payback, "7.000001")
    channel.reacts("U1", at=EARLIER, ts="7.000001")
    assert channel.stale_cards() == []
    assert backers(channel) == set()


def test_reaction_outside_boards__is_ignored(channel: Channel) -> None:
    channel.channel_id = "C404"
    assert not channel.reacts("U1", at=EARLIER)


def test_same_ts_in_another_channel__is_another_message(channel: Channel) -> None:
    other = Channel(channel.database, "C2")
    other.proposes("V1")
    other.shows_card()
    other.reacts("U1", at=EARLIER)
    assert backers(other) == {"U1"}
    assert backers(channel) == set()
    assert channel.stale_cards() == []
