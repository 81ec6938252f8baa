"""Follow-ups on shipped projects: paybacks and questions to scorers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from bot.reconciler.render import ObsoletePost, render_post
from bot.service import follow_ups
from domain.projects.lifecycle import Status
from storage.database import Session
from storage.locks import STORE
from storage.posts import outbox, subjects
from storage.posts.outbox import Post
from storage.projects import outcomes, projects
from storage.tables import PostKind
from tests.support.channel import NOW
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.shipped_projects import WITH_TOIL, outcome_form, ship_scored_project


@pytest.fixture
def shipped(team: ListenerHarness) -> ListenerHarness:
    """Board with a project that U1 and U2 scored, shipped at NOW."""
    return ship_scored_project(team)


QUESTIONS = [(PostKind.OUTCOME, "U1:1:2026-08-21"), (PostKind.OUTCOME, "U2:1:2026-08-21")]


def due_posts(team: ListenerHarness, now: datetime) -> list[tuple[PostKind, str]]:
    with team.database.snapshot() as session:
        return [
            (follow_up.kind, follow_up.subject.encode())
            for follow_up in follow_ups.due(session, team.board, now)
        ]


def enqueue(team: ListenerHarness, kind: PostKind, text: str) -> Post:
    subject = subjects.decode(kind, text)
    with team.database.transaction(STORE) as session:
        project = team.channel.project()
        outbox.enqueue(session, team.board.id, kind, subject, project_id=project.id)
        post = outbox.latest(session, team.board.id, kind, subject)
    assert post is not None
    return post


def question_about(team: ListenerHarness) -> str:
    """Return the value of the button that answers the question about the first project."""
    return f"{HERE}:{team.channel.project().permanent_id}"


def test_shipped_project__is_measured_and_asked_about(shipped: ListenerHarness) -> None:
    assert due_posts(shipped, NOW + timedelta(days=29)) == []
    assert due_posts(shipped, NOW + timedelta(days=30)) == [
        (PostKind.PAYBACK, "1:30:2026-08-21"),
        *QUESTIONS,
    ]
    assert due_posts(shipped, NOW + timedelta(days=90)) == [
        (PostKind.PAYBACK, "1:90:2026-08-21"),
        *QUESTIONS,
    ]
    assert due_posts(shipped, NOW + timedelta(days=120)) == []


def test_outcome_reported_before__is_not_asked_again(shipped: ListenerHarness) -> None:
    shipped.submits("U1", outcome_form(cost="1"))
    assert QUESTIONS[0] not in due_posts(shipped, NOW + timedelta(days=30))


def test_project_without_toil_source__has_no_payback(team: ListenerHarness) -> None:
    team.channel.proposes("first")
    team.channel.shows_card()
    team.channel.scores("U1", {"cost": 3})
    team.channel.changes_status(1, Status.SHIPPED)
    assert due_posts(team, NOW + timedelta(days=30)) == QUESTIONS[:1]


def test_reopened_project__is_not_measured(shipped: ListenerHarness) -> None:
    shipped.channel.changes_status(1, Status.OPEN)
    assert due_posts(shipped, NOW + timedelta(days=30)) == []


def test_project_shipped_again__is_measured_again(shipped: ListenerHarness) -> None:
    project = shipped.channel.project()
    with shipped.database.transaction(STORE) as session:
        outcomes.save(session, project.id, "U1", {"cost": 1}, NOW + timedelta(days=1))
    before = [
        enqueue(shipped, *follow_up) for follow_up in due_posts(shipped, NOW + timedelta(days=30))
    ]
    assert [(post.kind, post.subject) for post in before] == [
        (PostKind.PAYBACK, "1:30:2026-08-21"),
        QUESTIONS[1],
    ]
    assert due_posts(shipped, NOW + timedelta(days=30)) == []
    shipped.channel.changes_status(1, Status.OPEN)
    shipped.channel.changes_status(1, Status.SHIPPED, at=NOW + timedelta(days=31))
    again = due_posts(shipped, NOW + timedelta(days=61))
    assert again == [
        (PostKind.PAYBACK, "1:30:2026-09-21"),
        (PostKind.OUTCOME, "U1:1:2026-09-21"),
        (PostKind.OUTCOME, "U2:1:2026-09-21"),
    ]
    with shipped.database.snapshot() as session:
        for late in before:
            with pytest.raises(ObsoletePost):
                render_post(session, late, NOW)
    now = [enqueue(shipped, *follow_up) for follow_up in again]
    with shipped.database.snapshot() as session:
        assert "30 days after shipping" in render_post(session, now[0], NOW).message.text
        assert question_about(shipped) in str(render_post(session, now[1], NOW).message.blocks)


def test_old_post_without_ship_date__is_rendered(shipped: ListenerHarness) -> None:
    payback = enqueue(shipped, PostKind.PAYBACK, "1:30")
    question = enqueue(shipped, PostKind.OUTCOME, "U1:1")
    assert due_posts(shipped, NOW + timedelta(days=30)) == QUESTIONS[1:]
    with shipped.database.snapshot() as session:
        assert "30 days after shipping" in render_post(session, payback, NOW).message.text
        assert question_about(shipped) in str(render_post(session, question, NOW).message.blocks)


def test_many_shipped_projects__need_no_more_reads(team: ListenerHarness) -> None:
    def reads(look: Callable[[Session], object]) -> int:
        statements: list[str] = []
        with team.database.snapshot() as session:
            event.listen(
                session.connection(),
                "before_cursor_execute",
                lambda *executed: statements.append(executed[2]),
            )
            assert look(session)
        return len(statements)

    def ship(numbers: range) -> None:
        for number in numbers:
            team.channel.proposes(f"V{number}", WITH_TOIL)
            team.channel.shows_card(number)
            for person in ("U1", "U2"):
                team.channel.scores(person, {"cost": 3}, number=number)
            team.channel.changes_status(number, Status.SHIPPED)
            with team.database.transaction(STORE) as session:
                project = team.channel.project(number)
                outcomes.save(session, project.id, "U1", {"cost": 1}, NOW)

    def all_reads() -> list[int]:
        board, later = team.board, NOW + timedelta(days=30)
        return [
            reads(lambda session: follow_ups.due(session, board, later)),
            reads(lambda session: outcomes.list_for_board(session, board)),
        ]

    ship(range(1, 3))
    few = all_reads()
    ship(range(3, 21))
    assert all_reads() == few


def test_project_without_card__gets_no_thread_reply(team: ListenerHarness) -> None:
    team.channel.proposes("first", WITH_TOIL)
    team.channel.changes_status(1, Status.SHIPPED)
    assert due_posts(team, NOW + timedelta(days=30)) == []


def test_shipped_project__has_time_of_shipping(shipped: ListenerHarness) -> None:
    with shipped.database.snapshot() as session:
        project = projects.find(session, shipped.board.id, 1)
    assert project is not None
    assert project.status_at == NOW
