"""Passes of the reconciler without Slack. tests/e2e/delivery/test_reconciler.py covers the rest."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.reconciler.intervals import Intervals
from bot.reconciler.reconciler import Reconciler
from bot.slack.client import bot_clients
from domain.projects.lifecycle import Status
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import ProjectSubject
from storage.tables import PostKind, PostState
from tests.support.listener_harness import ListenerHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_card_deleted_during_a_pass__its_reply_waits(
    team: ListenerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    # Nothing listens there: any call raises.
    [client] = bot_clients(SecretStr("xoxb-1"), "http://127.0.0.1:1/", 1)
    team.channel.proposes("Rotate every key")
    team.channel.changes_status(1, Status.STARTED)
    team.channel.shows_card(1)
    calls = itertools.count()

    def monotonic() -> float:
        """Delete the card when the pass has read what is due."""
        if next(calls) == 1:
            with team.database.transaction(STORE) as session:
                card = outbox.latest(session, team.board.id, PostKind.CARD, ProjectSubject(1))
                assert card is not None
                outbox.requeue(session, card)
        return 0

    intervals = Intervals(between_posts=timedelta())
    reconciler = Reconciler(team.database, client, lambda: NOW, intervals, monotonic)
    assert reconciler.run_pass() > timedelta()
    assert [record for record in caplog.records if record.exc_info] == []
    [update] = [post for post in team.pending_posts if post.kind is PostKind.UPDATE]
    assert (update.state, update.attempts) == (PostState.DUE, 1)
    reconciler.run_pass()
    assert [post.attempts for post in team.pending_posts if post.id == update.id] == [1]
