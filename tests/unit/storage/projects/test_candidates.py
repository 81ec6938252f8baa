"""Input of the ranking: projects with the scores and votes that count."""

from datetime import timedelta

from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from storage.locks import STORE
from storage.people import reminders
from storage.posts import outbox
from storage.projects import candidates, scores
from storage.tables import AccountType, CharterRow
from tests.support.channel import NOW, PROPOSAL, Channel

SECOND = timedelta(seconds=1)


def board_candidates(channel: Channel) -> list[Candidate]:
    with channel.database.snapshot() as session:
        return candidates.candidates(session, channel.board)


def test_board_without_projects__has_no_candidates(channel: Channel) -> None:
    assert board_candidates(channel) == []


def test_candidate__has_its_votes_and_scores(channel: Channel) -> None:
    channel.adds_people("U1", "U2")
    channel.proposes("V1", PROPOSAL.model_copy(update={"effort_weeks": 1.5}))
    channel.proposes("V2", PROPOSAL.model_copy(update={"title": "Cut the bill"}))
    channel.shows_card(1)
    channel.scores("U1", {"security": 3, "cost": 0})
    channel.scores("U2", {"security": 2, "cost": -1})
    channel.scores("U2", {"cost": 3}, number=2)
    channel.reacts("U2", at="1.5")
    channel.reacts("U2", "zap", at="1.5")
    assert board_candidates(channel) == [
        Candidate(
            id=1,
            title="Rotate the keys",
            effort_weeks=1.5,
            quorum_needed=3,
            backers=frozenset({"U2"}),
            scores={"U1": {"security": 3, "cost": 0}, "U2": {"security": 2, "cost": -1}},
            quick_scores={"U2": ["performance"]},
        ),
        Candidate(id=2, title="Cut the bill", quorum_needed=3, scores={"U2": {"cost": 3}}),
    ]
    assert channel.candidate(2) == board_candidates(channel)[1]


def test_vote__outlives_its_card_and_can_be_removed(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.proposes("V1")
    first = channel.shows_card(ts="1.000001")
    channel.reacts("U1", at="2.5")
    with channel.database.transaction(STORE) as session:
        outbox.requeue(session, first)
    channel.shows_card(ts="3.000001")
    assert channel.candidate().backers == {"U1"}
    channel.reacts("U1", ts="3.000001", at="4.5")
    channel.reacts("U1", ts="3.000001", at="5.5", present=False)
    assert channel.candidate().backers == frozenset()


def test_scores_of_non_members__do_not_count(channel: Channel) -> None:
    channel.proposes("V1")
    for person, kind in (
        ("U1", AccountType.GUEST),
        ("U2", AccountType.BOT),
        ("U3", AccountType.DEACTIVATED),
    ):
        channel.adds_people(person, kind=kind)
        channel.scores(person, {"cost": 3})
    channel.scores("U4", {"cost": 3})  # U4 hasn't been looked up.
    assert channel.candidate().scores == {}


def test_removed_value__does_not_count(channel: Channel) -> None:
    channel.adds_people("U1")
    channel.proposes("V1")
    channel.shows_card()
    channel.scores("U1", {"security": 1, "cost": 3})
    channel.reacts("U1", "moneybag", at="1.5")
    kept = DEFAULT_CHARTER.model_copy(update={"values": DEFAULT_CHARTER.values[:2]})
    with channel.database.transaction(STORE) as session:
        session.add(
            CharterRow(
                board_id=channel.board.id,
                version=2,
                content=kept.model_dump(mode="json"),
                agreed_by=[],
                agreed_at=NOW,
            )
        )
    assert channel.candidate().scores == {"U1": {"security": 1}}
    assert channel.candidate().quick_scores == {}


def test_two_boards__have_separate_candidates(channel: Channel) -> None:
    other_board = Channel(channel.database, "C2")
    other_team = Channel(channel.database, "C1", team_id="T2")
    for board in (channel, other_board, other_team):
        board.adds_people("U1")
        board.proposes("V1")
        board.shows_card()
    channel.scores("U1", {"cost": 3})
    channel.reacts("U1", at="1.5")
    for other in (other_board, other_team):
        assert board_candidates(other) == [
            Candidate(id=1, title="Rotate the keys", quorum_needed=3)
        ]
    assert channel.candidate().backers == {"U1"}


def test_member_of_another_team__does_not_count(channel: Channel) -> None:
    other_team = Channel(channel.database, "C9", team_id="T2")
    other_team.adds_people("U1")
    channel.proposes("V1")
    channel.shows_card()
    channel.scores("U1", {"cost": 3})
    channel.reacts("U1", at="1.5")
    assert (channel.candidate().scores, channel.candidate().backers) == ({}, frozenset())


def test_closed_project__is_no_candidate_and_needs_no_score(
    channel: Channel,
) -> None:
    for number, status in enumerate(Status, 1):
        channel.proposes(f"V{number}")
        channel.changes_status(number, status)
    ranked = [list(Status).index(status) + 1 for status in RANKED_STATUSES]
    assert [candidate.id for candidate in board_candidates(channel)] == ranked
    with channel.database.snapshot() as session:
        assert scores.projects_to_score(session, channel.board, "U1") == ranked


def test_merged_projects__count_each_person_once(
    channel: Channel,
) -> None:
    channel.adds_people("U1", "U2", "U3")
    for number in (1, 2):
        channel.proposes(f"V{number}")
        channel.shows_card(number)
    channel.reacts("U1", ts="1.000001", at="5.1")
    channel.reacts("U1", ts="2.000001", at="5.2")
    channel.reacts("U2", ts="2.000001", at="5.3")
    channel.scores("U1", {"cost": 3}, number=1, at=NOW)
    channel.scores("U1", {"cost": 1}, number=2, at=NOW + SECOND)
    channel.scores("U3", {"security": 2}, number=2, at=NOW)
    channel.changes_status(2, Status.MERGED, into=1)
    [merged] = board_candidates(channel)
    assert merged.backers == {"U1", "U2"}
    assert merged.scores == {"U1": {"cost": 1}, "U3": {"security": 2}}
    for number in (1, 2):
        channel.shows_card(number)
    channel.reacts("U1", ts="2.000001", at="6.1", present=False)
    assert channel.stale_cards() == ["1"]
    assert channel.candidate().backers == {"U1", "U2"}, "the vote on the other card remains"


def test_score_of_merged_project__is_not_owed_again(channel: Channel) -> None:
    people = ("U1", "U2", "U3")
    channel.adds_people(*people, "U4")
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    for person in people:
        channel.scores(person, {"cost": 3}, number=1)
    channel.scores("U4", {"a_retired_value": 3}, number=2)
    channel.changes_status(1, Status.MERGED, into=2)
    assert channel.candidate(2).scores.keys() == set(people)
    with channel.database.snapshot() as session:
        missing = {
            person: scores.projects_to_score(session, channel.board, person) for person in people
        }
        owed = {
            person: len(reminders.owed_scores(session, channel.board, person)) for person in people
        }
        assert scores.projects_to_score(session, channel.board, "U4") == [3, 2], (
            "#2 has reached its quorum"
        )
    assert missing == {person: [3] for person in people}
    assert owed == dict.fromkeys(people, 1)
    channel.changes_status(3, Status.DROPPED)
    with channel.database.snapshot() as session:
        assert reminders.people_owing_scores(session, channel.board, lambda _: True) == []
