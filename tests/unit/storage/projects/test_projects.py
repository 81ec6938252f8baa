"""Projects: proposals, edits, steps, statuses, and digests that announce them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.database import Database
from storage.locks import STORE
from storage.posts import outbox, subjects
from storage.posts.subjects import OwnerLeftSubject, Subject, UpdateSubject, WeekSubject
from storage.projects import history, projects
from storage.projects.history import Event
from storage.projects.projects import Conflict, Created, Elsewhere, Project, Updated
from storage.tables import BoardRow, PostKind
from tests.support.channel import NOW, PROPOSAL, Channel, mark_sent

STEPS = ("One", "Two", "Three")
LATER = NOW + timedelta(minutes=1)
RENAMED = PROPOSAL.model_copy(update={"title": "Retire the last NAT box"})


def title_change(old: Proposal, new: Proposal) -> str:
    return "" if old.title == new.title else f"title: {new.title}"


def submit(
    channel: Channel, proposal: Proposal = PROPOSAL, *, origin: str = "V1"
) -> Created | Updated | Elsewhere | Conflict:
    """Submit a form that a person may have submitted before."""
    with channel.database.transaction(STORE) as session:
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
    with channel.database.transaction(STORE) as session:
        projects.edit(session, channel.project().id, edited, changes=title, by=by, now=LATER)


def history_of(channel: Channel, number: int = 1) -> list[tuple[str, str]]:
    with channel.database.snapshot() as session:
        events = history.list_for_project(session, channel.project(number).id)
    return [(event.what, event.detail) for event in events]


def set_owner(channel: Channel, owner: str | None, *, by: str = "U2", number: int = 1) -> None:
    with channel.database.transaction(STORE) as session:
        projects.set_owner(session, channel.project(number).id, owner, by=by, now=NOW)


def leave(channel: Channel, person: str) -> None:
    with channel.database.transaction(STORE) as session:
        projects.release_owner(session, channel.board.id, person, LATER)


def queued(channel: Channel, kind: PostKind) -> list[Subject]:
    with channel.database.snapshot() as session:
        posts = [post for post in outbox.pending(session) if post.kind is kind]
    return [subjects.decode(kind, post.subject) for post in posts]


def update_steps(
    channel: Channel, done: tuple[str, ...] = (), undone: tuple[str, ...] = ()
) -> None:
    with channel.database.transaction(STORE) as session:
        project = channel.project()
        projects.update_steps(session, project.id, done=done, undone=undone, by="U2", now=NOW)


def edit_fields(channel: Channel, **fields: object) -> None:
    proposal = PROPOSAL.model_copy(update=fields)
    with channel.database.transaction(STORE) as session:
        project = channel.project()
        projects.edit(session, project.id, proposal, changes="title", by="U2", now=NOW)


def post_cards(channel: Channel, *numbers: int) -> None:
    for number in numbers:
        channel.shows_card(number)


def unannounced_projects(channel: Channel, before: str = "2026-W52") -> list[Project]:
    with channel.database.snapshot() as session:
        return projects.shipped_since_last_digest(session, channel.board.id, before)


def unannounced(channel: Channel, before: str = "2026-W52") -> list[int]:
    return [project.number for project in unannounced_projects(channel, before)]


def post_digest(
    channel: Channel,
    week: str,
    shipped: list[int],
    at: datetime = NOW,
    shippings: dict[str, str] | None = None,
) -> None:
    """Store a posted digest: one of an earlier version unless `shippings` is given."""
    with channel.database.transaction(STORE) as session:
        outbox.enqueue(session, channel.board.id, PostKind.DIGEST, WeekSubject(week))
        post = outbox.latest(session, channel.board.id, PostKind.DIGEST, WeekSubject(week))
        assert post is not None
        mark_sent(session, post, f"{week}.1", at, ranks={}, shipped=shipped, shippings=shippings)


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


def test_status__is_stored_with_person_and_reason(channel: Channel) -> None:
    channel.proposes("V1")
    with channel.database.transaction(STORE) as session:
        projects.set_status(
            session,
            channel.project().id,
            Status.HANDED_OFF,
            by="U2",
            now=NOW,
            reason="Not ours.",
            handed_to="Ask in #net.",
        )
    project = channel.project()
    assert (project.status, project.status_by, project.status_at) == (Status.HANDED_OFF, "U2", NOW)
    assert (project.status_reason, project.handed_to) == ("Not ours.", "Ask in #net.")
    with channel.database.snapshot() as session:
        assert history.list_for_project(session, project.id) == [
            Event(
                id=1,
                project_id=1,
                at=NOW,
                person="U2",
                what="handed_off",
                detail="Not ours. → Ask in #net.",
            )
        ]


def test_reopened_project__has_no_trace_of_its_old_status(channel: Channel) -> None:
    channel.proposes("V1")
    before = channel.project()
    channel.changes_status(1, Status.DECLINED)
    channel.changes_status(1, Status.OPEN)
    after = channel.project()
    assert after.is_ranked
    assert (after.status_reason, after.handed_to) == ("", "")
    assert after.revision == before.revision + 2


def test_merge__is_in_both_histories_and_makes_both_cards_stale(channel: Channel) -> None:
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    post_cards(channel, 1, 2, 3)
    channel.changes_status(2, Status.MERGED, into=1)
    assert history_of(channel, 2) == [("merged", "#1")]
    assert history_of(channel, 1) == [("took_in", "#2")]
    assert channel.stale_cards() == ["1", "2"]
    post_cards(channel, 1, 2)
    channel.changes_status(2, Status.OPEN)
    assert channel.project(2).merged_into is None
    assert channel.stale_cards() == ["1", "2"], "#1 has lost the votes of #2"


def test_merge_of_a_merge_target__moves_its_sources_along(channel: Channel) -> None:
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    channel.changes_status(3, Status.MERGED, into=2)
    channel.changes_status(2, Status.MERGED, into=1)
    assert channel.project(3).merged_into == channel.project(1).id


def test_open_cards__include_projects_merged_into_open_ones(channel: Channel) -> None:
    for number in (1, 2, 3, 4):
        channel.proposes(f"V{number}")
        channel.shows_card(number)
    channel.changes_status(2, Status.MERGED, into=1)
    channel.changes_status(3, Status.SHIPPED)
    with channel.database.snapshot() as session:
        cards = outbox.open_cards(session, channel.board.id)
    assert [card.subject for card in cards] == ["1", "2", "4"]
    channel.changes_status(1, Status.DROPPED)
    with channel.database.snapshot() as session:
        cards = outbox.open_cards(session, channel.board.id)
    assert [card.subject for card in cards] == ["4"]


def test_edit__keeps_votes_and_scores(channel: Channel) -> None:
    channel.adds_people("U1", "U2")
    channel.proposes("V1")
    channel.shows_card()
    channel.reacts("U1", at="5.1")
    channel.scores("U2", {"cost": 2})
    channel.shows_card()
    edit_fields(channel, title="Rotate all the keys")
    assert channel.candidate().title == "Rotate all the keys"
    assert channel.candidate().backers == {"U1"}
    assert channel.candidate().scores == {"U2": {"cost": 2}}
    assert history_of(channel) == [("edited", "title")]
    assert channel.stale_cards() == ["1"]


def test_step__is_done_once_and_can_be_undone(channel: Channel) -> None:
    channel.proposes("V1", PROPOSAL.model_copy(update={"steps": STEPS}))
    channel.shows_card()
    update_steps(channel, done=("Three", "One"))
    assert channel.project().steps_done == ("One", "Three")
    assert channel.stale_cards() == ["1"]
    channel.shows_card()
    update_steps(channel, done=("One",), undone=("Two",))
    assert channel.stale_cards() == [], "nothing changed"
    update_steps(channel, undone=("Three",))
    assert channel.project().steps_done == ("One",)
    assert history_of(channel) == [
        ("step_done", "Three"),
        ("step_done", "One"),
        ("step_undone", "Three"),
    ]


def test_step_removed_by_an_edit__is_no_longer_done(channel: Channel) -> None:
    channel.proposes("V1", PROPOSAL.model_copy(update={"steps": STEPS}))
    update_steps(channel, done=("One", "Two"))
    edit_fields(channel, steps=("Two", "Four"))
    assert channel.project().steps_done == ("Two",)


def test_shipped_project__is_in_one_digest(channel: Channel) -> None:
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    channel.changes_status(2, Status.SHIPPED)
    assert unannounced(channel) == [2]
    post_digest(channel, "2026-W35", shipped=[2])
    channel.changes_status(1, Status.SHIPPED)
    channel.changes_status(3, Status.DROPPED)
    assert unannounced(channel) == [1]


def test_redrawn_digest__keeps_its_shipped_projects(channel: Channel) -> None:
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED)
    post_digest(channel, "2026-W35", shipped=[1])
    assert unannounced(channel, before="2026-W35") == [1]
    assert unannounced(channel) == []


def test_project_shipped_again__is_in_a_digest_again(channel: Channel) -> None:
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED)
    post_digest(channel, "2026-W35", shipped=[1])
    channel.changes_status(1, Status.OPEN)
    channel.changes_status(1, Status.SHIPPED, at=NOW + timedelta(days=1))
    assert unannounced(channel) == [1]
    post_digest(channel, "2026-W36", shipped=[1], at=NOW + timedelta(days=2))
    assert unannounced(channel) == []


@pytest.mark.parametrize("seconds", [-5, 0, 5])
def test_hosts_differ__shipping_is_in_one_digest(channel: Channel, seconds: int) -> None:
    """One host stores the shipping, and another posts the digest by a clock that is behind."""
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED, at=NOW)
    [told] = unannounced_projects(channel)
    sent_at = NOW + timedelta(seconds=seconds)
    post_digest(channel, "2026-W35", [1], sent_at, {"1": told.shipping})
    assert unannounced(channel) == []
    channel.changes_status(1, Status.OPEN)
    channel.changes_status(1, Status.SHIPPED, at=NOW + timedelta(seconds=1))
    assert unannounced(channel) == [1]


def test_shipped_after_digest_was_drawn__is_in_the_next(channel: Channel) -> None:
    """The host that posted the digest has a clock that is ahead."""
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED, at=NOW)
    ahead = NOW + timedelta(seconds=5)
    post_digest(channel, "2026-W35", [1], ahead, {"1": "2026-01-01T00:00:00+00:00"})
    assert unannounced(channel) == [1]


def test_digest_deleted_in_slack__its_projects_are_named_again(channel: Channel) -> None:
    for number in (1, 2):
        channel.proposes(f"V{number}")
        channel.changes_status(number, Status.SHIPPED)
    shippings = {"1": channel.project(1).shipping}
    post_digest(channel, "2026-W35", [1], shippings=shippings)
    post_digest(channel, "2026-W36", [1], shippings=shippings)
    post_digest(channel, "2026-W37", [2], shippings={"2": channel.project(2).shipping})
    assert unannounced(channel, before="2026-W36") == [2]
    for week, unnamed in (("2026-W35", []), ("2026-W36", [1]), ("2026-W37", [1, 2])):
        with channel.database.transaction(STORE) as session:
            digest = outbox.latest(session, channel.board.id, PostKind.DIGEST, WeekSubject(week))
            assert digest is not None
            outbox.requeue(session, digest)
        assert unannounced(channel) == unnamed


def test_owner_changes__are_history_and_mark_the_card_stale(channel: Channel) -> None:
    channel.proposes("V1")
    post_cards(channel, 1)
    set_owner(channel, "U3")
    set_owner(channel, "U3")
    assert (channel.project().owner, channel.stale_cards()) == ("U3", ["1"])
    set_owner(channel, None)
    assert channel.project().owner is None
    assert history_of(channel) == [("owner_set", "U3"), ("owner_removed", "U3")]


def test_edit_with_owner__is_one_reply(channel: Channel) -> None:
    channel.proposes("V1")
    with channel.database.transaction(STORE) as session:
        projects.edit(
            session,
            channel.project().id,
            RENAMED,
            owner="U3",
            changes="title",
            by="U2",
            now=NOW,
        )
    assert history_of(channel) == [("edited", "title"), ("owner_set", "U3")]
    assert queued(channel, PostKind.UPDATE) == [UpdateSubject(1, (1, 2))]


def test_edit_without_owner__keeps_the_owner(channel: Channel) -> None:
    channel.proposes("V1")
    set_owner(channel, "U3")
    edit(channel, "Another title", "U2")
    assert channel.project().owner == "U3"


def test_ticked_steps__are_one_reply_and_unticked_ones_none(channel: Channel) -> None:
    channel.proposes("V1", PROPOSAL.model_copy(update={"steps": STEPS}))
    update_steps(channel, done=("One", "Two"))
    update_steps(channel, undone=("Two",))
    assert queued(channel, PostKind.UPDATE) == [UpdateSubject(1, (1, 2))]


def test_merge__is_a_reply_at_both_projects(channel: Channel) -> None:
    channel.proposes("V1")
    channel.proposes("V2")
    channel.changes_status(1, Status.MERGED, into=2)
    assert queued(channel, PostKind.UPDATE) == [UpdateSubject(2, (1,)), UpdateSubject(1, (2,))]


def test_reply__waits_for_its_card(channel: Channel) -> None:
    channel.proposes("V1")
    set_owner(channel, "U3")
    with channel.database.snapshot() as session:
        assert PostKind.UPDATE not in {post.kind for post in outbox.due(session, NOW)}
    post_cards(channel, 1)
    with channel.database.snapshot() as session:
        assert PostKind.UPDATE in {post.kind for post in outbox.due(session, NOW)}


def test_owner_leaves__nobody_owns_the_open_projects(channel: Channel) -> None:
    for origin in ("V1", "V2", "V3"):
        channel.proposes(origin)
    for number in (1, 2, 3):
        set_owner(channel, "U3", number=number)
    channel.changes_status(2, Status.SHIPPED)
    with channel.database.transaction(STORE) as session:
        session.get_one(BoardRow, channel.board.id).stewards = ["U8", "U9"]
    leave(channel, "U3")
    leave(channel, "U3")
    assert [channel.project(number).owner for number in (1, 2, 3)] == [None, "U3", None]
    asked = queued(channel, PostKind.OWNER_LEFT)
    assert [subject.encode()[:2] for subject in asked] == ["U8", "U9"]
    assert isinstance(asked[0], OwnerLeftSubject)
    with channel.database.snapshot() as session:
        person, ownerless = projects.released_by(session, asked[0].event_id)
    assert (person, [project.number for project in ownerless]) == ("U3", [1, 3])
    set_owner(channel, "U4", number=1)
    channel.changes_status(3, Status.DROPPED)
    with channel.database.snapshot() as session:
        assert projects.released_by(session, asked[0].event_id) == ("U3", [])


def test_absent_owners__are_released(channel: Channel) -> None:
    channel.proposes("V1")
    channel.proposes("V2")
    set_owner(channel, "U3", number=1)
    set_owner(channel, "U4", number=2)
    with channel.database.transaction(STORE) as session:
        projects.release_absent_owners(session, channel.board.id, {"U4"}, LATER)
    assert [channel.project(number).owner for number in (1, 2)] == [None, "U4"]
