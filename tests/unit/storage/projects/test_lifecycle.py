"""Lifecycle of a project: statuses, edits, steps, and history."""

from datetime import datetime, timedelta

from domain.projects.lifecycle import Status
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.projects import history, projects
from storage.projects.history import Event
from storage.tables import PostKind
from tests.support.channel import NOW, PROPOSAL, Channel, mark_sent

STEPS = ("One", "Two", "Three")


def events(channel: Channel, number: int = 1) -> list[tuple[str, str]]:
    with channel.database.snapshot() as session:
        found = history.list_for_project(session, channel.project(number).id)
    return [(event.what, event.detail) for event in found]


def ticks(channel: Channel, done: tuple[str, ...] = (), undone: tuple[str, ...] = ()) -> None:
    with channel.database.transaction() as session:
        project = channel.project()
        projects.update_steps(session, project.id, done=done, undone=undone, by="U2", now=NOW)


def edits(channel: Channel, **fields: object) -> None:
    proposal = PROPOSAL.model_copy(update=fields)
    with channel.database.transaction() as session:
        project = channel.project()
        projects.edit(session, project.id, proposal, changes="title", by="U2", now=NOW)


def shows_cards(channel: Channel, *numbers: int) -> None:
    for number in numbers:
        channel.shows_card(number)


def test_status__is_stored_with_person_and_reason(channel: Channel) -> None:
    channel.proposes("V1")
    with channel.database.transaction() as session:
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
            Event(at=NOW, person="U2", what="handed_off", detail="Not ours. → Ask in #net.")
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
    shows_cards(channel, 1, 2, 3)
    channel.changes_status(2, Status.MERGED, into=1)
    assert events(channel, 2) == [("merged", "#1")]
    assert events(channel, 1) == [("took_in", "#2")]
    assert channel.stale_cards() == ["1", "2"]
    shows_cards(channel, 1, 2)
    channel.changes_status(2, Status.OPEN)
    assert channel.project(2).merged_into is None
    assert channel.stale_cards() == ["1", "2"], "the other has lost its votes"


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
    edits(channel, title="Rotate all the keys")
    assert channel.candidate().title == "Rotate all the keys"
    assert channel.candidate().backers == {"U1"}
    assert channel.candidate().scores == {"U2": {"cost": 2}}
    assert events(channel) == [("edited", "title")]
    assert channel.stale_cards() == ["1"]


def test_step__is_done_once_and_can_be_undone(channel: Channel) -> None:
    channel.proposes("V1", PROPOSAL.model_copy(update={"steps": STEPS}))
    channel.shows_card()
    ticks(channel, done=("Three", "One"))
    assert channel.project().steps_done == ("One", "Three")
    assert channel.stale_cards() == ["1"]
    channel.shows_card()
    ticks(channel, done=("One",), undone=("Two",))
    assert channel.stale_cards() == [], "nothing was news"
    ticks(channel, undone=("Three",))
    assert channel.project().steps_done == ("One",)
    assert events(channel) == [
        ("step_done", "Three"),
        ("step_done", "One"),
        ("step_undone", "Three"),
    ]


def test_step_removed_by_an_edit__is_no_longer_done(channel: Channel) -> None:
    channel.proposes("V1", PROPOSAL.model_copy(update={"steps": STEPS}))
    ticks(channel, done=("One", "Two"))
    edits(channel, steps=("Two", "Four"))
    assert channel.project().steps_done == ("Two",)


def test_shipped_project__is_in_one_digest(channel: Channel) -> None:
    for number in (1, 2, 3):
        channel.proposes(f"V{number}")
    channel.changes_status(2, Status.SHIPPED)
    assert untold(channel) == [2]
    posts_digest(channel, "2026-W35", shipped=[2])
    channel.changes_status(1, Status.SHIPPED)
    channel.changes_status(3, Status.DROPPED)
    assert untold(channel) == [1]


def test_redrawn_digest__keeps_its_shipped_projects(channel: Channel) -> None:
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED)
    first = posts_digest(channel, "2026-W35", shipped=[1])
    assert untold(channel, before=first) == [1]
    assert untold(channel) == []


def test_project_shipped_again__is_in_a_digest_again(channel: Channel) -> None:
    channel.proposes("V1")
    channel.changes_status(1, Status.SHIPPED)
    posts_digest(channel, "2026-W35", shipped=[1])
    channel.changes_status(1, Status.OPEN)
    channel.changes_status(1, Status.SHIPPED, at=NOW + timedelta(days=1))
    assert untold(channel) == [1]
    posts_digest(channel, "2026-W36", shipped=[1], at=NOW + timedelta(days=2))
    assert untold(channel) == []


def untold(channel: Channel, before: int | None = None) -> list[int]:
    with channel.database.snapshot() as session:
        found = projects.shipped_since_last_digest(session, channel.board.id, before)
    return [each.number for each in found]


def posts_digest(channel: Channel, week: str, shipped: list[int], at: datetime = NOW) -> int:
    with channel.database.transaction() as session:
        outbox.enqueue(session, channel.board.id, PostKind.DIGEST, WeekSubject(week))
        post = outbox.latest(session, channel.board.id, PostKind.DIGEST, WeekSubject(week))
        assert post is not None
        mark_sent(session, post, f"{week}.1", at, ranks={}, shipped=shipped)
    return post.id
