"""Actor: the person behind a command or an interaction."""

from dataclasses import dataclass
from typing import Any, Self

from storage.locks import OfChannel


@dataclass(frozen=True)
class Actor:
    """Person who used a command, button, menu or form, and the channel.

    `team_id` is the workspace where Needle is installed. The person may be from another workspace.
    `channel_id` is empty in App Home, the shortcuts menu and submitted forms. `trigger_id` opens a
    form; it is empty while someone searches in a menu.
    """

    team_id: str
    user_id: str
    channel_id: str
    trigger_id: str

    @classmethod
    def from_body(cls, body: dict[str, Any], team_id: str) -> Self:
        """Return the sender of a request to the app of this workspace.

        A request doesn't always name the workspace where the app is installed:
        - If the person is in several workspaces of an organization, it can name another of them:
          https://github.com/slackapi/bolt-js/issues/1875
        - If the person is from another organization, in a shared channel, it names theirs:
          https://docs.slack.dev/apis/slack-connect

        Commands name ids in flat fields, interactions in objects:
        https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
        https://docs.slack.dev/reference/interaction-payloads
        """
        return cls(
            team_id=team_id,
            user_id=_id_of("user", body),
            channel_id=_id_of("channel", body),
            trigger_id=body.get("trigger_id") or "",
        )

    def board_lock(self, channel_id: str | None = None, form: str = "") -> OfChannel:
        """Return the lock of a channel's board, by default of the channel where the person is.

        `form` is the id of a form that the person may submit for one board and then for another.
        """
        return OfChannel(self.team_id, self.channel_id if channel_id is None else channel_id, form)


def _id_of(name: str, body: dict[str, Any]) -> str:
    """Return the id of a user or channel, or an empty string."""
    return body.get(f"{name}_id") or (body.get(name) or {}).get("id") or ""
