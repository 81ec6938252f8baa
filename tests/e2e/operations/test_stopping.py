"""Stopping while Slack hangs. The next start finishes the interrupted work.

`BotProcess.stop` asserts the limit of five seconds and the exit status.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.slack.socket_mode.workers import POOL_SIZE
from slack_sandbox.client.client import ActionFailed, SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import START_TIMEOUT, BotProcess, SandboxPeople
from tests.support.slack_steps import card_showing, cards, count_acknowledgements, invite, propose
from tests.support.storage_faults import locked
from tests.support.wait import wait_until

LONG = pytest.mark.long  # an unfinished post is retried after its lease of half a minute

HANG_SECONDS = 30  # longer than the bot may take to stop, and than it waits for a call
WAL_FILE = "needle.db-wal"  # SQLite deletes it at close: https://sqlite.org/wal.html


@pytest.fixture
def board(process: BotProcess, team: SandboxPeople) -> BotProcess:
    """A bot that mia invited to #ops."""
    invite(team)
    return process


@LONG
def test_post_hangs__bot_stops_and_later_posts_once(
    board: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", delay=HANG_SECONDS, after_processing=True)
    propose(team, "ana", "Retire the last NAT box")
    board.stop()
    board.start()
    team.ben.reacts("+1", to=team.ben.sees("Retire the last NAT box"))
    team.ben.sees("👍 1", timeout=60)  # after the lease ends and Needle finds the post
    assert len(cards(team)) == 1


@LONG
def test_redraw_hangs__bot_stops_and_later_redraws(
    board: BotProcess, slack: SandboxClient, team: SandboxPeople
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    slack.inject_fault("chat.update", delay=HANG_SECONDS, after_processing=True)
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    board.stop()
    board.start()
    team.dev.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 2"))


@LONG
def test_responses_hang__bot_stops(
    board: BotProcess, slack: SandboxClient, team: SandboxPeople, tmp_path: Path
) -> None:
    slack.inject_fault(
        "response_url", delay=HANG_SECONDS, after_processing=True, times=3 * POOL_SIZE
    )
    with ThreadPoolExecutor(3 * POOL_SIZE) as pool:
        commands = [pool.submit(team.ana.types, "/roadmap help") for _ in range(3 * POOL_SIZE)]
        team.ana.sees(lambda _: len(slack.api_calls("response_url")) == 3 * POOL_SIZE)
        assert board.stop() == 0
    assert not any(command.exception() for command in commands), "all were acknowledged"
    assert not (tmp_path / WAL_FILE).exists()


@LONG
def test_opening_a_form_hangs__bot_stops(
    board: BotProcess, slack: SandboxClient, team: SandboxPeople, tmp_path: Path
) -> None:
    team.ana.opens_home()
    team.ana.sees_in_home("#ops")
    # Both the form and the error message hang.
    slack.inject_fault("views.open", delay=HANG_SECONDS, after_processing=True, times=2)
    with ThreadPoolExecutor() as pool:
        pressed = pool.submit(team.ana.presses_in_home, "Propose a project")
        team.ana.sees_modal("Propose a project")
        assert board.stop() == 0
    assert isinstance(pressed.exception(), ActionFailed)
    assert not (tmp_path / WAL_FILE).exists()


@LONG
@pytest.mark.parametrize("sandbox_options", [{"retry_delays": [2.0] * 9}], ids=["impatient"])
def test_bot_stops_before_vote_is_saved__slack_resends_it(
    board: BotProcess, slack: SandboxClient, team: SandboxPeople, tmp_path: Path
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    with locked(tmp_path / "needle.db"):
        team.ben.reacts("+1", to=card)
        board.stop()
    assert count_acknowledgements(slack, "reaction_added") == 0
    board.start()
    wait_until(lambda: count_acknowledgements(slack, "reaction_added") == 1, within=20)
    team.mia.sees(card_showing(card, "👍 1"))


@LONG
def test_reconnecting_hangs__bot_stops(
    board: BotProcess, slack: SandboxClient, tmp_path: Path
) -> None:
    calls_before = len(slack.api_calls("apps.connections.open"))
    slack.inject_fault("apps.connections.open", delay=HANG_SECONDS, after_processing=True, times=9)
    slack.close_connections()
    wait_until(lambda: len(slack.api_calls("apps.connections.open")) > calls_before, within=20)
    assert board.stop() == 0
    assert not (tmp_path / WAL_FILE).exists()


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
def test_start_hangs__bot_stops(
    sandbox: Sandbox, slack: SandboxClient, tmp_path: Path, method: str
) -> None:
    slack.inject_fault(method, delay=HANG_SECONDS, after_processing=True, times=9)
    process = BotProcess(sandbox, tmp_path)
    process.spawn()
    wait_until(lambda: bool(slack.api_calls(method)), within=START_TIMEOUT)
    assert process.stop() == 0
    assert process.log.read_text() == ""
