"""Score form: opened by the card's button or the digest's *Score next*, and submitted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.home_publisher import refresh
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import members_only
from bot.views.blocks import modal
from bot.views.modals import score
from bot.views.posts import card
from domain.ranking.dispute import find_dispute
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject
from storage.projects import candidates, projects, scores
from storage.projects.projects import Project
from storage.tables import PostKind

ALL_SCORED = "You have scored everything. Thank you!"


def register(app: App) -> None:
    app.action(card.SCORE, middleware=[members_only])(score_project)
    app.action(score.SCORE_NEXT, middleware=[members_only])(score_next)
    app.view(score.CALLBACK, middleware=[members_only])(submit)


def score_project(
    ack: Ack, actor: Actor, action: dict[str, Any], client: WebClient, database: Database
) -> None:
    with database.snapshot() as session:
        board = require_board(session, actor)
        form_data = _form_data(session, board, action["value"], actor.user_id)
    client.views_open(trigger_id=actor.trigger_id, view=score.form(form_data, board.charter))
    ack()


def score_next(
    ack: Ack, actor: Actor, respond: Respond, client: WebClient, database: Database
) -> None:
    with database.snapshot() as session:
        board = require_board(session, actor)
        view = next_form(session, board, actor.user_id)
    if view is None:
        respond(ALL_SCORED, replace_original=False)
    else:
        client.views_open(trigger_id=actor.trigger_id, view=view)
    ack()


def submit(
    ack: Ack,
    actor: Actor,
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """Store a score, then close the form or open the next project's, depending on the button."""
    with slack_request.transaction() as session:
        board = require_board(session, actor, modal.channel_of(view))
        submission = score.parse(view, board.charter)
        project = _require_scorable(session, board, submission.number)
        if not submission.impacts:
            raise Refusal("The charter has changed since you opened this form. Open it again.")
        scores.save(
            session,
            project.id,
            actor.user_id,
            submission.impacts,
            comment=submission.comment,
            now=now,
        )
        _enqueue_dispute(session, board, project)
        next_view = None
        if submission.opens_next:
            next_view = next_form(session, board, actor.user_id, at_home=submission.from_home)
    if next_view is None:
        ack()
    else:
        ack(response_action="update", view=next_view)
    if submission.from_home:
        refresh(client, slack_request.database, actor.team_id, actor.user_id)


def next_form(
    session: Session, board: Board, person: str, *, at_home: bool = False
) -> dict[str, Any] | None:
    """Return the form for the project that most needs the person's score, or None."""
    unscored = scores.projects_to_score(session, board, person)
    if not unscored:
        return None
    form_data = replace(_form_data(session, board, unscored[0], person), from_home=at_home)
    return score.form(form_data, board.charter)


def _enqueue_dispute(session: Session, board: Board, project: Project) -> None:
    """Queue the dispute post if scores differ strongly. A project gets at most one."""
    [candidate] = candidates.candidates(session, board, only=project.number)
    if find_dispute(candidate, board.charter) is not None:
        outbox.enqueue(session, board.id, PostKind.DISPUTE, ProjectSubject(project.number))


def _require_scorable(session: Session, board: Board, number: Any) -> Project:
    """Return an open project. Raise Refusal if it is merged, shipped or otherwise closed."""
    project = require_project(session, board, number)
    if project.merged_into is not None:
        target = projects.get(session, project.merged_into)
        raise Refusal(
            f"#{project.number} was merged into #{target.number}. Score #{target.number} instead."
        )
    if not project.is_ranked:
        raise Refusal(f"{number_and_status(project)}, so you can't score it anymore.")
    return project


def _form_data(session: Session, board: Board, number: Any, person: str) -> score.ScoreForm:
    """Return the form's content for a person. Others' scores show only after their own."""
    project = _require_scorable(session, board, number)
    comments = scores.comments(session, project.id)
    own_comment = comments.pop(person, "")
    [candidate] = candidates.candidates(session, board, only=project.number)
    own = candidate.scores.get(person)
    others = {name: impacts for name, impacts in candidate.scores.items() if name != person}
    return score.ScoreForm(
        channel_id=board.channel_id,
        number=project.number,
        proposer=project.proposer,
        proposal=project.proposal,
        own_impacts=own,
        comment=own_comment,
        others=others if own else {},
        comments=comments if own else {},
        unscored_count=len({*scores.projects_to_score(session, board, person)} - {project.number}),
    )
