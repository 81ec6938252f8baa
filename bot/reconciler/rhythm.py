"""How often the reconciler posts and redraws."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Rhythm:
    """How often the same place in Slack is touched."""

    # In one channel: https://docs.slack.dev/apis/web-api/rate-limits
    post_every: timedelta = timedelta(seconds=1)
    redraw_every: timedelta = timedelta(seconds=3)  # one card
    # A burst of votes takes one pass, not one for each: a pass waits until nothing has changed for
    # so long, and no longer than `gather_at_most` in all.
    gather: timedelta = timedelta(seconds=0.2)
    gather_at_most: timedelta = timedelta(seconds=1)


EVERYDAY = Rhythm()
