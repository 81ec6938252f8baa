"""Forms that commit to a quarter and change it, including forged submissions."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.listeners.roadmap.commit import (
    NO_ESTIMATES,
    NOT_POSTED,
    NOTHING_RANKED,
    QUARTER_MOVED,
)
from bot.presenters import quarter_posts, quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.quarter import CommittedRoadmap
from bot.views.modals import commit
from domain.calendar.quarter import Quarter
from domain.planning.capacity import Capacity
from domain.planning.commitment import Commitment, CommittedProject, commit_project
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.locks import STORE
from storage.planning import roadmaps
from storage.posts import outbox
from storage.posts.subjects import QuarterSubject
from storage.projects import projects
from storage.tables import PostKind
from tests.support import modal_input
from tests.support.channel import mark_sent
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.statements import recorded_statements

NEXT = Quarter.containing(datetime.now(UTC).date()).next()
IMPACTS = ({"availability": 3}, {"availability": 2}, {"cost": 3}, {"cost": 2})
ABOUT = commit.BoardQuarter(HERE, NEXT.key, NEXT.label)


@pytest.fixture
def ranked(team: ListenerHarness) -> ListenerHarness:
    """Projects #1 to #4, in rank order. #4 has no effort, and #5 is unscored.

    The capacity is 41 to 43 weeks: quarters differ in their weekdays.
    """
    team.channel.adds_people("U3")
    team.channel.sets_people(4)
    for number, effort in enumerate((26, 14, 10, None, 1), 1):
        team.channel.proposes(
            f"V{number}",
            Proposal(title=f"Idea {number}", summary="It is better.", effort_weeks=effort),
        )
    for number in range(1, 5):
        for person in ("U1", "U2", "U3"):
            team.channel.scores(person, IMPACTS[number - 1], number=number)
    return team


def form(team: ListenerHarness, about: commit.BoardQuarter = ABOUT) -> dict[str, Any]:
    """Return the form that a steward has open."""
    with team.database.snapshot() as session:
        snapshot = BoardSnapshot(session, team.board)
        current = overview(snapshot)
        plan = quarters.planned(snapshot, current.ranking, NEXT, datetime.now(UTC))
    return commit.form(current, about, plan)


def change_form(team: ListenerHarness, about: commit.BoardQuarter = ABOUT) -> dict[str, Any]:
    """Return the form that a steward has open. #1 and #2 are in the roadmap, unless it changed."""
    with team.database.snapshot() as session:
        current = overview(BoardSnapshot(session, team.board))
        commitment = roadmaps.find(session, team.board.id, NEXT)
    if commitment is None:
        projects = [item for item in map(current.ranking.find, (1, 2)) if item]
        items = [commit_project(item, 1, carried_over=False) for item in projects]
        commitment = Commitment(Capacity(4, 13), 1, "U1", datetime.now(UTC), tuple(items))
    return commit.change_form(current, about, commitment, {})


def committed(team: ListenerHarness) -> Commitment | None:
    with team.database.snapshot() as session:
        return roadmaps.find(session, team.board.id, NEXT)


def committed_numbers(team: ListenerHarness) -> tuple[int, ...]:
    """Return the projects in the quarter's roadmap."""
    commitment = committed(team)
    return commitment.current_numbers if commitment else ()


def submitted(view: dict[str, Any], **inputs: Any) -> dict[str, Any]:
    """Return the form after a person chooses projects, by number, and fills other inputs."""
    values = modal_input.project_values(view)
    raw = {
        name: [values[number] for number in entered] if isinstance(entered, list) else entered
        for name, entered in inputs.items()
    }
    return modal_input.submitted(view, **raw)


def permanent_id(team: ListenerHarness, number: int) -> str:
    return team.channel.project(number).permanent_id


def select(view: dict[str, Any], action_id: str, *values: str) -> dict[str, Any]:
    """Return the form with selected options that it didn't offer."""
    for block in view["state"]["values"].values():
        if action_id in block:
            block[action_id]["selected_options"] = [{"value": value} for value in values]
    return view


