"""Buttons of a posted charter draft: agree, object, adopt or withdraw."""

from datetime import UTC, datetime

import pytest

from bot.presenters.charter_draft import compared
from bot.views.modals import charter_preview
from bot.views.posts import charter_draft
from domain.ranking.charter import DEFAULT_CHARTER
from storage.boards import boards, charter_drafts
from storage.boards.charter_drafts import Draft
from tests.support.channel import Channel
from tests.support.charter_draft_forms import (
    REASON,
    open_draft,
    post_draft,
    save_draft,
)
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def adopt(team: ListenerHarness, person: str, draft_id: int, channel: str = HERE) -> str:
    with team.database.snapshot() as session:
        draft = charter_drafts.find(session, team.board.id, draft_id)
        assert draft is not None
        view = charter_preview.form(compared(session, team.board, draft))
    view["private_metadata"] = view["private_metadata"].replace(HERE, channel)
    return team.submits(person, submitted(view))


def answers(team: ListenerHarness, draft: Draft) -> dict[str, bool]:
    with team.database.snapshot() as session:
        return charter_drafts.answers(session, draft.id)


def test_draft_with_agreement__is_adopted_once(team: ListenerHarness) -> None:
    draft = post_draft(team)
    assert "Nobody has agreed yet" in adopt(team, "U1", draft.id)
    team.presses("U1", charter_draft.NOT_YET, value=str(draft.id))
    assert "Nobody has agreed yet" in adopt(team, "U1", draft.id)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert adopt(team, "U1", draft.id) == ""
    cost = team.board.charter.value("cost")
    assert cost is not None
    assert (cost.weight, team.board.charter_version) == (2, 2)
    assert "already decided" in adopt(team, "U1", draft.id)
    assert "already decided" in team.presses("U2", charter_draft.NOT_YET, value=str(draft.id))
    assert answers(team, draft) == {"U1": False, "U2": True}
    assert team.board.charter_version == 2


def test_adopting_outdated_draft__is_refused(team: ListenerHarness) -> None:
    draft = post_draft(team)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    board = team.board
    with team.database.transaction() as session:
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
    assert "changes version 1 of the charter, but version 2 is in force. Withdraw it" in reply
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
    with team.database.transaction() as session:
        changed = DEFAULT_CHARTER.with_settings(quorum=2)
        charter_drafts.save(session, other.id, 1, changed, by="U9", now=NOW)
        draft = charter_drafts.find_open(session, other.id)
        assert draft is not None
        charter_drafts.post(session, draft.id, reason=REASON, by="U9", now=NOW)
    before = team.dump()
    assert "already decided" in team.presses("U1", action, value=str(draft.id))
    assert team.dump() == before


def test_unposted_draft__cannot_be_answered_or_adopted(team: ListenerHarness) -> None:
    save_draft(team, "U1")
    draft = open_draft(team)
    before = team.dump()
    assert "already decided" in team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert "already decided" in adopt(team, "U1", draft.id)
    assert team.dump() == before
