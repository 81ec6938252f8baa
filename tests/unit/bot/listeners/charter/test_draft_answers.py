"""Buttons of a posted charter draft: agree, object, adopt or withdraw."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.presenters.charter_draft import compared
from bot.views.modals import charter_preview
from bot.views.modals import objection as objection_form
from bot.views.posts import charter_draft
from bot.views.replies import objection
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards, charter_drafts
from storage.boards.charter_drafts import Draft
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import PostKind
from tests.support.channel import Channel, mark_sent
from tests.support.charter_draft_forms import (
    REASON,
    open_draft,
    post_draft,
    save_draft,
)
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DRAFT_TS = "1795521600.000100"
LATER = 1_999_999_000  # later than any button that a test presses


def adopt(team: ListenerHarness, person: str, draft_id: int, channel: str = HERE) -> str:
    with team.database.snapshot() as session:
        draft = charter_drafts.find(session, team.board.id, draft_id)
        assert draft is not None
        view = charter_preview.form(compared(session, team.board, draft, NOW))
    view["private_metadata"] = view["private_metadata"].replace(HERE, channel)
    return team.submits(person, submitted(view))


def confirm(team: ListenerHarness, person: str, draft_id: int) -> str:
    """Submit the form that asks again, as it is now."""
    with team.database.snapshot() as session:
        draft = charter_drafts.find(session, team.board.id, draft_id)
        assert draft is not None
        view = charter_preview.confirmation(compared(session, team.board, draft, NOW))
    return team.submits(person, submitted(view))


def posted_draft(team: ListenerHarness) -> Draft:
    """Post a draft whose message is in Slack. Everyone who reacts is a full member."""
    team.channel.adds_people("U3")
    draft = post_draft(team)
    with team.database.transaction(STORE) as session:
        post = outbox.latest(session, team.board.id, PostKind.DRAFT, DraftSubject(draft.id))
        assert post is not None
        mark_sent(session, post, DRAFT_TS, shown_revision=draft.revision)
    return draft


def react(team: ListenerHarness, emoji: str, at: int, *, person: str = "U2", **event: Any) -> None:
    """React to the draft's post, or remove a reaction, `at` seconds after it was posted."""
    base = {"type": "reaction_added", "user": person, "reaction": emoji, "item_user": team.bot_user}
    item = {"type": "message", "channel": HERE, "ts": DRAFT_TS}
    team.receives(base | {"item": item, "event_ts": f"{LATER + at}.000100"} | event)


def answers(team: ListenerHarness, draft: Draft) -> dict[str, bool]:
    with team.database.snapshot() as session:
        return charter_drafts.answers(session, draft.id)


def test_draft_with_agreement__is_adopted_once(team: ListenerHarness) -> None:
    draft = post_draft(team)
    nobody = "Nobody has agreed yet. The draft can be adopted once one person agrees."
    assert nobody in adopt(team, "U1", draft.id)
    assert "A reason helps others" in team.presses("U1", charter_draft.NOT_YET, value=str(draft.id))
    assert nobody in adopt(team, "U1", draft.id)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert "Adopt it anyway?" in adopt(team, "U1", draft.id)
    assert confirm(team, "U1", draft.id) == ""
    cost = team.board.charter.value("cost")
    assert cost is not None
    assert (cost.weight, team.board.charter_version) == (2, 2)
    assert "already adopted" in adopt(team, "U1", draft.id)
    assert "already adopted" in team.presses("U2", charter_draft.NOT_YET, value=str(draft.id))
    assert answers(team, draft) == {"U1": False, "U2": True}
    assert team.board.charter_version == 2


def test_adopting_outdated_draft__is_refused(team: ListenerHarness) -> None:
    draft = post_draft(team)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    board = team.board
    with team.database.transaction(STORE) as session:
        boards.change_settings(
            session,
            board,
            cadence=board.cadence,
            people=4,
            weeks_away=0,
            stewards=(),
            quorum=5,
            by="U1",
            now=NOW,
        )
    reply = adopt(team, "U1", draft.id)
    assert "changes version 1 of the charter, but version 2 is in force. Withdraw the" in reply
    assert (team.board.charter.quorum, team.board.charter_version) == (5, 2)
    team.presses("U1", charter_draft.WITHDRAW, value=str(draft.id))
    save_draft(team, "U1")
    assert open_draft(team).base_version == 2


