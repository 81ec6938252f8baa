"""Answers to a posted charter draft, and its adoption or withdrawal."""

from datetime import UTC, datetime

import pytest

from bot.presenters.charter_draft import compared
from bot.views.data.charter_draft import CharterChange
from bot.views.modals import charter_change, charter_preview, charter_value
from bot.views.modals.charter_value import Choices
from bot.views.posts import charter_draft
from bot.views.replies import charter
from domain.ranking.charter import DEFAULT_CHARTER, Value
from storage.boards import boards, charter_drafts
from storage.boards.charter_drafts import Draft
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import PostKind
from tests.support.channel import Channel
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
REASON = "The bill has doubled in a year."


def draws_up(team: ListenerHarness, person: str, weight: str = "2") -> str:
    choices = Choices(HERE, team.board.charter, ())
    form = charter_value.form(choices, team.board.charter.value("cost"))
    return team.submits(person, submitted(form, weight=weight))


def asks(team: ListenerHarness, person: str) -> str:
    changes = CharterChange(1, DEFAULT_CHARTER, DEFAULT_CHARTER.with_settings(quorum=2), ())
    form = charter_change.draft_form(HERE, changes)
    return team.submits(person, submitted(form, then="post", reason=REASON))


def posted(team: ListenerHarness) -> Draft:
    draws_up(team, "U1")
    assert asks(team, "U1") == ""
    return the_open(team)


def the_open(team: ListenerHarness) -> Draft:
    with team.database.snapshot() as session:
        found = charter_drafts.find_open(session, team.board.id)
    assert found is not None
    return found


def adopts(team: ListenerHarness, person: str, draft_id: int, channel: str = HERE) -> str:
    with team.database.snapshot() as session:
        found = charter_drafts.find(session, team.board.id, draft_id)
        assert found is not None
        view = charter_preview.form(compared(session, team.board, found))
    view["private_metadata"] = view["private_metadata"].replace(HERE, channel)
    return team.submits(person, submitted(view))


def answers(team: ListenerHarness, draft: Draft) -> dict[str, bool]:
    with team.database.snapshot() as session:
        return charter_drafts.answers(session, draft.id)


def test_draft__is_posted_once_with_its_reason(team: ListenerHarness) -> None:
    draft = posted(team)
    assert (draft.reason, draft.proposed_by) == (REASON, "U1")
    asked = [post.subject for post in team.pending_posts if post.kind is PostKind.DRAFT]
    assert asked == [str(draft.id)]
    assert "is deciding on a change" in asks(team, "U1")
    assert "is deciding on a change" in draws_up(team, "U1", "3")
    assert the_open(team) == draft


def test_draft_without_changes__is_not_posted(team: ListenerHarness) -> None:
    assert "This draft changes nothing yet" in asks(team, "U1")
    draws_up(team, "U1", "1")  # as it is
    assert "This draft changes nothing yet" in asks(team, "U1")
    with team.database.snapshot() as session:
        assert charter_drafts.find_open(session, team.board.id) is None


def test_draft_with_agreement__is_adopted_once(team: ListenerHarness) -> None:
    draft = posted(team)
    assert "Nobody has agreed yet" in adopts(team, "U1", draft.id)
    team.presses("U1", charter_draft.NOT_YET, value=str(draft.id))
    assert "Nobody has agreed yet" in adopts(team, "U1", draft.id)
    team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert adopts(team, "U1", draft.id) == ""
    cost = team.board.charter.value("cost")
    assert cost is not None
    assert (cost.weight, team.board.charter_version) == (2, 2)
    assert "already decided" in adopts(team, "U1", draft.id)
    assert "already decided" in team.presses("U2", charter_draft.NOT_YET, value=str(draft.id))
    assert answers(team, draft) == {"U1": False, "U2": True}
    assert team.board.charter_version == 2


def test_adopting_outdated_draft__is_refused(team: ListenerHarness) -> None:
    draft = posted(team)
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
    told = adopts(team, "U1", draft.id)
    assert "changes version 1 of the charter, but version 2 is in force. Withdraw it" in told
    assert (team.board.charter.quorum, team.board.charter_version) == (5, 2)
    team.presses("U1", charter_draft.WITHDRAW, value=str(draft.id))
    draws_up(team, "U1")
    assert the_open(team).base_version == 2


