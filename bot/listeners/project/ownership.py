"""Owners that people choose in forms."""

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.authorization.channel_membership import ChannelMembership
from bot.authorization.members import require_member
from bot.exceptions import NotNow, Refusal
from bot.views.blocks import modal
from bot.views.modals import propose
from storage.database import Database

CANT_OWN = "Choose a full member of this workspace who is in the board's channel."


@dataclass(frozen=True)
class OwnerCheck:
    """Check of the owner whom the sender of a request chose.

    Slack's select offers guests, apps and people outside the channel too.
    """

    database: Database
    client: WebClient
    membership: ChannelMembership
    team_id: str

    def require(self, channel_id: str, owner: str | None) -> None:
        """Raise InvalidInput unless the owner, if any, can work on the projects of this channel."""
        if owner is None:
            return
        try:
            require_member(self.database, self.client, self.team_id, owner)
            self.membership.require(owner, channel_id)
        except NotNow:
            raise
        except Refusal as refusal:
            raise modal.InvalidInput({propose.OWNER: CANT_OWN}) from refusal
