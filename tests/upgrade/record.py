"""Recorder of this commit's store and Slack workspace: `python -m tests.upgrade.record NAME`.

NAME is the commit or the release. README.md says when to record.
"""

import argparse
import logging
import tempfile
from pathlib import Path

from bot.config import RunSettings
from bot.demo.cast import Cast
from bot.demo.simulated_clock import SimulatedClock
from bot.service.service import running_bot
from bot.slack.manifest import manifest
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import environment
from tests.upgrade.facts import facts_of
from tests.upgrade.recording import QUICK, STORES, Recording, statements_of
from tests.upgrade.story import END, START, scenes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrade.record", description=__doc__)
    parser.add_argument("name", help="the folder in tests/upgrade/stores")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder)).write(STORES / options.name)


def record(folder: Path) -> Recording:
    """Play the story with the current code and a store in `folder`. Return the recording."""
    time = SimulatedClock(START)
    with Sandbox(manifest(), clock=time.epoch) as sandbox:
        variables = {name.lower(): text for name, text in environment(sandbox, folder).items()}
        settings = RunSettings.model_validate(variables)
        slack = SandboxClient(sandbox.url)
        with running_bot(settings, time.now, intervals=QUICK, monotonic=time.monotonic) as bot:
            cast = Cast(slack, bot.database, time.now)
            for moment, acts in scenes():
                time.advance_to(moment, bot)
                for act in acts:
                    act(cast)
                time.wait_until_shown(bot)
            time.advance_to(END, bot)
            ended_at = time.now()
            facts = facts_of(bot.database, ended_at)
        return Recording(
            ended_at=ended_at,
            facts=facts,
            slack=slack.snapshot(),
            statements=statements_of(folder / "needle.db"),
        )


if __name__ == "__main__":
    main()
