"""A client whose answers need no network, for work that must not depend on Slack's speed."""

from typing import Any

from pydantic import SecretStr
from slack_sdk.web import SlackResponse

from bot.slack.call_status import CallStatus
from bot.slack.client import BotClient, TokenStatus
from bot.slack.slack_time import SlackTime

TOKEN = SecretStr("xoxb-benchmark")


class IdleClient(BotClient):
    """A bot token's client for channels in which nothing happens."""

    def __init__(self, slack_time: SlackTime, team_id: str) -> None:
        status = TokenStatus("SLACK_BOT_TOKEN", "")
        super().__init__(status, CallStatus(), slack_time, token=TOKEN.get_secret_value())
        self._team_id = team_id

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Answer as Slack does for a bot in quiet channels."""
        asked = arguments.get("params") or arguments.get("json") or {}
        answers: dict[str, dict[str, Any]] = {
            "auth.test": {"team_id": self._team_id, "user_id": "UBOT", "bot_id": "BBOT"},
            "chat.update": {"channel": asked.get("channel"), "ts": asked.get("ts")},
            "conversations.history": {"messages": [], "has_more": False},
            "conversations.info": {
                "channel": {"id": asked.get("channel"), "name": f"{asked.get('channel')}".lower()}
            },
            "reactions.get": {
                "type": "message",
                "message": {"ts": asked.get("timestamp"), "user": "UBOT", "reactions": []},
            },
            "users.conversations": {"channels": []},
            "users.info": {
                "user": {
                    "id": asked.get("user"),
                    "team_id": self._team_id,
                    "tz": "UTC",
                    "name": "u",
                }
            },
        }
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=f"https://slack.com/api/{api_method}",
            req_args=arguments,
            data={"ok": True, **answers[api_method]},
            headers={},
            status_code=200,
        )
