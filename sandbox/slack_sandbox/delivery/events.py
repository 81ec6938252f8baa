"""Events API: which happenings an app hears of, and the envelope that they come in.

An app hears only what its manifest subscribes to, has the scope for, and happens where its bot is.
"""

import base64
import json

from slack_sandbox.delivery.delivery import Deliveries
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.installation import Installation
from slack_sandbox.model.manifest import App
from slack_sandbox.model.rate_limits import Limits, RateLimited, Tier
from slack_sandbox.model.workspace import Channel, Json, Workspace

EVENTS_PER_HOUR = 30_000  # from one workspace (docs.slack.dev/apis/events-api, "Rate limiting")
# The scope that each event needs (docs.slack.dev/reference/events); {kind} is the conversation's.
SCOPES = {
    "app_home_opened": None,
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "{kind}:read",
    "member_left_channel": "{kind}:read",
    "message": "{kind}:history",
    "rename": "{kind}:read",
    "archive": "{kind}:read",
    "left": "{kind}:read",
    "unarchive": "{kind}:read",
    "user_change": "users:read",
    "tokens_revoked": None,
    "app_uninstalled": None,
}
# Events whose name in the manifest depends on the kind of conversation.
NAMES = {
    "message": {"channels": "message.channels", "groups": "message.groups", "im": "message.im"},
    "rename": {"channels": "channel_rename", "groups": "group_rename"},
    "archive": {"channels": "channel_archive", "groups": "group_archive"},
    "unarchive": {"channels": "channel_unarchive", "groups": "group_unarchive"},
    "left": {"channels": "channel_left", "groups": "group_left"},
}


class Events:
    """`per_hour` is how many events an app is told in an hour, and no more."""

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
        self._limits = Limits(workspace.now)
        self._tier = Tier(per_hour, 3600)
        self._limited_minute = 0

    def tell(self, happening: str, event: Json, channel: Channel) -> None:
        """Something happened in a conversation."""
        if self._app.bot_user_id in channel.members:
            self.tell_app(happening, event, channel)

    def tell_app(self, happening: str, event: Json, channel: Channel | None = None) -> None:
        """As `tell`, wherever the bot is: its Home was opened, or it was just put out."""
        kind = channel.kind if channel else ""
        name = NAMES.get(happening, {}).get(kind, happening)
        scope = SCOPES[happening]
        allowed = scope is None or scope.format(kind=kind) in self._installation.scopes
        if self._installation.is_active and name in self._app.events and allowed:
            event_type = "message" if happening == "message" else name
            stamped = {"type": event_type, **event}
            stamped["event_ts"] = event.get("ts") or self._workspace.next_ts()
            self._send(event_type, self._callback(stamped))

    def _send(self, event_type: str, callback: Json) -> None:
        try:
            self._limits.count("events", self._tier)
        except RateLimited:
            self._say_limited()
        else:
            self._deliveries.send_event(event_type, callback)

    def _say_limited(self) -> None:
        """Once in a minute (docs.slack.dev/reference/events/app_rate_limited)."""
        minute = int(self._workspace.now()) // 60 * 60
        if minute == self._limited_minute:
            return
        self._limited_minute = minute
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
