"""The bot's own parts, driven by hand over the sandbox. Time is an argument."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient

from bot.reconciler import Reconciler
from bot.schedule import claim_due
from sandbox.server import Sandbox
from storage import boards, posts, projects
from storage.database import open_database
from values.proposal import Proposal

# When the board of the tests is made: a Friday in summer.
FRIDAY = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)


class Clockwork:
    """The bot's own parts, driven by hand: what the schedule and the reconciler do at a time."""

    def __init__(self, store: Path, sandbox: Sandbox) -> None:
        self._store = store
        self._client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        self.database = open_database(f"sqlite:///{store}")
        self._reconciler = Reconciler(self.database, self._client)

    def restart(self) -> None:
        self.database.close()
        self.database = open_database(f"sqlite:///{self._store}")
        self._reconciler = Reconciler(self.database, self._client)

    def at(self, now: datetime) -> None:
        """All that happens at that time, until nothing is left to post."""
        claim_due(self.database, now)
        for second in range(10):
            self.look(now + timedelta(seconds=2 * second))
            with self.database.snapshot() as session:
                if not posts.unposted(session):
                    return
        raise AssertionError("something was not posted")

    def look(self, now: datetime) -> None:
        """One pass of the reconciler."""
        self._reconciler.run_pass(now)

    def propose(self, title: str, now: datetime) -> None:
        """Somebody proposed it on the first board: a fact, not yet a card."""
        proposal = Proposal(title=title, summary="A single NAT instance fronts three VPCs.")
        with self.database.transaction() as session:
            first = boards.every(session)[0]
            projects.propose(
                session, first.id, origin=title, proposer="U1", proposal=proposal, now=now
            )
