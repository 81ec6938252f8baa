"""Events API: which events the app receives, and their payloads.

The app receives an event if its manifest subscribes to it and has the scope. For an event in a
conversation, its bot must also be a member.
"""

import base64
import json

from slack_sandbox.delivery.deliveries import Deliveries
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.installation import Installation
from slack_sandbox.model.manifest import App
from slack_sandbox.model.rate_limits import RateLimited, RateLimiter, Tier
from slack_sandbox.model.workspace import Channel, Json, Workspace

# From one workspace: "Rate limiting" in https://docs.slack.dev/apis/events-api.
EVENTS_PER_HOUR = 30_000
# The scope that each event needs (https://docs.slack.dev/reference/events).
SCOPES = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "channel_created": "channels:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "{prefix}:read",
    "member_left_channel": "{prefix}:read",
    "message": "{prefix}:history",
    "rename": "{prefix}:read",
    "archive": "{prefix}:read",
    "left": "{prefix}:read",
    "team_join": "users:read",
    "unarchive": "{prefix}:read",
    "user_change": "users:read",
    "tokens_revoked": None,
    "app_uninstalled": None,
}
# Events whose name in the manifest depends on the conversation, by its scope prefix.
NAMES = {
    "message": {"channels": "message.channels", "groups": "message.groups", "im": "message.im"},
    "rename": {"channels": "channel_rename", "groups": "group_rename"},
    "archive": {"channels": "channel_archive", "groups": "group_archive"},
    "unarchive": {"channels": "channel_unarchive", "groups": "group_unarchive"},
    "left": {"channels": "channel_left", "groups": "group_left"},
}


SENT = frozenset(name for event in SCOPES for name in NAMES.get(event, {"": event}).values())


def never_sent(app: App) -> list[str]:
    """Return the events that the app subscribes to and the sandbox never sends, in order."""
    return sorted(app.events - SENT)


class Events:
    """The sender of events. `per_hour` is the maximum number of events in an hour."""

    def __init__(
        self,
        app: App,
        installation: Installation,
        workspace: Workspace,
        deliveries: Deliveries,
        per_hour: int = EVENTS_PER_HOUR,
    ) -> None:
        self._app = app
        self._installation = installation
        self._workspace = workspace
        self._deliveries = deliveries
        self._rate_limiter = RateLimiter(workspace.now)
        self._tier = Tier(per_hour, 3600)
        self._last_limited_minute = 0

    def send_in_channel(self, name: str, event: Json, channel: Channel) -> None:
        """Send an event of a conversation if the app's bot is a member."""
        if self._app.bot_user_id in channel.members:
            self.send(name, event, channel)

    def send(self, name: str, event: Json, channel: Channel | None = None) -> None:
        """Send an event, even if the app's bot isn't a member of the channel.

        `name` is a key of `SCOPES`.
        """
        prefix = channel.scope_prefix if channel else ""
        subscription = NAMES.get(name, {}).get(prefix, name)
        scope = SCOPES[name]
        allowed = scope is None or scope.format(prefix=prefix) in self._installation.scopes
        if self._installation.is_installed and subscription in self._app.events and allowed:
            event_type = "message" if name == "message" else subscription
            event_ts = event.get("ts") or self._workspace.next_ts()
            stamped = {"event_ts": event_ts, **event, "type": event_type}
            self._send(event_type, self._callback(stamped))

    def _send(self, event_type: str, callback: Json) -> None:
        try:
            self._rate_limiter.count("events", self._tier)
        except RateLimited:
            self._send_rate_limited()
        else:
            self._deliveries.send_event(event_type, callback)

    def _send_rate_limited(self) -> None:
        """Send `app_rate_limited`, at most once a minute.

        https://docs.slack.dev/reference/events/app_rate_limited
        """
        minute = int(self._workspace.now()) // 60 * 60
        if minute == self._last_limited_minute:
            return
        self._last_limited_minute = minute
        limited = {
            "token": "verification-token",
            "type": "app_rate_limited",
            "team_id": self._workspace.team_id,
            "minute_rate_limited": minute,
            "api_app_id": self._app.id,
        }
        self._deliveries.send_event("app_rate_limited", limited)

    def _callback(self, event: Json) -> Json:
        app, team_id = self._app, self._workspace.team_id
        context = {"tid": team_id, "aid": app.id}
        return {
            "token": "verification-token",
            "team_id": team_id,
            "context_team_id": team_id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(float(event["event_ts"])),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team_id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-" + base64.b64encode(json.dumps(context).encode()).decode(),
        }