@pytest.mark.parametrize(
    "action", [charter_draft.AGREE, charter_draft.NOT_YET, charter_draft.WITHDRAW]
)
def test_draft_of_another_board__is_not_found(team: ListenerHarness, action: str) -> None:
    elsewhere = Channel(team.database, "C2")
    other = elsewhere.board
    with team.database.transaction(STORE) as session:
        changed = DEFAULT_CHARTER.with_settings(quorum=2)
        charter_drafts.save(session, other.id, 1, changed, by="U9", now=NOW)
        draft = charter_drafts.find_open(session, other.id)
        assert draft is not None
        charter_drafts.post(session, draft.id, reason=REASON, by="U9", now=NOW)
    before = team.dump()
    assert "already adopted" in team.presses("U1", action, value=str(draft.id))
    assert team.dump() == before


def test_unposted_draft__cannot_be_answered_or_adopted(team: ListenerHarness) -> None:
    save_draft(team, "U1")
    draft = open_draft(team)
    before = team.dump()
    assert "already adopted" in team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert "already adopted" in adopt(team, "U1", draft.id)
    assert team.dump() == before


def test_reactions__count_like_buttons(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert answers(team, draft) == {"U2": True}
    react(team, "hand::skin-tone-3", 1)
    react(team, "white_check_mark", 2, person="U3")
    assert answers(team, draft) == {"U2": False, "U3": True}
    react(team, "hand::skin-tone-3", 3, type="reaction_removed")
    react(team, "hand::skin-tone-3", 1)  # a late copy
    assert answers(team, draft) == {"U2": True, "U3": True}
    assert team.channel.stale_cards() == [str(draft.id)]


def test_guest_reacts__is_no_answer(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    react(team, "white_check_mark", 1, person="UGUEST")
    react(team, "hand", 2, person="UGUEST")
    assert answers(team, draft) == {}
    team.new_requests("chat.postEphemeral")
    react(team, "hand::skin-tone-2", 3, person="UGUEST")
    assert team.new_requests("chat.postEphemeral") == []


def test_reaction_after_adoption__changes_nothing(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    react(team, "white_check_mark", 1)
    assert adopt(team, "U1", draft.id) == ""
    react(team, "white_check_mark", 2, type="reaction_removed")
    react(team, "hand", 3)
    assert answers(team, draft) == {"U2": True}


def test_objection_by_reaction__offers_reason_form_once(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    team.new_requests("chat.postEphemeral")
    react(team, "hand", 1)
    react(team, "hand", 1)
    [offer] = team.new_requests("chat.postEphemeral")
    assert offer["user"] == "U2"
    assert objection.GIVE_REASON in str(offer["blocks"])
    form = objection_form.form(HERE, draft.id, "")
    assert team.submits("U2", submitted(form, reason="Too soon.")) == ""
    with team.database.snapshot() as session:
        assert charter_drafts.reasons(session, draft.id) == {"U2": "Too soon."}
    assert answers(team, draft) == {"U2": False}


def test_adopted_against_objection__keeps_it_with_the_version(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    react(team, "white_check_mark", 1, person="U3")
    react(team, "hand", 1)
    team.submits("U2", submitted(objection_form.form(HERE, draft.id, ""), reason="Too soon."))
    react(team, "hand", 1, person="U1")
    asked = adopt(team, "U1", draft.id)
    assert "1 agrees, 2 object" in asked
    react(team, "hand", 2, type="reaction_removed", person="U1")
    assert confirm(team, "U1", draft.id) == ""
    shown = team.types("U3", "/roadmap charter")
    assert "<@U2> objected: Too soon." in shown
    assert "Agreed to by <@U3>." in shown


def test_new_objection_after_confirmation__asks_again(team: ListenerHarness) -> None:
    draft = posted_draft(team)
    team.presses("U3", charter_draft.AGREE, value=str(draft.id))
    team.presses("U2", charter_draft.NOT_YET, value=str(draft.id))
    with team.database.snapshot() as session:
        posted = charter_drafts.find(session, team.board.id, draft.id)
        assert posted is not None
        confirmation = charter_preview.confirmation(compared(session, team.board, posted, NOW))
    react(team, "hand", 5, person="U1")
    assert "Adopt it anyway?" in team.submits("U1", submitted(confirmation))
    assert team.board.charter_version == 1
