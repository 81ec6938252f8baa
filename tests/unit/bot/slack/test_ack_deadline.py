"""The deadline for committing a user action: after it, nothing is written."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.ack_deadline import COMMIT_WITHIN_SECONDS, RECEIVED_AT, commit_deadline
from bot.slack.socket_mode.listener import SocketModeListener
from bot.slack.socket_mode.workers import POOL_SIZE
from tests.support.listener_harness import ListenerHarness
from tests.support.user_actions import some_toil

TOO_LATE = "so nothing was saved. Try again."
WITHIN = 5  # seconds


@contextmanager
def told(seconds_ago: float) -> Iterator[None]:
    """Make the request of this thread that old."""
    token = RECEIVED_AT.set(time.monotonic() - seconds_ago)
    try:
        yield
    finally:
        RECEIVED_AT.reset(token)


def test_late_action__is_refused_and_retry_counts_once(
    team: ListenerHarness,
) -> None:
    with told(COMMIT_WITHIN_SECONDS):
        assert TOO_LATE in team.types("U1", "/toil page db-primary 45m")
    assert team.toil == []
    team.types("U1", "/toil page db-primary 45m")
    assert len(team.toil) == 1


def test_late_form__keeps_its_input(team: ListenerHarness) -> None:
    with told(COMMIT_WITHIN_SECONDS):
        refused = json.loads(team.submits("U1", some_toil()))
    [words] = refused["errors"].values()
    assert TOO_LATE in words
    assert team.toil == []


def test_late_read__is_answered(team: ListenerHarness) -> None:
    with told(COMMIT_WITHIN_SECONDS):
        assert "Ranking for" in team.types("U1", "/roadmap")


def test_late_vote__counts(team: ListenerHarness) -> None:
    """Slack retries an event until it is acknowledged."""
    team.channel.proposes("first")
    team.channel.shows_card(ts="1700000000.000001")
    with told(COMMIT_WITHIN_SECONDS):
        assert team.reacts("U1", "+1", ts="1700000000.000001")


def test_request_waiting_for_thread__deadline_runs() -> None:
    """The deadline counts from the arrival of the request, not from a free thread."""
    left: Queue[float] = Queue()
    free: Queue[None] = Queue()
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        process_before_response=True,
        request_verification_enabled=False,
    )
    app.command("/wait")(lambda: free.get(timeout=WITHIN))
    app.command("/act")(lambda: left.put(commit_deadline()))
    listening = SocketModeListener(app, "xapp-1", WebClient())
    for command in ["/wait"] * POOL_SIZE + ["/act"]:
        body = {"command": command, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
        listening.handle(listening.client, SocketModeRequest("slash_commands", command, body))
    told_by = time.monotonic()
    for _ in range(POOL_SIZE):
        free.put(None)
    assert left.get(timeout=WITHIN) <= told_by + COMMIT_WITHIN_SECONDS
    listening.finish(time.monotonic() + WITHIN)
