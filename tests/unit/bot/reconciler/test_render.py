"""Rendering of posts from the store."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.reconciler.render import RENDERERS, ObsoletePost, render_post
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment
from domain.projects.lifecycle import Status
from domain.toil.ledger import ToilEntry, ToilType
from storage.boards import charters, fires
from storage.locks import STORE
from storage.planning import roadmaps, toil
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.projects import projects
from storage.tables import PostKind
from tests.support.channel import PROPOSAL
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def drawn(team: ListenerHarness, post: Post, now: datetime = NOW) -> str:
    with team.database.snapshot() as session:
        return render_post(session, post, now).message.text


def newest(team: ListenerHarness, kind: PostKind) -> Post:
    with team.database.snapshot() as session:
        found = outbox.latest(session, team.board.id, kind)
    assert found is not None
    return found


def post_fires(team: ListenerHarness) -> None:
    """Record that Slack shows the queued fires: nobody hears that a fire is out otherwise."""
    with team.database.transaction(STORE) as session:
        for post in outbox.pending(session):
            if post.kind is PostKind.FIRE:
                outbox.mark_posted(session, post.id, f"{post.id}.000009")


def test_every_kind__has_a_renderer() -> None:
    assert RENDERERS.keys() == set(PostKind)


@pytest.mark.parametrize(
    ("kind", "period"), [(PostKind.DIGEST, "2026-W48"), (PostKind.ROADMAP, "2026-10-01")]
)
def test_digest_and_roadmap__name_charter_version(
    team: ListenerHarness, kind: PostKind, period: str
) -> None:
    board = team.board
    with team.database.transaction(STORE) as session:
        charters.adopt(session, board.id, board.charter, version=2, agreed_by=["U1"], now=NOW)
    post = Post(id=outbox.UNSAVED_ID, board_id=board.id, kind=kind, subject=period)
    assert "Ranked by charter version 2." in drawn(team, post)


def test_value_removed_from_charter__fire_can_be_put_out(team: ListenerHarness) -> None:
    with team.database.transaction(STORE) as session:
        fires.declare(
            session, team.board.id, value="data_privacy", what="", by="U1", now=NOW
        )  # the charter has no such value
    assert "Data privacy is burning, says <@U1>." in drawn(team, newest(team, PostKind.FIRE))
    with team.database.snapshot() as session:
        seen = overview(BoardSnapshot(session, team.board))
    assert seen.fires == {}
    assert "`/fire out data_privacy`" in team.types("U1", "/fire")
    post_fires(team)
    team.types("U1", "/fire out data_privacy")
    assert "Data privacy is no longer burning" in drawn(team, newest(team, PostKind.FIRE_OUT))


def test_second_fire__post_names_both(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    told = drawn(team, newest(team, PostKind.FIRE))
    assert "Projects that don't help cost have to wait. When the fire is out, type" in told
    team.types("U1", "/fire security tokens leak")
    told = drawn(team, newest(team, PostKind.FIRE))
    assert "Cost is burning too. Projects that help neither value have to wait." in told
    post_fires(team)
    team.types("U1", "/fire out cost")
    told = drawn(team, newest(team, PostKind.FIRE_OUT))
    assert "Security is still burning, so projects that don't help it have to wait." in told
    team.types("U1", "/fire out security")
    assert "No fires are left" in drawn(team, newest(team, PostKind.FIRE_OUT))


def test_project_on_hold_helps__fire_puts_no_project_first(team: ListenerHarness) -> None:
    team.channel.adds_people("U3")
    team.channel.proposes("V1")
    for person in ("U1", "U2", "U3"):
        team.channel.scores(person, {"cost": 3, "security": -3})
    team.types("U1", "/fire cost the bill")
    told = drawn(team, newest(team, PostKind.FIRE))
    assert "No ranked project helps cost. Propose one with `/propose`." in told


def test_project_becomes_open__thread_says_what_it_was(team: ListenerHarness) -> None:
    team.channel.proposes("V1")
    said = []
    for status in (Status.STARTED, Status.OPEN, Status.SHIPPED, Status.OPEN):
        team.channel.changes_status(1, status)
        said.append(drawn(team, newest(team, PostKind.UPDATE)).partition("> ")[2])
    assert said == ["started it", "marked it as not started", "shipped it", "reopened it"]


def test_two_fires_left__post_says_what_still_waits(team: ListenerHarness) -> None:
    for value in ("cost", "security", "availability"):
        team.types("U1", f"/fire {value} it burns")
    post_fires(team)
    team.types("U1", "/fire out cost")
    told = drawn(team, newest(team, PostKind.FIRE_OUT))
    assert "so projects that help neither value have to wait." in told


def test_effort_below_the_line__is_rounded_as_it_counts(team: ListenerHarness) -> None:
    team.channel.adds_people("U1", "U2", "U3")
    team.channel.sets_people(0.1)  # nothing fits
    team.channel.proposes("V1", PROPOSAL.model_copy(update={"effort_weeks": 4.3}))
    for person in ("U1", "U2", "U3"):
        team.channel.scores(person, {"availability": 3})
    roadmap = Post(id=0, board_id=team.board.id, kind=PostKind.ROADMAP, subject="2026-10-01")
    assert "rank 1 · 4.5 engineer-weeks" in drawn(team, roadmap)
    commitment = Commitment(Capacity(1, 13), 1, "U1", NOW, ())
    with team.database.transaction(STORE) as session:
        roadmaps.commit(session, team.board, Quarter(2026, 4), commitment)
    assert "#1 Rotate the keys: 4.5 engineer-weeks" in drawn(team, roadmap)


def test_next_quarter__is_planned_with_elapsed_days(
    team: ListenerHarness,
) -> None:
    """One page took a fifth of July's first four weeks: 4 people, 20 working days."""
    july = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    page = ToilEntry(ToilType.PAGE, "db-primary", 4 * 20 * 9 * 60 // 5, july)
    team.channel.sets_people(4)
    with team.database.transaction(STORE) as session:
        toil.log(session, team.board, page, origin="1", by="U1")
    next_one = Post(id=0, board_id=team.board.id, kind=PostKind.ROADMAP, subject="2026-10-01")
    assert "80 % planned" in drawn(team, next_one, july + timedelta(weeks=4))
    assert "90 % planned" in drawn(team, next_one, july + timedelta(weeks=8))


def test_fiscal_year_moved__pending_roadmap_is_obsolete(
    team: ListenerHarness,
) -> None:
    """The quarter that contains its first day has its own roadmap."""
    waits = Post(id=0, board_id=team.board.id, kind=PostKind.ROADMAP, subject="2026-10-01")
    team.moves_the_fiscal_year(2)
    with pytest.raises(ObsoletePost):
        drawn(team, waits)


def test_fiscal_year_moved__pending_announcement_is_obsolete(team: ListenerHarness) -> None:
    kind = PostKind.ROADMAP_ANNOUNCEMENT
    waits = Post(id=0, board_id=team.board.id, kind=kind, subject="2026-10-01")
    team.moves_the_fiscal_year(2)
    with pytest.raises(ObsoletePost, match="fiscal year"):
        drawn(team, waits)


def test_change_of_a_project__is_told_in_its_thread(team: ListenerHarness) -> None:
    team.channel.proposes("V1")
    team.channel.changes_status(1, Status.STARTED)
    update = newest(team, PostKind.UPDATE)
    assert drawn(team, update) == "#1 Rotate the keys: <@U1> started it"


def test_owner_left__stewards_are_asked_until_someone_owns_it(team: ListenerHarness) -> None:
    team.appoints("U3")
    team.channel.proposes("V1")
    project = team.channel.project()
    with team.database.transaction(STORE) as session:
        projects.set_owner(session, project.id, "U2", by="U1", now=NOW)
        projects.release_owner(session, team.board.id, "U2", NOW)
    question = newest(team, PostKind.OWNER_LEFT)
    assert "<@U2> left #" in drawn(team, question)
    assert "#1 Rotate the keys" in drawn(team, question)
    with team.database.transaction(STORE) as session:
        projects.set_owner(session, project.id, "U1", by="U1", now=NOW)
    with pytest.raises(ObsoletePost):
        drawn(team, question)
