"""Score form: opened by the card's button or the digest's *Score next*, and submitted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.home_publisher import refresh
from bot.listeners.actor import Actor
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import members_only
from bot.presenters.visibility import may_see_scores
from bot.slack.views import replace_view
from bot.views.blocks import modal
from bot.views.modals import score
from bot.views.posts import card
from domain.ranking.dispute import find_dispute
from domain.ranking.ranking import rank
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.idempotency import Request
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject
from storage.projects import candidates, history, projects, scores
from storage.projects.projects import Project
from storage.tables import PostKind


def register(app: App) -> None:
    app.action(card.SCORE, middleware=[members_only])(score_project)
    app.action(score.SCORE_NEXT, middleware=[members_only])(score_next)
    app.action(score.SAVE_AND_NEXT, middleware=[members_only])(save_and_open_next)
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
        respond(score.ALL_SCORED, replace_original=False)
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
    """Store a score and close the form.

    A form that was opened before an upgrade may open the next project's form instead.
    """
    with slack_request.transaction(actor.board_lock(modal.channel_of(view))) as session:
        saved = _save(session, actor, view, now)
        next_view = None
        if saved.submission.opens_next:
            next_view = _next_view(session, actor, saved)
        elif not saved.has_score:
            next_view = score.result(saved.text)
    if next_view is None:
        ack()
    else:
        ack(response_action="update", view=next_view)
    _refresh_home(client, slack_request, actor, saved.submission, now)


def save_and_open_next(
    ack: Ack,
    actor: Actor,
    current_view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """Store a score and show the next project's form in place of this one."""
    with slack_request.transaction(actor.board_lock(modal.channel_of(current_view))) as session:
        saved = _save(session, actor, current_view, now)
        next_view = _next_view(session, actor, saved)
    replace_view(client, current_view, next_view)
    ack()
    _refresh_home(client, slack_request, actor, saved.submission, now)


@dataclass(frozen=True)
class _Saved:
    """A form that was saved for a board's project with this number.

    `has_score` is False if every value says *No opinion*.
    """

    board: Board
    number: int
    submission: score.Submission
    has_score: bool

    @property
    def text(self) -> str:
        return score.saved(self.number, has_score=self.has_score)


def _save(session: Session, actor: Actor, view: dict[str, Any], now: datetime) -> _Saved:
    """Store the score, and queue the comment's reply in the card's thread if the person chose it.

    Raise Refusal if the project can't be scored or the form has none of the charter's values.
    """
    board = require_board(session, actor, modal.channel_of(view))
    submission = score.parse(view, board.charter)
    project = _require_scorable(session, board, submission.project)
    if not submission.impacts:
        raise Refusal("The charter has changed since you opened this form. Open the form again.")
    has_score = scores.save(
        session,
        project.id,
        actor.user_id,
        submission.impacts,
        comment=submission.comment,
        now=now,
    )
    if submission.comment and submission.posts_comment:
        _post_comment(session, project, actor.user_id, submission.comment, now)
    _enqueue_dispute(session, board, project)
    return _Saved(board, project.number, submission, has_score)


def _post_comment(
    session: Session, project: Project, person: str, comment: str, now: datetime
) -> None:
    """Queue the comment's reply, unless it repeats the person's last one, as a double click does.

    Two clicks are two requests, so idempotency doesn't cover them.
    """
    if history.last_detail(session, project.id, history.COMMENTED, person) != comment:
        history.add(session, project.id, history.COMMENTED, by=person, now=now, detail=comment)


def _next_view(session: Session, actor: Actor, saved: _Saved) -> dict[str, Any]:
    """Return the form for the next project, or a modal that says that there is none."""
    from_home = saved.submission.from_home
    form = next_form(session, saved.board, actor.user_id, at_home=from_home, saved=saved.text)
    return form or score.all_scored(saved.text)


def _refresh_home(
    client: WebClient,
    slack_request: Request,
    actor: Actor,
    submission: score.Submission,
    now: datetime,
) -> None:
    if submission.from_home:
        refresh(client, slack_request.database, actor.team_id, actor.user_id, now)


def next_form(
    session: Session,
    board: Board,
    person: str,
    *,
    at_home: bool = False,
    saved: str = "",
) -> dict[str, Any] | None:
    """Return the form for the project that most needs the person's score, or None.

    It starts with `saved`, what the form before it saved.
    """
    unscored = scores.projects_to_score(session, board, person)
    if not unscored:
        return None
    form_data = _form_data(session, board, unscored[0], person)
    return score.form(replace(form_data, from_home=at_home, saved=saved), board.charter)


def _enqueue_dispute(session: Session, board: Board, project: Project) -> None:
    """Queue the dispute post if scores differ strongly. A project gets at most one."""
    [candidate] = candidates.of_projects(session, board, [project])
    if find_dispute(candidate, board.charter) is not None:
        subject = ProjectSubject(project.number)
        outbox.enqueue(session, board.id, PostKind.DISPUTE, subject, project_id=project.id)


def _require_scorable(session: Session, board: Board, reference: Any) -> Project:
    """Return an open project. Raise Refusal if it is merged, shipped or otherwise closed."""
    project = require_project(session, board, reference)
    if project.merged_into is not None:
        target = projects.get(session, project.merged_into)
        raise Refusal(
            f"#{project.number} was merged into #{target.number}. Score #{target.number} instead."
        )
    if not project.is_ranked:
        raise Refusal(f"{number_and_status(project)}, so you can't score it anymore.")
    return project


def _form_data(session: Session, board: Board, reference: Any, person: str) -> score.ScoreForm:
    """Return the form's content for a person, with others' scores if they may see them."""
    project = _require_scorable(session, board, reference)
    comments = scores.comments(session, project.id)
    own_comment = comments.pop(person, "")
    [candidate] = candidates.of_projects(session, board, [project])
    [ranked] = rank([candidate], board.charter).projects
    shows_others = may_see_scores(ranked, person)
    others = {name: impacts for name, impacts in candidate.scores.items() if name != person}
    unscored = {*scores.projects_to_score(session, board, person)}
    own_impacts = candidate.scores.get(person)
    if own_impacts is None and project.number not in unscored:
        own_impacts = dict.fromkeys(board.charter.keys)  # They had no opinion on any value.
    return score.ScoreForm(
        channel_id=board.channel_id,
        number=project.number,
        proposer=project.proposer,
        proposal=project.proposal,
        own_impacts=own_impacts,
        comment=own_comment,
        others=others if shows_others else {},
        comments=comments if shows_others else {},
        quorum=ranked.quorum,
        open_count=projects.count_open(session, board.id),
        unscored_count=len(unscored - {project.number}),
        scores_visible=ranked.scores_visible,
        revealed=candidate.revealed,
        permanent_id=project.permanent_id,
    )
