"""Prometheus metrics of the bot process.

The client adds `_total` to the names of counters:
https://prometheus.github.io/client_python/instrumenting/
"""

from prometheus_client import Counter, Gauge

EVENTS = Counter(
    "needle_events",
    "Events, commands, and interactions that Slack sent, by payload type.",
    ["type"],
)
REQUEST_FAILURES = Counter(
    "needle_request_failures",
    "Slack events that failed, and user actions that failed or whose result was not delivered.",
    ["type"],
)
POSTS = Counter("needle_posts", "Messages that Slack confirmed, by post kind.", ["kind"])
REDRAWS = Counter("needle_redraws", "Messages updated because their content changed.")
DEFERRED = Counter(
    "needle_deferred",
    "Calls to Slack deferred after an error, by Slack error code.",
    ["reason"],
)
FAILING_BOARDS = Gauge(
    "needle_failing_boards",
    "Boards that failed when a loop over all boards last reached them, and rows left out, by loop.",
    ["part"],
)
LAST_EVENT = Gauge(
    "needle_last_event_timestamp_seconds",
    "Unix time of the last event, command, or interaction from Slack.",
)
LAST_RECONCILIATION = Gauge(
    "needle_last_reconciliation_timestamp_seconds",
    "Unix time when the reconciler last compared the database with Slack.",
)
OUTBOX_PENDING = Gauge(
    "needle_outbox_pending", "Posts and redraws that were due when the last reconciliation began."
)
