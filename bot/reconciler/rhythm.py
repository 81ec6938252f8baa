"""Intervals at which the reconciler posts and redraws."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Rhythm:
    """Intervals between posts in a channel, between redraws of a card, and before a pass."""

    # Slack's limit for a channel: https://docs.slack.dev/apis/web-api/rate-limits
    post_every: timedelta = timedelta(seconds=1)
    redraw_every: timedelta = timedelta(seconds=3)  # one card
    # A pass waits until nothing has changed for `gather`, but at most for `gather_at_most`. So a
    # burst of votes takes one pass instead of one for each vote.
    gather: timedelta = timedelta(seconds=0.2)
    gather_at_most: timedelta = timedelta(seconds=1)


EVERYDAY = Rhythm()
