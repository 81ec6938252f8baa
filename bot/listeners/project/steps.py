"""Form for a project's safe steps: any member ticks off the steps that are done."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import members_only
from bot.views.modals import steps
from storage.boards.boards import Board
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Project


def register(app: App) -> None:
    app.view(steps.CALLBACK, middleware=[members_only])(submit)


def form_for(board: Board, project: Project, _actor: Actor) -> dict[str, Any]:
    _require_open(project)
    if not project.proposal.steps:
        raise Refusal(
            f"#{project.number} has no safe steps yet. Add them with ⋯ → *Edit*, one per line."
        )
    return steps.form(
        board.channel_id,
        project.number,
        project.proposal,
        project.steps_done,
        permanent_id=project.permanent_id,
    )


def submit(
    ack: Ack, actor: Actor, view: dict[str, Any], slack_request: Request, now: datetime
) -> None:
    submission = steps.parse(view)
    with slack_request.transaction(actor.board_lock(submission.channel_id)) as session:
        board = require_board(session, actor, submission.channel_id)
        project = require_project(session, board, submission.project)
        _require_open(project)
        if submission.base_fingerprint != project.proposal.fingerprint:
            raise Refusal(
                f"Someone edited #{project.number} while your form was open, so nothing was saved."
                " Open *Steps* again."
            )
        names = project.proposal.steps
        projects.update_steps(
            session,
            project.id,
            done=[step for index, step in enumerate(names) if index in submission.done],
            undone=[step for index, step in enumerate(names) if index in submission.undone],
            by=actor.user_id,
            now=now,
        )
    ack()


def _require_open(project: Project) -> None:
    if not project.is_ranked:
        raise Refusal(f"{number_and_status(project)}. Reopen it before you change its steps.")
