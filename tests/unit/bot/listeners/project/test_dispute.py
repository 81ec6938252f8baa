"""Whoever scores as the last of the quorum makes a dispute known, once."""

from bot.views.modals import score
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject, Subject
from storage.tables import PostKind
from tests.support.listener_harness import ListenerHarness
from tests.support.modal_input import submitted
from tests.support.surfaces import Words, a_ballot


def scores_cost(team: ListenerHarness, person: str, impact: int) -> None:
    form = score.form(a_ballot(Words()), team.board.charter)
    team.submits(person, submitted(form, cost=str(impact)))


def disputes(team: ListenerHarness) -> set[Subject]:
    with team.database.snapshot() as session:
        return outbox.list_subjects(session, team.board.id, PostKind.DISPUTE)


def test_it_is_asked_for_when_the_quorum_has_scored_and_only_then(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1")
    scores_cost(team, "U1", 3)
    scores_cost(team, "U2", -1)
    assert disputes(team) == set()
    scores_cost(team, "U3", 1)
    assert disputes(team) == {ProjectSubject(1)}
    scores_cost(team, "U3", 2)
    assert disputes(team) == {ProjectSubject(1)}


def test_there_is_nothing_to_talk_about_where_people_agree(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1")
    for person, impact in (("U1", 3), ("U2", 1), ("U3", 2)):
        scores_cost(team, person, impact)
    assert disputes(team) == set()
