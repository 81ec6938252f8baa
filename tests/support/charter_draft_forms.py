"""Charter drafts as stewards make them, through the forms."""

from bot.views.data.charter_draft import CharterChange
from bot.views.modals import charter_change, charter_value
from bot.views.modals.charter_value import Choices
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import charter_drafts
from storage.boards.charter_drafts import Draft
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

REASON = "The bill has doubled in a year."


def save_draft(team: ListenerHarness, person: str, weight: str = "2") -> str:
    """Change the weight of cost in the draft. Return the reply."""
    choices = Choices(HERE, team.board.charter, ())
    form = charter_value.form(choices, team.board.charter.value("cost"))
    return team.submits_new(person, submitted(form, weight=weight))


def submit_draft(team: ListenerHarness, person: str) -> str:
    """Submit the draft to the channel. Return the reply."""
    changes = CharterChange(1, DEFAULT_CHARTER, DEFAULT_CHARTER.with_settings(quorum=2), ())
    form = charter_change.draft_form(HERE, changes)
    return team.submits_new(person, submitted(form, then="post", reason=REASON))


def post_draft(team: ListenerHarness) -> Draft:
    """Save a draft, submit it to the channel, and return it."""
    save_draft(team, "U1")
    assert submit_draft(team, "U1") == ""
    return open_draft(team)


def open_draft(team: ListenerHarness) -> Draft:
    with team.database.snapshot() as session:
        draft = charter_drafts.find_open(session, team.board.id)
    assert draft is not None
    return draft