def test_ticked_projects__are_committed_in_rank_order(ranked: ListenerHarness) -> None:
    reply = ranked.submits("U1", submitted(form(ranked)))
    assert f"{NEXT.label} roadmap is committed: 2 projects, 40 engineer-weeks." in reply
    commitment = committed(ranked)
    assert commitment is not None
    assert [(item.number, item.rank, item.effort_weeks) for item in commitment.projects] == [
        (1, 1, 26.0),
        (2, 2, 14.0),
    ]
    assert commitment.projects[0].impact["availability"] == pytest.approx(1.8)


def test_changed_selection__is_committed(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked), **{"planned-0": [2], "others": [3]})
    assert "2 projects, 24 engineer-weeks" in ranked.submits("U1", view)
    assert committed_numbers(ranked) == (2, 3)


def test_form_of_an_earlier_version__is_committed_by_number(ranked: ListenerHarness) -> None:
    # Slack keeps what was chosen before an upgrade when the new version redraws the form.
    view = submitted(form(ranked), **{"planned-0": [2], "others": []})
    for chosen in (("2", "1"), (permanent_id(ranked, 2), "1", "2")):
        select(view, "planned-0", *chosen)
        ranked.new_requests("views.update")
        ranked.presses("U1", "planned-0", channel=None, view=view, selected_options=[])
        [redrawn] = ranked.new_requests("views.update")
        assert "· committed 40 · free" in str(redrawn)
    assert "2 projects, 40 engineer-weeks" in ranked.submits("U1", view)
    assert committed_numbers(ranked) == (1, 2)


def test_change_form_of_an_earlier_version__is_saved(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(change_form(ranked), taken_in=[3], taken_out=[2], reason="a fire")
    select(view, "taken_in", "3", permanent_id(ranked, 3))
    select(view, "taken_out", "2")
    ranked.new_requests("views.update")
    ranked.presses("U1", "taken_in", channel=None, view=view, selected_options=[])
    [redrawn] = ranked.new_requests("views.update")
    assert "· committed 36 · free" in str(redrawn)
    assert "roadmap has changed" in ranked.submits("U1", view)
    assert committed_numbers(ranked) == (1, 3)


def test_empty_selection__is_committed(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked), **{"planned-0": [], "others": []})
    assert "0 projects" in ranked.submits("U1", view)


def test_ranking_changed_meanwhile__commits_current_ranks(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked))
    for person in ("U1", "U2", "U3"):
        ranked.channel.scores(person, {"availability": 3, "security": 3}, number=2)
    ranked.submits("U1", view)
    assert committed_numbers(ranked) == (2, 1)


def test_second_commit__is_refused(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked))
    ranked.submits("U1", view)
    before = ranked.dump()
    reply = ranked.submits("U2", view, "V2")
    assert f"<@U1> already committed the {NEXT.label} roadmap." in reply
    assert f"`/roadmap change {NEXT}`" in reply
    assert ranked.dump() == before
    assert "already committed" in ranked.types("U2", "/roadmap commit next")


@pytest.mark.parametrize(
    "number", ["99", "other-store", "x", "", "-1", "9" * 5000, "1; DROP TABLE project"]
)
def test_forged_project__is_refused(ranked: ListenerHarness, number: str) -> None:
    view = select(submitted(form(ranked)), "others", number)
    assert "no longer open. Open this form again." in ranked.submits("U1", view)
    assert committed(ranked) is None


@pytest.mark.parametrize(
    ("number", "why"), [("4", "#4 has no effort estimate"), ("5", "#5 has no rank")]
)
def test_unplannable_project__is_refused_with_reason(
    ranked: ListenerHarness, number: str, why: str
) -> None:
    view = select(submitted(form(ranked)), "others", number)
    assert f"{why}, so you can't commit to it" in ranked.submits("U1", view)
    assert committed(ranked) is None


def test_project_closed_meanwhile__is_refused(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked))
    ranked.channel.changes_status(1, Status.DROPPED)
    assert "no longer open. Open this form again." in ranked.submits("U1", view)


@pytest.mark.parametrize(
    ("quarter", "reply"),
    [
        ("2001-01-01", "Q1 2001 is over."),
        ("2001-01-02", QUARTER_MOVED),
        ("<!channel>", QUARTER_MOVED),
        ("", QUARTER_MOVED),
    ],
)
def test_forged_quarter__is_refused(ranked: ListenerHarness, quarter: str, reply: str) -> None:
    answer = ranked.submits("U1", submitted(form(ranked, commit.BoardQuarter(HERE, quarter, "Q"))))
    assert reply in answer
    assert "<!channel>" not in answer


