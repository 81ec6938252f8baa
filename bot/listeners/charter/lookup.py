"""Lookup of the posted charter draft that a request names."""

from typing import Any

from bot.exceptions import Refusal
from bot.listeners.parsing import parse_number
from storage.boards import charter_drafts
from storage.boards.boards import Board
from storage.boards.charter_drafts import Draft
from storage.database import Session

NOT_OPEN = (
    "That charter draft was already adopted or withdrawn. Type `/roadmap charter` to see the"
    " current charter."
)


def require_posted(session: Session, board: Board, value: Any, *, to_change: bool = True) -> Draft:
    """Return the draft that a button or a form names. Raise Refusal unless it awaits answers."""
    number = parse_number(value)
    draft = (
        None
        if number is None
        else charter_drafts.find(session, board.id, number, to_change=to_change)
    )
    if draft is None or draft.closed_at or not draft.posted_at:
        raise Refusal(NOT_OPEN)
    return draft
