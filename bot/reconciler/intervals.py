"""Intervals at which the reconciler posts and redraws."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Intervals:
    """Intervals between posts in a channel, between redraws of a card, and before a pass."""

    # Slack's limit for a channel: https://docs.slack.dev/apis/web-api/rate-limits
    between_posts: timedelta = timedelta(seconds=1)
    between_redraws: timedelta = timedelta(seconds=3)  # one card
    # A pass waits until nothing has changed for `debounce`, but at most for `max_debounce`. So a
    # burst of votes takes one pass instead of one for each vote.
    debounce: timedelta = timedelta(seconds=0.2)
    max_debounce: timedelta = timedelta(seconds=1)


DEFAULT_INTERVALS = Intervals()
