"""A recorded workspace in a sandbox, and the bot on the recorded store."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.demo.simulated_clock import SimulatedClock
from bot.service.service import running_bot
from slack_sandbox.client.client import Message, Person, SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database
from tests.support.bot_process import SandboxPeople, environment, settings_from
from tests.support.slack_steps import wait_for_backfill
from tests.upgrade.facts import facts_of
from tests.upgrade.recording import QUICK, Recording

Json = dict[str, Any]


class Workspace:
    """A restored workspace and its store. Their clock continues where the recording ended."""

    database: Database  # set after the start

    def __init__(
        self,
        recording: Recording,
        sandbox: Sandbox,
        time: SimulatedClock,
        folder: Path,
        stopping: ExitStack,
    ) -> None:
        self.recording = recording
        self.slack = SandboxClient(sandbox.url)
        self.team = SandboxPeople(self.slack)
        self._sandbox = sandbox
        self._time = time
        self._folder = folder
        self._stopping = stopping
        self._users = {each["id"]: str(each["name"]) for each in recording.slack["users"]}

    def start(self) -> None:
        """Start the bot. Return when its first backfill and all posts are done."""
        settings = settings_from(environment(self._sandbox, self._folder))
        running = running_bot(
            settings, self._time.now, intervals=QUICK, monotonic=self._time.monotonic
        )
        self.bot = self._stopping.enter_context(running)
        wait_for_backfill(self.slack)
        self.idles()

    def idles(self) -> None:
        """Wait until nothing is left to post or redraw."""
        self._time.wait_until_shown(self.bot)

    def facts(self) -> Json:
        return facts_of(self.bot.database, self._time.now())

    def project(self, number: str) -> Json:
        found: Json = self.facts()["projects"][number]
        return found

    def person(self, user: str) -> Person:
        """Return the person with this user id."""
        return self.team.person(self._users[user])

    def channel_members(self) -> set[str]:
        """Return the user ids of those who are in #ops. Others can't react there any more."""
        [channel] = [each for each in self.recording.slack["channels"] if each.get("name") == "ops"]
        return set(channel["members"])

    def post(self, kind: str, subject: str = "") -> Message:
        """Wait for a post of this kind in #ops, and of this subject if given. Return the newest."""

        def fits(message: Message) -> bool:
            identity = identity_of(message.raw)
            return identity.get("kind") == kind and subject in ("", identity["subject"])

        return self.team.mia.sees(fits)

    def redrawn(self, post: Message) -> Message:
        """Wait until the post is redrawn. Return the new state of its message."""
        return self.team.mia.sees(lambda m: m.ts == post.ts and m.raw != post.raw)


def identity_of(message: Json) -> dict[str, str]:
    """Return a post's kind and subject from its metadata. Return {} for any other message."""
    payload = (message.get("metadata") or {}).get("event_payload", {})
    return {name: str(value) for name, value in payload.items()}
