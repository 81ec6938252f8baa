"""The host's wall clock steps while the bot runs. Slack's clock doesn't."""

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select, update

from bot.reconciler.intervals import Intervals
from bot.service.service import running
from slack_sandbox.client.client import Message
from slack_sandbox.server import Sandbox
from storage.database import Database
from storage.locks import STORE
from storage.posts import outbox
from storage.tables import PostKind, ProjectRow
from tests.support.bot_process import SandboxPeople, environment, settings_from
from tests.support.host_clock import DAY, HOUR, STEPS, HostClock
from tests.support.slack_steps import card_showing, cards, invite, is_card, propose
from tests.support.wait import wait_until

SECONDS = 20  # on a busy machine; normally one
SECOND = timedelta(seconds=1)


class SteppingBot:
    """A running bot in #ops, on a host whose clock a test sets."""

    def __init__(self, database: Database, host: HostClock, port: int) -> None:
        self.database = database
        self.host = host
        self._url = f"http://127.0.0.1:{port}/ready"

    def ready(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(self._url) as response:  # noqa: S310 - the bot's
                body = response.read()
        except urllib.error.HTTPError as error:
            body = error.read()
        answer: dict[str, Any] = json.loads(body)
        return answer

    def age_projects(self) -> None:
        """Make every project older than a week, so that a digest is due."""
        with self.database.transaction(STORE) as session:
            for row in session.exec(select(ProjectRow)).all():
                proposed_at = row.proposed_at - 8 * DAY
                session.execute(
                    update(ProjectRow)
                    .where(ProjectRow.id == row.id)  # type: ignore[arg-type] # a column
                    .values(proposed_at=proposed_at)
                )


@pytest.fixture
def bot(
    sandbox: Sandbox,
    team: SandboxPeople,
    store_file: Path,
    intervals: Intervals,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[SteppingBot]:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("bot.service.scheduler.STEP_CHECK_SECONDS", 0.2)
    host = HostClock()
    host.install(monkeypatch)
    settings = settings_from(environment(sandbox, store_file.parent))
    with running(settings, host, intervals=intervals, health=("127.0.0.1", 0)) as database:
        [started] = [each for each in caplog.records if each.message == "health_server_started"]
        invite(team)
        yield SteppingBot(database, host, vars(started)["port"])


def digests(team: SandboxPeople) -> list[Message]:
    messages = team.mia.messages("ops")
    return [each for each in messages if each.visible_text.startswith("Digest for")]


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_clock_is_wrong__votes_show_and_posts_wait(
    bot: SteppingBot, team: SandboxPeople, step: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    card = propose(team, "mia", "Retire the NAT box")
    bot.host.step(step)
    team.ana.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"), timeout=SECONDS)
    team.ana.types("/propose Rotate every key")
    team.ana.sees_modal("Propose a project")
    team.ana.submits(summary="Nobody has to guess which keys are old.")
    team.ana.sees_no_modal()
    bot.age_projects()  # so a digest is due
    wait_until(lambda: "clock_wrong" in caplog.messages, within=SECONDS)
    assert not bot.ready()["ready"]
    assert bot.ready()["clock"]["detail"].endswith("Slack's, so nothing is posted.")
    assert bot.ready()["reconciler"]["ok"]
    assert (len(cards(team)), digests(team)) == (1, [])

    bot.host.step(-step)
    second = team.mia.sees(
        lambda message: is_card(message) and "Rotate every key" in message.visible_text,
        timeout=SECONDS,
    )
    wait_until(lambda: len(digests(team)) == 1, within=SECONDS)
    team.ben.reacts("+1", to=card)
    team.ben.reacts("+1", to=second)
    team.mia.sees(card_showing(card, "👍 2"), timeout=SECONDS)
    team.mia.sees(card_showing(second, "👍 1"), timeout=SECONDS)
    wait_until(lambda: bot.ready()["clock"]["ok"], within=SECONDS)
    assert (len(cards(team)), len(digests(team))) == (2, 1)
    with bot.database.snapshot() as session:
        assert len(outbox.list_subjects(session, 1, PostKind.DIGEST)) == 1
    assert caplog.messages.count("clock_wrong") == 1


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_clock_is_wrong__project_gets_slacks_time(
    bot: SteppingBot, team: SandboxPeople, step: timedelta
) -> None:
    """Otherwise no digest would be due until the time that the clock showed."""
    bot.host.step(step)
    team.ana.types("/propose Rotate every key")
    team.ana.sees_modal("Propose a project")
    team.ana.submits(summary="Nobody has to guess which keys are old.")
    team.ana.sees_no_modal()
    with bot.database.snapshot() as session:
        [proposed_at] = session.exec(select(ProjectRow.proposed_at)).all()
    bot.host.step(-step)
    assert abs(bot.host() - proposed_at) < HOUR / 60


def test_small_step__posts_go_on(bot: SteppingBot, team: SandboxPeople) -> None:
    titles = {"Retire the NAT box": 90, "Rotate every key": -180, "Resize the workers": 90}
    for title, seconds in titles.items():
        bot.host.step(seconds * SECOND)
        propose(team, "mia", title)
    assert len(cards(team)) == 3
