"""Edit form of a project. An edit keeps the project's votes and scores."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import number_and_status, require_board, require_project
from bot.listeners.permissions import members_only, require_role
from bot.listeners.project.ownership import OwnerCheck
from bot.views.modals import edit
from bot.views.modals.propose import parse_proposal
from domain.projects.lifecycle import EDITORS
from storage.boards.boards import Board
from storage.database import Session
from storage.idempotency import Request
from storage.projects import projects
from storage.projects.projects import Project, Unchanged

EDITED_MEANWHILE = (
    "Someone else edited #{number} while your form was open, so your changes weren't saved. Open"
    " *Edit* again to see the current version."
)


def register(app: App) -> None:
    app.view(edit.CALLBACK, middleware=[members_only])(submit)


def form_for(board: Board, project: Project, actor: Actor) -> dict[str, Any]:
    _require_editable(board, project, actor)
    return edit.form(
        board.channel_id,
        project.number,
        project.proposal,
        project.owner,
        permanent_id=project.permanent_id,
    )


def submit(
    ack: Ack,
    actor: Actor,
    view: dict[str, Any],
    owner_check: OwnerCheck,
    slack_request: Request,
    now: datetime,
) -> None:
    submission = edit.parse(view)
    owner: str | Unchanged | None = Unchanged.OWNER
    if submission.owner != submission.base_owner:
        owner = submission.owner
        owner_check.require(submission.channel_id, owner)
    with slack_request.transaction(actor.board_lock(submission.channel_id)) as session:
        board = require_board(session, actor, submission.channel_id)
        project = require_project(session, board, submission.project)
        _require_editable(board, project, actor)
        proposal = parse_proposal(view, project.proposal)
        changes = edit.changes(project.proposal, proposal)
        if changes and submission.base_fingerprint != project.proposal.fingerprint:
            _require_last_editor(session, project, actor)
        projects.edit(
            session,
            project.id,
            proposal if changes else project.proposal,
            owner=owner,
            changes=changes,
            by=actor.user_id,
            now=now,
        )
    ack()


def _require_last_editor(session: Session, project: Project, actor: Actor) -> None:
    """Raise Refusal if someone else edited the project while the form was open.

    A person's own edit doesn't conflict: the form may have been saved, and its answer lost.
    """
    if projects.last_editor(session, project.id) != actor.user_id:
        raise Refusal(EDITED_MEANWHILE.format(number=project.number))


def _require_editable(board: Board, project: Project, actor: Actor) -> None:
    """Raise Refusal if the person may not edit the project, or it is no longer open."""
    require_role(board, project, actor, EDITORS)
    if not project.is_ranked:
        raise Refusal(f"{number_and_status(project)}. Reopen it before you edit it.")