def test_fiscal_year_moved_meanwhile__is_refused(
    ranked: ListenerHarness,
) -> None:
    # Quarters of both fiscal years can have the same name.
    open_form = submitted(form(ranked))
    ranked.moves_the_fiscal_year(12)
    assert QUARTER_MOVED in ranked.submits("U1", open_form)
    with ranked.database.snapshot() as session:
        assert not roadmaps.has_commitment(session, ranked.board.id)


def test_past_quarter__is_refused(ranked: ListenerHarness) -> None:
    assert (
        f"is over. To commit the {NEXT.label} roadmap: `/roadmap commit {NEXT}`."
        in ranked.types("U1", "/roadmap commit last")
    )
    ranked.submits("U1", submitted(form(ranked)))
    current = NEXT.previous()
    assert f"To commit the {current.label} roadmap:" in ranked.types("U1", "/roadmap commit last")


@pytest.mark.parametrize("word", ["commit 2062-Q4", "commit q42062"])
def test_far_quarter__asks_what_was_meant(ranked: ListenerHarness, word: str) -> None:
    reply = ranked.types("U1", f"/roadmap {word}")
    current = NEXT.previous()
    assert (
        "Q4 2062 is too far away: you can commit only the roadmaps for"
        f" {current.label} and {NEXT.label}." in reply
    )
    assert f"Did you mean `/roadmap commit {NEXT if NEXT.number == 4 else current}`?" in reply
    far = commit.BoardQuarter(HERE, "2062-10-01", "Q4 2062")
    assert "is too far away" in ranked.submits("U1", submitted(form(ranked, far)))
    assert committed(ranked) is None


@pytest.mark.parametrize(("word", "meant"), [("nxet", "next"), (f"{NEXT}x".lower(), str(NEXT))])
def test_mistyped_quarter__asks_what_was_meant(
    ranked: ListenerHarness, word: str, meant: str
) -> None:
    reply = ranked.types("U1", f"/roadmap plan {word}")
    assert f"Did you mean `{meant}`?" in reply
    assert "isn't a quarter" in reply


def modal_about_next() -> dict[str, Any]:
    return {"private_metadata": json.dumps(ABOUT.metadata), "state": {"values": {}}}


def presses(
    team: ListenerHarness,
    action_id: str,
    person: str = "U1",
    about: commit.BoardQuarter = ABOUT,
) -> str:
    view = modal_about_next()
    return team.presses(person, action_id, channel=None, view=view, value=about.value)


def roadmap_posts(team: ListenerHarness, kind: PostKind) -> int:
    """Return how many posts of a kind were queued for the quarter."""
    with team.database.snapshot() as session:
        last = outbox.latest(session, team.board.id, kind)
    return last.edition if last else 0


def test_commit_without_roadmap__offers_to_post_it(ranked: ListenerHarness) -> None:
    reply = ranked.submits("U1", submitted(form(ranked)))
    assert "Post it to #" in reply
    assert "Announce it" not in reply
    presses(ranked, commit.POST)
    presses(ranked, commit.POST)  # twice, before it is sent
    assert roadmap_posts(ranked, PostKind.ROADMAP) == 1


def test_commit_with_roadmap__offers_to_announce_it(ranked: ListenerHarness) -> None:
    with ranked.database.transaction(STORE) as session:
        outbox.enqueue(session, ranked.board.id, PostKind.ROADMAP, QuarterSubject(NEXT.key))
    reply = ranked.submits("U1", submitted(form(ranked)))
    assert "Announce it" in reply
    assert "Post it to #" not in reply
    presses(ranked, commit.ANNOUNCE)
    assert roadmap_posts(ranked, PostKind.ROADMAP_ANNOUNCEMENT) == 1
    assert roadmap_posts(ranked, PostKind.ROADMAP) == 1


def test_button_of_uncommitted_quarter__is_refused(ranked: ListenerHarness) -> None:
    for action_id in (commit.POST, commit.ANNOUNCE, commit.UNDO):
        assert f"The {NEXT.label} roadmap isn't committed." in presses(ranked, action_id)


