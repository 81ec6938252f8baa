"""Scoring: the card's button, the digest's "score what I have not", and the form."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.authorization.members import require_member
from bot.exceptions import Refusal
from bot.listeners.guards import require_board, require_project
from bot.listeners.home_publisher import refresh
from bot.views.modals import score
from bot.views.parts.project_state import STATUS_PHRASES
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


def register(app: App) -> None:
    app.action(card.SCORE)(score_one)
    app.action(score.SCORE_NEXT)(score_next)
    app.view(score.CALLBACK)(submit)


def score_one(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, database: Database
) -> None:
    _require_member(body, client, database)
    with database.snapshot() as session:
        board = require_board(session, body["team"]["id"], body["channel"]["id"])
        ballot_paper = _ballot(session, board, action["value"], body["user"]["id"])
    client.views_open(trigger_id=body["trigger_id"], view=score.form(ballot_paper, board.charter))
    ack()


def score_next(
    ack: Ack, body: dict[str, Any], respond: Respond, client: WebClient, database: Database
) -> None:
    _require_member(body, client, database)
    with database.snapshot() as session:
        board = require_board(session, body["team"]["id"], body["channel"]["id"])
        view = next_form(session, board, body["user"]["id"])
    if view is None:
        respond("You have scored everything. Thank you!", replace_original=False)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    slack_request: Request,
    now: datetime,
) -> None:
    """Store the score; the form goes on with another project if its button said so."""
    _require_member(body, client, slack_request.database)
    person = body["user"]["id"]
    with slack_request.transaction() as session:
        board = require_board(session, body["team"]["id"], score.channel_of(view))
        submission = score.parse(view, board.charter)
        project = _scorable(session, board, str(submission.number))
        if not submission.impacts:
            raise Refusal("The charter has other values now: open the form again.")
        scores.save(
            session,
            project.id,
            person,
            submission.impacts,
            comment=submission.comment,
            now=now,
        )
        _invite_to_talk(session, board, project)
        following = None
        if submission.opens_next:
            following = next_form(session, board, person, at_home=submission.from_home)
    if following is None:
        ack()
    else:
        ack(response_action="update", view=following)
    if submission.from_home:
        refresh(client, slack_request.database, board.team_id, person)


def _require_member(body: dict[str, Any], client: WebClient, database: Database) -> None:
    require_member(database, client, body["team"]["id"], body["user"]["id"])


def _invite_to_talk(session: Session, board: Board, project: Project) -> None:
    """Once for each project: the two who see it most differently, when its results show."""
    [candidate] = candidates.candidates(session, board, only=project.number)
    if find_dispute(candidate, board.charter) is not None:
        outbox.enqueue(session, board.id, PostKind.DISPUTE, ProjectSubject(project.number))


def next_form(
    session: Session, board: Board, person: str, *, at_home: bool = False
) -> dict[str, Any] | None:
    """For the project that needs their score most, if there is one that they have not scored."""
    waiting = scores.projects_to_score(session, board, person)
    if not waiting:
        return None
    paper = replace(_ballot(session, board, str(waiting[0]), person), from_home=at_home)
    return score.form(paper, board.charter)


def _scorable(session: Session, board: Board, number: str) -> Project:
    """Scores can be given and changed until a project ships, or is otherwise no longer ranked."""
    project = require_project(session, board, number)
    if project.merged_into is not None:
        into = projects.get(session, project.merged_into)
        raise Refusal(f"#{project.number} was merged into #{into.number}: score that one.")
    if not project.is_ranked:
        raise Refusal(
            f"#{project.number} {STATUS_PHRASES[project.status]}, so it takes no more scores."
        )
    return project


def _ballot(session: Session, board: Board, number: str, person: str) -> score.ScoreForm:
    """What this person may see of that project: others' scores only after their own."""
    project = _scorable(session, board, number)
    comments = scores.comments(session, project.id)
    own_comment = comments.pop(person, "")
    [candidate] = candidates.candidates(session, board, only=project.number)
    own = candidate.scores.get(person)
    others = {who: given for who, given in candidate.scores.items() if who != person}
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
