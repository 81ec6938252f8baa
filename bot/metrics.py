"""What Prometheus is told of: https://prometheus.github.io/client_python/instrumenting/"""

from prometheus_client import Counter, Gauge

EVENTS = Counter("needle_events", "What Slack sent: events, commands, interactions.", ["type"])
FAILURES = Counter("needle_failures", "What could not be answered or stored.", ["type"])
POSTS = Counter("needle_posts", "Posts that Slack shows.", ["kind"])
REDRAWS = Counter("needle_redraws", "Posts that were drawn anew.")
HELD = Counter("needle_held", "Differences that could not be closed at once.", ["reason"])
LAST_EVENT = Gauge("needle_last_event_timestamp_seconds", "When Slack last sent anything.")
LAST_PASS = Gauge(
    "needle_last_pass_timestamp_seconds", "When the reconciler last compared store and Slack."
)
WAITING = Gauge("needle_waiting", "Posts and redraws that Slack is yet to show.")
