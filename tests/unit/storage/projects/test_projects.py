import pytest
from sqlalchemy.exc import NoResultFound

from domain.projects.proposal import Proposal
from storage.database import Database
from storage.posts import outbox
from storage.projects import projects
from storage.tables import PostKind
from tests.support.channel import NOW, PROPOSAL, Channel


def test_a_proposal_is_on_the_board_as_it_was_written(channel: Channel) -> None:
    proposal = Proposal(
        title="Retire the <NAT> box",
        summary="A single NAT instance fronts three VPCs.",
        effort_weeks=2.5,
        steps=("Drain it", "Remove it"),
        toil_source="failovers by hand",
        toil_per_month=3,
        software_removed="an EC2 instance",
    )
    assert channel.proposes("V1", proposal) == 1
    project = channel.project()
    assert (project.proposer, project.proposed_at, project.revision) == ("U1", NOW, 1)
    assert project.proposal == proposal


def test_projects_are_numbered_from_1_on_each_board(channel: Channel, database: Database) -> None:
    other = Channel(database, "C2")
    assert [channel.proposes("V1"), other.proposes("V2"), channel.proposes("V3")] == [1, 1, 2]
    with database.snapshot() as session:
        assert [each.number for each in projects.list_for_board(session, channel.board.id)] == [
            1,
            2,
        ]
        assert [each.number for each in projects.list_for_board(session, other.board.id)] == [1]


def test_a_submission_that_comes_twice_proposes_once(channel: Channel) -> None:
    assert channel.proposes("V1") == 1
    channel.proposes("V2")
    again = PROPOSAL.model_copy(update={"title": "Something else"})
    assert channel.proposes("V1", again) == 1
    assert channel.project().proposal == PROPOSAL
    assert channel.proposes("V3") == 3


def test_each_project_has_one_card_to_post(channel: Channel, database: Database) -> None:
    for origin in ("V1", "V1", "V2"):
        channel.proposes(origin)
    with database.snapshot() as session:
        cards = [each for each in outbox.pending(session) if each.kind is PostKind.CARD]
    assert [card.subject for card in cards] == ["1", "2"]
    assert [card.project_id for card in cards] == [channel.project(1).id, channel.project(2).id]


def test_what_is_not_there_is_not_found(channel: Channel, database: Database) -> None:
    with database.snapshot() as session:
        assert projects.find(session, channel.board.id, 1) is None
        with pytest.raises(NoResultFound):
            projects.get(session, 1)
