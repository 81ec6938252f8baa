"""Outcomes of shipped projects: who is asked, who can answer, and who sees the answers."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import in_week, team_foresight
from bot.reconciler.render import ObsoletePost, render_post
from bot.service import follow_ups
from bot.views.data.project_state import ProjectReference
from bot.views.posts import outcome
from domain.projects.lifecycle import Status
from domain.ranking.charter import DEFAULT_CHARTER
from domain.toil.payback import ForecastAccuracy
from storage.database import Session
from storage.posts import outbox, subjects
from storage.posts.outbox import Post
from storage.projects import outcomes, projects
from storage.tables import PostKind
from tests.support.channel import NOW, PROPOSAL
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

WITH_TOIL = PROPOSAL.model_copy(update={"toil_source": "db-primary", "toil_per_month": 6})


@pytest.fixture
def shipped(team: ListenerHarness) -> ListenerHarness:
    """A project that U1 and U2 scored, shipped at NOW."""
    team.channel.proposes("first", WITH_TOIL)
    team.channel.shows_card()
    for person in ("U1", "U2"):
        team.channel.scores(person, {"cost": 3})
    team.channel.changes_status(1, Status.SHIPPED)
    return team


def due(team: ListenerHarness, now: datetime) -> list[tuple[PostKind, str]]:
    with team.database.snapshot() as session:
        return [
            (wish.kind, wish.subject.encode()) for wish in follow_ups.due(session, team.board, now)
        ]


def says(**impacts: str) -> dict[str, Any]:
    asked = outcome.OutcomeForm(HERE, ProjectReference(1, PROPOSAL.title, None), {}, {})
    return submitted(outcome.form(asked, DEFAULT_CHARTER), **impacts)


QUESTIONS = [(PostKind.OUTCOME, "U1:1:2026-08-21"), (PostKind.OUTCOME, "U2:1:2026-08-21")]


def test_shipped_project__is_measured_and_asked_about(shipped: ListenerHarness) -> None:
    assert due(shipped, NOW + timedelta(days=29)) == []
    assert due(shipped, NOW + timedelta(days=30)) == [
        (PostKind.PAYBACK, "1:30:2026-08-21"),
        *QUESTIONS,
    ]
    assert due(shipped, NOW + timedelta(days=90)) == [
        (PostKind.PAYBACK, "1:90:2026-08-21"),
        *QUESTIONS,
    ]
    assert due(shipped, NOW + timedelta(days=120)) == []


def test_outcome_reported_before__is_not_asked_again(shipped: ListenerHarness) -> None:
    shipped.submits("U1", says(cost="1"))
    assert QUESTIONS[0] not in due(shipped, NOW + timedelta(days=30))


def test_project_without_toil_source__has_no_payback(team: ListenerHarness) -> None:
    team.channel.proposes("first")
    team.channel.shows_card()
    team.channel.scores("U1", {"cost": 3})
    team.channel.changes_status(1, Status.SHIPPED)
    assert due(team, NOW + timedelta(days=30)) == QUESTIONS[:1]


def test_reopened_project__is_not_measured(shipped: ListenerHarness) -> None:
    shipped.channel.changes_status(1, Status.OPEN)
    assert due(shipped, NOW + timedelta(days=30)) == []


def claims(team: ListenerHarness, kind: PostKind, text: str) -> Post:
    subject = subjects.decode(kind, text)
    with team.database.transaction() as session:
        project = team.channel.project()
        outbox.enqueue(session, team.board.id, kind, subject, project_id=project.id)
        found = outbox.latest(session, team.board.id, kind, subject)
    assert found is not None
    return found


def test_project_shipped_again__is_measured_again(shipped: ListenerHarness) -> None:
    project = shipped.channel.project()
    with shipped.database.transaction() as session:
        outcomes.save(session, project.id, "U1", {"cost": 1}, NOW + timedelta(days=1))
    before = [claims(shipped, *wish) for wish in due(shipped, NOW + timedelta(days=30))]
    assert [(post.kind, post.subject) for post in before] == [
        (PostKind.PAYBACK, "1:30:2026-08-21"),
        QUESTIONS[1],
    ]
    assert due(shipped, NOW + timedelta(days=30)) == []
    shipped.channel.changes_status(1, Status.OPEN)
    shipped.channel.changes_status(1, Status.SHIPPED, at=NOW + timedelta(days=31))
    again = due(shipped, NOW + timedelta(days=61))
    assert again == [
        (PostKind.PAYBACK, "1:30:2026-09-21"),
        (PostKind.OUTCOME, "U1:1:2026-09-21"),
        (PostKind.OUTCOME, "U2:1:2026-09-21"),
    ]
    with shipped.database.snapshot() as session:
        for late in before:
            with pytest.raises(ObsoletePost):
                render_post(session, late, NOW)
    now = [claims(shipped, *wish) for wish in again]
    with shipped.database.snapshot() as session:
        assert "30 days after it shipped" in render_post(session, now[0], NOW).message.text
        assert f"{HERE}:1" in str(render_post(session, now[1], NOW).message.blocks)


def test_old_post_without_ship_date__is_rendered(shipped: ListenerHarness) -> None:
    payback = claims(shipped, PostKind.PAYBACK, "1:30")
    question = claims(shipped, PostKind.OUTCOME, "U1:1")
    assert due(shipped, NOW + timedelta(days=30)) == QUESTIONS[1:]
    with shipped.database.snapshot() as session:
        assert "30 days after it shipped" in render_post(session, payback, NOW).message.text
        assert f"{HERE}:1" in str(render_post(session, question, NOW).message.blocks)


def test_many_shipped_projects__need_no_more_reads(team: ListenerHarness) -> None:
    def reads(look: Callable[[Session], object]) -> int:
        seen: list[str] = []
        with team.database.snapshot() as session:
            event.listen(
                session.connection(),
                "before_cursor_execute",
                lambda *executed: seen.append(executed[2]),
            )
            assert look(session)
        return len(seen)

    def ships(numbers: range) -> None:
        for number in numbers:
            team.channel.proposes(f"V{number}", WITH_TOIL)
            team.channel.shows_card(number)
            for person in ("U1", "U2"):
                team.channel.scores(person, {"cost": 3}, number=number)
            team.channel.changes_status(number, Status.SHIPPED)
            with team.database.transaction() as session:
                project = team.channel.project(number)
                outcomes.save(session, project.id, "U1", {"cost": 1}, NOW)

    def all_reads() -> list[int]:
        board, later = team.board, NOW + timedelta(days=30)
        return [
            reads(lambda session: follow_ups.due(session, board, later)),
            reads(lambda session: outcomes.list_for_board(session, board)),
        ]

    ships(range(1, 3))
    few = all_reads()
    ships(range(3, 21))
    assert all_reads() == few


def test_project_without_card__gets_no_thread_reply(team: ListenerHarness) -> None:
    team.channel.proposes("first", WITH_TOIL)
    team.channel.changes_status(1, Status.SHIPPED)
    assert due(team, NOW + timedelta(days=30)) == []


def test_outcome_from_non_scorer__is_refused(shipped: ListenerHarness) -> None:
    shipped.channel.adds_people("U3")
    before = shipped.dump()
    assert "Only people who scored a project" in shipped.submits("U3", says(cost="1"))
    assert "Only people who scored a project" in shipped.presses(
        "U3", outcome.OPEN_FORM, value=f"{HERE}:1"
    )
    assert "Only people who scored a project" in shipped.presses(
        "U1", outcome.OPEN_FORM, value=f"{HERE}:x"
    )
    assert "doesn't use Needle" in shipped.presses("U1", outcome.OPEN_FORM, value="C9:1")
    assert shipped.dump() == before


def test_outcome_of_unshipped_project__is_refused(team: ListenerHarness) -> None:
    team.channel.proposes("first")
    team.channel.scores("U1", {"cost": 3})
    assert "once it has shipped" in team.submits("U1", says(cost="1"))


def test_own_foresight__shows_only_own_scores(shipped: ListenerHarness) -> None:
    shipped.submits("U1", says(cost="1", security="-1"))
    told = shipped.types("U1", "/roadmap mine")
    assert "Cost: expected +3.0, seen +1.0 in 1 answer" in told
    assert "Security: expected 0.0, seen −1.0" in told
    assert "No answers yet" in shipped.types("U2", "/roadmap mine")
    shipped.submits("U1", says(cost="2"))  # they changed their mind
    assert "Cost: expected +3.0, seen +2.0" in shipped.types("U1", "/roadmap mine")


def test_team_foresight_below_quorum__is_hidden(shipped: ListenerHarness) -> None:
    def rows() -> list[tuple[str, float, float]]:
        with shipped.database.snapshot() as session:
            found = team_foresight(BoardSnapshot(session, shipped.board))
        return [(row.value, row.forecast, row.observed) for row in found]

    shipped.channel.adds_people("U3")
    shipped.channel.scores("U3", {"cost": 0})
    for person, seen in (("U1", "1"), ("U2", "2")):
        shipped.submits(person, says(cost=seen))
    assert rows() == []
    shipped.submits("U3", says(cost="0"))
    assert ("cost", 2, 1) in rows()
    told = shipped.types("U1", "/roadmap retro")
    assert "Cost: expected +2.0, seen +1.0 in 3 answers" in told


def test_renamed_value__appears_by_its_current_name() -> None:
    cost = DEFAULT_CHARTER.values[-1]
    renamed = DEFAULT_CHARTER.with_value(cost.model_copy(update={"name": "Стоимость"}))
    rows = (ForecastAccuracy(cost.key, 1, 2, 3), ForecastAccuracy("on_call", 1, 2, 3))
    told = "Стоимость: expected +1.0, seen +2.0 in 3 answers\\nOn call: expected"
    assert told in json.dumps(outcome.own_foresight(rows, renamed).blocks, ensure_ascii=False)
    [part] = outcome.foresight(rows, renamed)
    assert told in json.dumps(part.blocks, ensure_ascii=False)


def test_digest__reports_each_payback_once(shipped: ListenerHarness) -> None:
    looked = (NOW + timedelta(days=30)).date()

    def told(days_later: int) -> list[int]:
        with shipped.database.snapshot() as session:
            after = looked + timedelta(days=days_later)
            return [
                seen.days_after_shipping
                for _, seen in in_week(BoardSnapshot(session, shipped.board), after)
            ]

    assert [told(0), told(1), told(7), told(8), told(61)] == [[], [30], [30], [], [90]]


def test_shipped_project__has_time_of_shipping(shipped: ListenerHarness) -> None:
    with shipped.database.snapshot() as session:
        project = projects.find(session, shipped.board.id, 1)
    assert project is not None
    assert project.status_at == NOW
