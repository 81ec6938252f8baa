"""`/roadmap charter` and the forms in which stewards draft a change."""

from datetime import UTC, datetime

from bot.views.replies import charter
from storage.boards import boards, charter_drafts
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import DraftSubject
from storage.tables import PostKind
from tests.support.charter_draft_forms import (
    REASON,
    open_draft,
    post_draft,
    save_draft,
    submit_draft,
)
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_draft__is_posted_once_with_its_reason(team: ListenerHarness) -> None:
    draft = post_draft(team)
    assert (draft.reason, draft.proposed_by) == (REASON, "U1")
    queued = [post.subject for post in team.pending_posts if post.kind is PostKind.DRAFT]
    assert queued == [str(draft.id)]
    assert "is deciding on a charter draft" in submit_draft(team, "U1")
    assert "is deciding on a charter draft" in save_draft(team, "U1", "3")
    assert open_draft(team) == draft


def test_draft_without_changes__is_not_posted(team: ListenerHarness) -> None:
    assert "This draft changes nothing yet" in submit_draft(team, "U1")
    save_draft(team, "U1", "1")  # as it is
    assert "This draft changes nothing yet" in submit_draft(team, "U1")
    with team.database.snapshot() as session:
        assert charter_drafts.find_open(session, team.board.id) is None


def test_outdated_draft__can_be_discarded(team: ListenerHarness) -> None:
    save_draft(team, "U1")
    draft = open_draft(team)
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
    assert "Discard the draft and start a new one" in submit_draft(team, "U1")
    assert "version 2" in team.presses("U1", charter.DISCARD, value=str(draft.id))
    assert "That draft is gone" in team.presses("U1", charter.DISCARD, value=str(draft.id))


def test_unknown_charter_version__names_the_newest(team: ListenerHarness) -> None:
    for typed in ("7", "0", "x", "9" * 5000):
        reply = team.types("U1", f"/roadmap charter {typed}")
        assert "The charter has no such version." in reply


def test_version_in_force_asked_by_number__is_in_force(team: ListenerHarness) -> None:
    shown = team.types("UGUEST", "/roadmap charter 1")
    assert "Charter for #C1 · version 1" in shown
    assert "In force since" in shown
    assert "no longer in force" not in shown


def test_deleted_draft_post__is_posted_again(team: ListenerHarness) -> None:
    draft = post_draft(team)
    with team.database.transaction(STORE) as session:
        post = outbox.latest(session, team.board.id, PostKind.DRAFT, DraftSubject(draft.id))
        assert post is not None
        outbox.requeue(session, post)
        again = outbox.latest(session, team.board.id, PostKind.DRAFT, DraftSubject(draft.id))
    assert again is not None
    assert again.edition == 2
