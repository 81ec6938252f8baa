"""Sending of posts: what is decided without Slack. tests/e2e/delivery covers calls to Slack."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.reconciler.sender import methods_before_posting, redraw_post, send_post
from domain.projects.lifecycle import Status
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.posts.subjects import FireSubject, ProjectSubject
from storage.tables import PostKind, PostState
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# Nothing listens there: any call raises.
UNREACHABLE = WebClient(token="xoxb-1", base_url="http://127.0.0.1:1/", retry_handlers=[])
POST = Post(id=1, board_id=1, kind=PostKind.CARD, subject="1")


def queued(team: ListenerHarness, kind: PostKind, subject: FireSubject | ProjectSubject) -> Post:
    """Queue a post and return it."""
    with team.database.transaction(STORE) as session:
        outbox.enqueue(session, team.board.id, kind, subject)
    return stored(team, kind, subject)


def stored(team: ListenerHarness, kind: PostKind, subject: FireSubject | ProjectSubject) -> Post:
    with team.database.snapshot() as session:
        post = outbox.latest(session, team.board.id, kind, subject)
    assert post is not None
    return post


@pytest.mark.parametrize(
    ("changes", "methods"),
    [
        ({}, ()),
        ({"first_tried_at": NOW}, ("auth.test", "conversations.history")),
        (
            {"first_tried_at": NOW, "kind": PostKind.DISPUTE},
            ("auth.test", "conversations.replies"),
        ),
        ({"person": "U1"}, ("users.conversations",)),
        ({"person": "U1", "first_tried_at": NOW}, ("users.conversations",)),
    ],
    ids=["new", "attempted", "attempted reply", "new DM", "attempted DM"],
)
def test_post__methods_called_before_it(
    changes: dict[str, object], methods: tuple[str, ...]
) -> None:
    assert methods_before_posting(POST.model_copy(update=changes)) == methods


def test_post_claimed_elsewhere__slack_is_not_called(team: ListenerHarness) -> None:
    team.channel.proposes("Rotate every key")
    post = queued(team, PostKind.DISPUTE, ProjectSubject(1))
    with team.database.transaction(STORE) as session:
        assert outbox.claim(session, post.id, NOW) is not None
    send_post(team.database, UNREACHABLE, post, lambda: NOW + timedelta(seconds=1))
    assert stored(team, PostKind.DISPUTE, ProjectSubject(1)).state is PostState.SENDING


def test_obsolete_post__is_canceled_and_logged(
    team: ListenerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    team.channel.proposes("Rotate every key")
    post = queued(team, PostKind.DISPUTE, ProjectSubject(1))  # nobody has scored it
    send_post(team.database, UNREACHABLE, post, lambda: NOW)
    assert stored(team, PostKind.DISPUTE, ProjectSubject(1)).state is PostState.CANCELED
    [line] = [vars(record) for record in caplog.records if record.message == "post_canceled"]
    assert (line["post"], line["subject"], line["board"]) == ("dispute", "1", team.board.id)
    assert line["reason"] == "the scores are no longer far apart"


def test_fire_that_is_out__is_not_posted(team: ListenerHarness) -> None:
    """It is cleared after the post is claimed, or after an attempt that Slack refused."""
    team.types("U1", "/fire cost the bill")
    [fire] = team.burning
    subject = FireSubject(fire.id)
    post = stored(team, PostKind.FIRE, subject)
    with team.database.transaction(STORE) as session:
        claimed = outbox.claim(session, post.id, NOW)
        assert claimed is not None
    team.types("U1", "/fire out cost")
    with team.database.transaction(STORE) as session:
        outbox.release(session, claimed)
    send_post(team.database, UNREACHABLE, post, lambda: NOW)
    assert stored(team, PostKind.FIRE, subject).state is PostState.CANCELED
    end = stored(team, PostKind.FIRE_OUT, subject)
    send_post(team.database, UNREACHABLE, end, lambda: NOW)
    assert stored(team, PostKind.FIRE_OUT, subject).state is PostState.CANCELED


def test_reply_whose_card_is_not_posted__stays_due(team: ListenerHarness) -> None:
    team.channel.proposes("Rotate every key")
    team.channel.changes_status(1, Status.STARTED)
    [update] = [post for post in team.pending_posts if post.kind is PostKind.UPDATE]
    send_post(team.database, UNREACHABLE, update, lambda: NOW)
    [update] = [post for post in team.pending_posts if post.kind is PostKind.UPDATE]
    assert update.state is PostState.DUE


def test_dispute_whose_card_was_deleted__is_redrawn(team: ListenerHarness) -> None:
    """The thread stays when Slack's tombstone replaces the card."""
    team.channel.proposes("Rotate every key")
    post = queued(team, PostKind.DISPUTE, ProjectSubject(1))
    posted = post.model_copy(update={"state": PostState.POSTED, "ts": "2.000001"})
    with pytest.raises(OSError, match="refused"):
        redraw_post(team.database, UNREACHABLE, posted, NOW)


def test_network_error__post_stays_claimed(team: ListenerHarness) -> None:
    team.channel.proposes("Rotate every key")
    post = stored(team, PostKind.CARD, ProjectSubject(1))
    with pytest.raises(OSError, match="refused"):
        send_post(team.database, UNREACHABLE, post, lambda: NOW)
    attempted = stored(team, PostKind.CARD, ProjectSubject(1))
    assert (attempted.state, attempted.first_tried_at) == (PostState.SENDING, NOW)
