"""Steps of a steward that concern a quarter's roadmap."""

from bot.demo.cast import STEWARD, Cast
from bot.views.modals import commit as commit_form

ANNOUNCE = "Announce it"


def commit(cast: Cast) -> None:
    """Commit to the projects that fit, in rank order, and tell the channel."""
    cast.types(STEWARD, "/roadmap commit")
    cast.steward.sees_modal("Commit Q")
    cast.steward.submits()
    committed = cast.steward.sees_modal("Committed")
    is_posted = ANNOUNCE in committed.visible_text
    cast.steward.presses_in_modal(ANNOUNCE if is_posted else commit_form.POST)
    cast.steward.closes()


def change(cast: Cast, added: str, removed: str, reason: str) -> None:
    """Swap a project of the committed roadmap for another."""
    cast.types(STEWARD, "/roadmap change")
    cast.steward.sees_modal("Change Q")
    cast.steward.submits(
        taken_in=[cast.permanent_id(added)],
        taken_out=[cast.permanent_id(removed)],
        reason=reason,
    )
    cast.steward.sees_modal("Changed")
    cast.steward.closes()
