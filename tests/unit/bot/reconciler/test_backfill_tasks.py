"""Backfill tasks: how long posts wait for a history that can't be read."""

from datetime import timedelta

import pytest

from bot.reconciler.backfill_tasks import MAX_WAIT_FOR_HISTORY, wait_for_history
from bot.slack.call_status import Call
from bot.slack.errors import CLOSED_CHANNEL, REFUSED_CALL, REJECTED_TOKEN, CallTimedOut
from storage.database import DatabaseUnavailable
from tests.support.slack_errors import slack_error


@pytest.mark.parametrize("code", sorted(REFUSED_CALL | CLOSED_CHANNEL))
def test_refused_history__posts_do_not_wait(code: str) -> None:
    assert wait_for_history(slack_error(code)) == timedelta()


@pytest.mark.parametrize(
    "error",
    [
        DatabaseUnavailable("database is locked"),
        slack_error("ratelimited"),
        slack_error("missing_scope", status=429),
        *map(slack_error, sorted(REJECTED_TOKEN)),
    ],
)
def test_history_that_slack_can_return__posts_wait(error: Exception) -> None:
    assert wait_for_history(error) is None


@pytest.mark.parametrize(
    "error",
    [
        CallTimedOut(Call("conversations.history", "C1")),
        ConnectionResetError(),
        slack_error("internal_error"),
        slack_error("missing_scope", status=503),
        slack_error("a_new_error"),
        KeyError("a bug"),
    ],
)
def test_failing_history__posts_wait_for_minutes(error: Exception) -> None:
    assert wait_for_history(error) == MAX_WAIT_FOR_HISTORY