def test_undo__makes_room_for_another_commit(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    presses(ranked, commit.UNDO)
    assert committed(ranked) is None
    with ranked.database.snapshot() as session:
        assert not roadmaps.has_commitment(session, ranked.board.id)
        undone = quarters.undone(BoardSnapshot(session, ranked.board), NEXT)
    assert undone is not None
    assert undone.undone_by == "U1"
    view = submitted(form(ranked), **{"planned-0": [2], "others": []})
    assert "1 project, 14 engineer-weeks" in ranked.submits("U2", view, "V2")
    assert committed_numbers(ranked) == (2,)
    with ranked.database.snapshot() as session:
        assert quarters.undone(BoardSnapshot(session, ranked.board), NEXT) is None


def test_undo_after_change__is_refused(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    assert "Undo commit" in str(opened_change_form(ranked))
    view = submitted(change_form(ranked), taken_in=[3], reason="a fire")
    ranked.submits("U1", view)
    assert "Undo commit" not in str(opened_change_form(ranked))
    assert "can't undo the" in presses(ranked, commit.UNDO)
    assert committed_numbers(ranked) == (1, 2, 3)


def test_undo_of_past_quarter__is_refused(ranked: ListenerHarness) -> None:
    past = NEXT.previous().previous()
    with ranked.database.transaction(STORE) as session:
        commitment = Commitment(
            capacity=Capacity(people=4, weeks=13),
            charter_version=ranked.board.charter_version,
            committed_by="U1",
            committed_at=datetime.now(UTC),
            projects=(),
        )
        assert roadmaps.commit(session, ranked.board, past, commitment)
    assert "Undo commit" not in str(opened_change_form(ranked, past))
    about = commit.BoardQuarter(HERE, past.key, past.label)
    ranked.new_requests("views.update")
    presses(ranked, commit.POST, about=about)
    [posted] = ranked.new_requests("views.update")
    assert "Undo commit" not in str(posted)
    assert f"{past.label} is over" in presses(ranked, commit.UNDO, about=about)
    with ranked.database.snapshot() as session:
        assert roadmaps.find(session, ranked.board.id, past) is not None


def test_announcement_of_no_roadmap__says_so(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.new_requests("views.update")
    presses(ranked, commit.ANNOUNCE)
    [shown] = ranked.new_requests("views.update")
    assert NOT_POSTED in str(shown)
    assert roadmap_posts(ranked, PostKind.ROADMAP_ANNOUNCEMENT) == 0


def opened_change_form(team: ListenerHarness, quarter: Quarter = NEXT) -> dict[str, Any]:
    team.new_requests("views.open")  # Skip the requests of earlier tests.
    team.types("U1", f"/roadmap change {quarter}")
    [opened] = team.new_requests("views.open")
    return opened


def test_committed_quarter__says_how_much_of_it_is_left(ranked: ListenerHarness) -> None:
    now = datetime.now(UTC)
    weeks_left = NEXT.weeks_left(now.date())
    capacity = Capacity(people=4, weeks=weeks_left + 1)
    with ranked.database.transaction(STORE) as session:
        roadmaps.commit(session, ranked.board, NEXT, Commitment(capacity, 1, "U1", now, ()))
    origin = f"The capacity was calculated on the day of the commit, {now.day} {now:%b}."
    rest = Capacity(people=4, weeks=weeks_left).calculation
    left = f"{weeks_left:g} weeks are left. With the same people and share: {rest}."
    form = str(opened_change_form(ranked))
    shown = ranked.types("U1", "/roadmap plan next")
    for words in (form, shown):
        assert origin in words
        assert left in words
    assert "No changes since the commit." in shown


def test_choice_changes__form_shows_its_capacity(ranked: ListenerHarness) -> None:
    view = submitted(form(ranked), **{"planned-0": [2], "others": [3]})
    ranked.new_requests("views.update")
    ranked.presses("U1", "planned-0", channel=None, view=view, selected_options=[])
    [redrawn] = ranked.new_requests("views.update")
    assert "· committed 24 · free" in str(redrawn)
    view = submitted(form(ranked), **{"planned-0": [1, 2], "others": [3]})
    ranked.presses("U1", "others", channel=None, view=view, selected_options=[])
    [redrawn] = ranked.new_requests("views.update")
    assert "· committed 50 · " in str(redrawn)
    assert "over capacity" in str(redrawn)


def test_change_with_posted_roadmap__is_told_in_its_thread(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    first = submitted(change_form(ranked), taken_in=[3], reason="a fire")
    assert "Post it to #" in ranked.submits("U1", first)
    assert roadmap_posts(ranked, PostKind.ROADMAP_CHANGE) == 0  # There is no thread.
    presses(ranked, commit.POST)
    second = submitted(change_form(ranked), taken_out=[1], reason="another fire")
    assert "list the changes in its thread" in ranked.submits("U1", second)
    assert roadmap_posts(ranked, PostKind.ROADMAP_CHANGE) == 1


def due_kinds(team: ListenerHarness) -> set[PostKind]:
    with team.database.snapshot() as session:
        return {post.kind for post in outbox.due(session, datetime.now(UTC))}


def post_roadmap(team: ListenerHarness, ts: str) -> None:
    """Mark the newest roadmap as posted."""
    with team.database.transaction(STORE) as session:
        roadmap = outbox.latest(session, team.board.id, PostKind.ROADMAP)
        assert roadmap is not None
        mark_sent(session, roadmap, ts, datetime.now(UTC), shown_revision=1)


def test_replies_to_a_roadmap__wait_until_it_is_posted(ranked: ListenerHarness) -> None:
    replies = {PostKind.ROADMAP_CHANGE, PostKind.ROADMAP_ANNOUNCEMENT}
    ranked.submits("U1", submitted(form(ranked)))
    presses(ranked, commit.POST)
    presses(ranked, commit.ANNOUNCE)
    view = submitted(change_form(ranked), taken_out=[1], reason="a fire")
    ranked.submits("U1", view)
    assert not replies & due_kinds(ranked)
    post_roadmap(ranked, "7.000001")
    assert replies <= due_kinds(ranked)
    presses(ranked, commit.POST)  # again; until then the replies go to the first one
    assert replies <= due_kinds(ranked)


def test_nothing_to_commit__says_why(team: ListenerHarness) -> None:
    assert team.types("U1", "/roadmap commit") == NOTHING_RANKED
    team.channel.adds_people("U3")
    team.channel.proposes("V1", Proposal(title="Cache it", summary="It is better."))
    assert team.types("U1", "/roadmap commit") == NOTHING_RANKED
    for person in ("U1", "U2", "U3"):
        team.channel.scores(person, {"cost": 3})
    assert team.types("U1", "/roadmap commit") == NO_ESTIMATES


def test_change__adds_and_removes_open_projects(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(
        change_form(ranked),
        taken_in=[4, 5],
        taken_out=[1],
        reason="  a fire\nin cost ",
    )
    assert f"The {NEXT.label} roadmap has changed." in ranked.submits("U1", view)
    commitment = committed(ranked)
    assert commitment is not None
    assert commitment.current_numbers == (2, 4, 5)
    assert {change.reason for change in commitment.changes} == {"a fire in cost"}


def test_added_project__has_the_results_of_that_day(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(change_form(ranked), taken_in=[3, 4, 5], reason="a fire")
    ranked.submits("U1", view)
    for person in ("U1", "U2", "U3"):
        ranked.channel.scores(person, {"cost": -3, "security": 2}, number=3)
        ranked.channel.scores(person, {"security": 3}, number=5)
    with ranked.database.snapshot() as session:
        snapshot = BoardSnapshot(session, ranked.board)
        commitment = quarters.committed(snapshot, NEXT)
        assert commitment is not None
        rows = {row.number: row for row in quarters.rows(snapshot, commitment)}
    assert [(item.rank, item.has_results) for row in rows.values() if (item := row.item)] == [
        (1, True),
        (2, True),
        (3, True),
        (4, True),
        (None, False),  # Its results were hidden.
    ]
    assert rows[3].item is not None
    assert rows[3].item.impact["cost"] == pytest.approx(1.8)
    assert [rows[number].effort_weeks for number in (3, 4, 5)] == [10, None, 1]


def test_added_carried_over_project__takes_what_remains(ranked: ListenerHarness) -> None:
    """Half of its steps are done. Form and roadmap count what is left of it, as the plan does."""
    steps, now = ["Inventory", "Move"], datetime.now(UTC)
    proposal = Proposal(title="Idea 6", summary="It is better.", effort_weeks=8, steps=steps)
    ranked.channel.proposes("V6", proposal)
    items = (CommittedProject(6, 1, 1.0, 8.0),)
    earlier = Commitment(Capacity(4, 13), 1, "U1", now, items)
    project_id = ranked.channel.project(6).id
    with ranked.database.transaction(STORE) as session:
        assert roadmaps.commit(session, ranked.board, NEXT.previous(), earlier)
        projects.update_steps(session, project_id, done=steps[:1], undone=[], by="U1", now=now)
    view = submitted(form(ranked), **{"carried-0": [], "planned-0": [1], "others": []})
    ranked.submits("U1", view)
    assert "needs scores · 4 engineer-weeks" in str(opened_change_form(ranked))
    ranked.submits("U1", submitted(change_form(ranked), taken_in=[6], reason="a fire"))
    with ranked.database.snapshot() as session:
        roadmap = quarter_posts.roadmap(BoardSnapshot(session, ranked.board), NEXT, now)
    assert isinstance(roadmap, CommittedRoadmap)
    assert (roadmap.budget.carried_over, roadmap.budget.added) == (4, 26)


def test_added_project_loses_quorum__row_hides_results(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.submits("U1", submitted(change_form(ranked), taken_in=[3], reason="a fire"))
    assert "needle 3" in ranked.types("U2", "/roadmap plan next").partition("Below")[0]
    for person in ("U1", "U2", "U3"):
        ranked.channel.scores(person, dict.fromkeys(ranked.board.charter.keys), number=3)
    with ranked.database.snapshot() as session:
        snapshot = BoardSnapshot(session, ranked.board)
        commitment = quarters.committed(snapshot, NEXT)
        assert commitment is not None
        [*_, row] = quarters.rows(snapshot, commitment)
    assert row.item is not None
    assert (row.number, row.item.rank, row.item.has_results) == (3, None, False)


def test_change_form__shows_capacity_and_marks_projects(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    opened = str(opened_change_form(ranked))
    assert "· committed 40 · free" in opened
    assert "rank 3 · 10 engineer-weeks" in opened
    assert "rank 4 · no effort estimate" in opened
    assert "needs scores · 1 engineer-week" in opened


def test_change_entered__form_shows_its_capacity(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(change_form(ranked), taken_in=[3, 5], taken_out=[2], reason="a fire")
    ranked.new_requests("views.update")
    ranked.presses("U1", "taken_in", channel=None, view=view, selected_options=[])
    [redrawn] = ranked.new_requests("views.update")
    assert "· committed 37 · free" in str(redrawn)
    assert "#5 needs scores." in str(redrawn)
    entered = commit.entered_change(submitted(redrawn["view"]))
    assert entered == commit.ChangeSubmission(
        (permanent_id(ranked, 3), permanent_id(ranked, 5)), (permanent_id(ranked, 2),)
    )


def test_estimate_removed_later__project_keeps_its_weeks(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.submits("U1", submitted(change_form(ranked), taken_in=[3], reason="a fire"))
    ranked.submits("U1", submitted(change_form(ranked), taken_out=[3], reason="it's out"))
    project = ranked.channel.project(3)
    unestimated = project.proposal.model_copy(update={"effort_weeks": None})
    with ranked.database.transaction(STORE) as session:
        projects.edit(session, project.id, unestimated, changes="", by="U1", now=datetime.now(UTC))
    assert "rank 3 · 10 engineer-weeks" in str(opened_change_form(ranked))
    warning = "has no effort estimate, so it counts as 0 weeks"
    for number, warns in ((3, False), (4, True)):
        view = submitted(change_form(ranked), taken_in=[number], reason="a fire")
        ranked.new_requests("views.update")
        ranked.presses("U1", "taken_in", channel=None, view=view, selected_options=[])
        [redrawn] = ranked.new_requests("views.update")
        assert (f"#{number} {warning}" in str(redrawn)) == warns


def test_change_form__ranks_the_board_once(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.new_requests("views.open")  # Skip the requests of earlier tests.
    with recorded_statements() as statements:
        ranked.types("U1", f"/roadmap change {NEXT}")
    [opened] = ranked.new_requests("views.open")
    assert f"Change {NEXT.label}" in str(opened)
    assert len([text for text in statements if "FROM score" in text]) == 1


def test_change_submitted_twice__is_made_once(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(change_form(ranked), taken_in=[3], reason="a fire")
    ranked.submits("U1", view)
    assert ranked.submits("U1", view) == ""
    assert "#3 is already in the roadmap, or closed, so I can't add it." in ranked.submits_new(
        "U1", view
    )
    assert committed_numbers(ranked) == (1, 2, 3)


@pytest.mark.parametrize(
    ("field", "number", "reply"),
    [
        ("taken_in", "2", "#2 is already in the roadmap"),
        ("taken_in", "77", "That project is already in the roadmap"),
        ("taken_in", "another-store", "That project is already in the roadmap"),
        ("taken_in", "<!channel>", "That project is already in the roadmap"),
        ("taken_out", "3", "#3 isn't in the roadmap anymore"),
        ("taken_out", "9" * 5000, "That project isn't in the roadmap anymore"),
    ],
)
def test_forged_change__is_refused(
    ranked: ListenerHarness, field: str, number: str, reply: str
) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    view = submitted(change_form(ranked), reason="a fire")
    before = ranked.dump()
    assert reply in ranked.submits("U1", select(view, field, number))
    assert ranked.dump() == before


def test_change_without_selection_or_reason__is_refused(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    nothing = submitted(change_form(ranked), reason="a fire")
    assert commit.NO_CHANGE_CHOSEN in ranked.submits("U1", nothing)
    silent = submitted(change_form(ranked), taken_in=[3], reason="    ")
    assert commit.REASON_MISSING in ranked.submits("U1", silent)


def test_change_of_uncommitted_quarter__is_refused(ranked: ListenerHarness) -> None:
    view = submitted(change_form(ranked), taken_in=[3], reason="a fire")
    assert f"{NEXT.label} roadmap isn't committed." in ranked.submits("U1", view)


def test_merged_project__is_carried_over_as_its_target(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.channel.changes_status(1, Status.MERGED, into=3)
    with ranked.database.snapshot() as session:
        assert quarters.carried_over(BoardSnapshot(session, ranked.board), NEXT.next()) == {
            3: 10.0,
            2: 14.0,
        }
    ranked.channel.changes_status(2, Status.DROPPED)
    with ranked.database.snapshot() as session:
        snapshot = BoardSnapshot(session, ranked.board)
        assert quarters.carried_over(snapshot, NEXT.next()) == {3: 10.0}
        commitment = quarters.committed(snapshot, NEXT)
        assert commitment is not None
        [merged, dropped] = quarters.rows(snapshot, commitment)
    assert (merged.merged_into, dropped.status) == (3, "dropped")


def test_project_shipped_before_quarter__does_not_count(
    ranked: ListenerHarness,
) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    ranked.channel.changes_status(1, Status.SHIPPED)  # Today is before the next quarter.
    with ranked.database.snapshot() as session:
        snapshot = BoardSnapshot(session, ranked.board)
        commitment = quarters.committed(snapshot, NEXT)
        current = quarters.retrospective(snapshot, NEXT, commitment)
    assert [work.number for work in current.projects] == [2]


def test_committed_plan__is_shown_as_committed(ranked: ListenerHarness) -> None:
    assert "Not committed" not in ranked.types("U1", "/roadmap plan next")
    ranked.submits("U1", submitted(form(ranked)))
    reply = ranked.types("U2", "/roadmap plan next")
    assert "· committed 40 · free" in reply
    assert "#4" not in reply.partition("Below the line")[0]


def test_ended_quarter__omits_current_data(ranked: ListenerHarness) -> None:
    ranked.submits("U1", submitted(form(ranked)))
    assert "Below the line" in ranked.types("U2", "/roadmap plan next")
    with ranked.database.transaction(STORE) as session:
        outbox.enqueue(session, ranked.board.id, PostKind.RETROSPECTIVE, QuarterSubject(NEXT.key))
    reply = ranked.types("U2", "/roadmap plan next")
    assert "Below the line" not in reply
    assert "The quarter has ended" in reply
