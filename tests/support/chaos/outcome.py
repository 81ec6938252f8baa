"""What is stored and shown at the end, to compare with what people did."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sandbox.client.client import SandboxClient
from storage.database import Database
from tests.support.bot_process import SandboxPeople
from tests.support.chaos import facts
from tests.support.chaos.facts import Facts, PostIdentity
from tests.support.chaos.shown_cards import shown_counts

# For a lease, and two minutes of Slack's rate limits.
SETTLE_SECONDS = 150


@dataclass(frozen=True)
class Outcome:
    facts: Facts
    cards: Counter[str]
    is_settled: bool = True
    wrong_posts: Counter[PostIdentity] | None = None  # missing, unknown, or there several times


def read_outcome(database: Database, slack: SandboxClient) -> Outcome:
    shown, posted = facts.shown(slack), facts.posted(database)
    wrong = (shown - posted) + (posted - shown)
    wrong += Counter({post: times for post, times in shown.items() if times > 1})
    return Outcome(
        facts.facts(database, slack),
        shown_counts(SandboxPeople(slack)),
        facts.is_settled(database, datetime.now(UTC)),
        wrong or None,
    )
