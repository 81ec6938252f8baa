from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.database import Database
from storage.posts import outbox
from storage.projects import history, projects
from storage.projects.projects import Conflict, Created, Elsewhere, Updated
from storage.tables import PostKind
from tests.support.channel import NOW, PROPOSAL, Channel

LATER = NOW + timedelta(minutes=1)
RENAMED = PROPOSAL.model_copy(update={"title": "Retire the last NAT box"})


def title_change(old: Proposal, new: Proposal) -> str:
    return "" if old.title == new.title else f"title: {new.title}"


def submit(
    channel: Channel, proposal: Proposal = PROPOSAL, *, origin: str = "V1"
) -> Created | Updated | Elsewhere | Conflict:
    """Submit a form that a person may have submitted before."""
    with channel.database.transaction() as session:
        return projects.propose_or_update(
            session,
            channel.board.id,
            origin=origin,
            proposer="U1",
            proposal=proposal,
            describe_changes=title_change,
            now=LATER,
        )


def edit(channel: Channel, title: str, by: str) -> None:
    edited = PROPOSAL.model_copy(update={"title": title})
    with channel.database.transaction() as session:
        projects.edit(session, channel.project().id, edited, changes=title, by=by, now=LATER)


def test_proposal__is_stored_as_written(channel: Channel) -> None:
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


def test_projects__are_numbered_from_1_on_each_board(channel: Channel, database: Database) -> None:
    other = Channel(database, "C2")
    assert [channel.proposes("V1"), other.proposes("V2"), channel.proposes("V3")] == [1, 1, 2]
    with database.snapshot() as session:
        on_first = projects.list_for_board(session, channel.board.id)
        on_other = projects.list_for_board(session, other.board.id)
    assert [project.number for project in on_first] == [1, 2]
    assert [project.number for project in on_other] == [1]


def test_new_form__creates_a_project(channel: Channel) -> None:
    channel.proposes("V0")
    assert submit(channel) == Created(2)
    assert channel.project(2).proposal == PROPOSAL


def test_form_submitted_again__updates_its_project(channel: Channel) -> None:
    assert submit(channel) == Created(1)
    assert submit(channel, RENAMED) == Updated(1)
    assert channel.project().proposal == RENAMED
    with channel.database.snapshot() as session:
        events = history.list_for_project(session, channel.project().id)
    assert [event.detail for event in events] == ["title: Retire the last NAT box"]
    assert channel.proposes("V2") == 2


def test_form_submitted_again_unchanged__writes_nothing(channel: Channel) -> None:
    submit(channel)
    before = channel.project()
    assert submit(channel) == Updated(1)
    assert channel.project() == before


def test_form_submitted_again_for_another_board__saves_nothing(
    channel: Channel, database: Database
) -> None:
    other = Channel(database, "C2")
    submit(channel)
    assert submit(other, RENAMED) == Elsewhere(1, channel.board.id)
    assert channel.project().proposal == PROPOSAL
    with database.snapshot() as session:
        assert projects.list_for_board(session, other.board.id) == []


def test_form_submitted_again_after_anothers_edit__conflicts(channel: Channel) -> None:
    submit(channel)
    edit(channel, "Someone else's title", by="U2")
    assert submit(channel, RENAMED) == Conflict(1)
    assert channel.project().proposal.title == "Someone else's title"


def test_form_submitted_again_after_own_edit__updates(channel: Channel) -> None:
    submit(channel)
    edit(channel, "Someone else's title", by="U2")
    edit(channel, "My title", by="U1")
    assert submit(channel, RENAMED) == Updated(1)
    assert channel.project().proposal == RENAMED


def test_form_submitted_again_after_closing__conflicts(channel: Channel) -> None:
    submit(channel)
    channel.changes_status(1, Status.SHIPPED)
    assert submit(channel, RENAMED) == Conflict(1)
    assert channel.project().proposal == PROPOSAL


def test_project_with_known_origin__is_refused(channel: Channel) -> None:
    channel.proposes("V1")
    with pytest.raises(IntegrityError):
        channel.proposes("V1")


def test_each_project__has_one_card_to_post(channel: Channel, database: Database) -> None:
    for origin in ("V1", "V1", "V2"):
        submit(channel, origin=origin)
    with database.snapshot() as session:
        cards = [post for post in outbox.pending(session) if post.kind is PostKind.CARD]
    assert [card.subject for card in cards] == ["1", "2"]
    assert [card.project_id for card in cards] == [channel.project(1).id, channel.project(2).id]


def test_unknown_project__is_not_found(channel: Channel, database: Database) -> None:
    with database.snapshot() as session:
        assert projects.find(session, channel.board.id, 1) is None
        with pytest.raises(NoResultFound):
            projects.get(session, 1)