def test_outdated_draft__can_be_discarded(team: ListenerHarness) -> None:
    draws_up(team, "U1")
    draft = the_open(team)
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
    assert "Discard it and start a new one" in asks(team, "U1")
    assert "version 2" in team.presses("U1", charter.DISCARD, value=str(draft.id))
    assert "That draft is gone" in team.presses("U1", charter.DISCARD, value=str(draft.id))


@pytest.mark.parametrize(
    "action", [charter_draft.AGREE, charter_draft.NOT_YET, charter_draft.WITHDRAW]
)
def test_draft_of_another_board__is_not_found(team: ListenerHarness, action: str) -> None:
    elsewhere = Channel(team.database, "C2")
    other = elsewhere.board
    with team.database.transaction() as session:
        changed = DEFAULT_CHARTER.with_settings(quorum=2)
        charter_drafts.save(session, other.id, 1, changed, by="U9", now=NOW)
        found = charter_drafts.find_open(session, other.id)
        assert found is not None
        charter_drafts.post(session, found.id, reason=REASON, by="U9", now=NOW)
    before = team.dump()
    assert "already decided" in team.presses("U1", action, value=str(found.id))
    assert team.dump() == before


def test_unposted_draft__cannot_be_answered_or_adopted(team: ListenerHarness) -> None:
    draws_up(team, "U1")
    draft = the_open(team)
    before = team.dump()
    assert "already decided" in team.presses("U2", charter_draft.AGREE, value=str(draft.id))
    assert "already decided" in adopts(team, "U1", draft.id)
    assert team.dump() == before


def test_unknown_charter_version__names_the_newest(team: ListenerHarness) -> None:
    for typed in ("7", "0", "x", "9" * 5000):
        told = team.types("U1", f"/roadmap charter {typed}")
        assert "The charter has no such version." in told
    assert "Charter of #C1 · version 1" in team.types("UGUEST", "/roadmap charter 1")


def test_draft_preview__hides_results_below_quorum(team: ListenerHarness) -> None:
    """The draft's smaller quorum doesn't reveal results either."""
    team.channel.proposes("V1")
    team.channel.scores("U1", {"cost": 3})
    with team.database.transaction() as session:
        board = team.board
        charter_drafts.save(
            session, board.id, 1, DEFAULT_CHARTER.with_settings(quorum=1), by="U1", now=NOW
        )
        draft = charter_drafts.find_open(session, board.id)
        assert draft is not None
        seen = compared(session, board, draft)
    assert (seen.before.projects, seen.after.projects, seen.newly_visible) == ((), (), 1)


def test_deleted_draft_post__is_posted_again(team: ListenerHarness) -> None:
    draft = posted(team)
    with team.database.transaction() as session:
        post = outbox.latest(session, team.board.id, PostKind.DRAFT, DraftSubject(draft.id))
        assert post is not None
        outbox.requeue(session, post)
        again = outbox.latest(session, team.board.id, PostKind.DRAFT, DraftSubject(draft.id))
    assert again is not None
    assert again.edition == 2


def test_renamed_value__burns_by_its_new_name(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    money = Value(key="cost", name="Money", emoji="euro", weight=1)
    with team.database.transaction() as session:
        charter_drafts.save(
            session, team.board.id, 1, DEFAULT_CHARTER.with_value(money), by="U1", now=NOW
        )
        draft = charter_drafts.find_open(session, team.board.id)
        assert draft is not None
        charter_drafts.adopt(session, draft.id, by="U1", now=NOW)
    assert "Money: the bill" in team.types("U1", "/fire")
    assert "A fire in Money is already burning" in team.types("U1", "/fire money again")
    assert "the fire in Money is out" in team.types("U1", "/fire out money")
    assert "I'll tell the channel that Money is burning." in team.types("U1", "/fire cost again")
    assert "performance, scalability, money and efficiency" in team.types("U1", "/fire honour")
