"""Owners that people choose in forms."""

from datetime import datetime

from slack_sdk import WebClient

from bot.authorization.channel_membership import ChannelMembership
from bot.authorization.members import require_member
from bot.exceptions import NotNow, Refusal
from bot.listeners.actor import Actor
from bot.views.blocks import modal
from bot.views.modals import propose
from storage.database import Database

CANT_OWN = "Choose a full member of this workspace who is in the board's channel."


def require_possible_owner(
    database: Database,
    client: WebClient,
    membership: ChannelMembership,
    actor: Actor,
    channel_id: str,
    owner: str | None,
    now: datetime,
) -> None:
    """Raise InvalidInput unless the chosen owner, if any, can work on the board's projects.

    Slack's select offers guests, apps and people outside the channel too.
    """
    if owner is None:
        return
    try:
        require_member(database, client, actor.team_id, owner)
        membership.require(owner, channel_id, now)
    except NotNow:
        raise
    except Refusal as refusal:
        raise modal.InvalidInput({propose.OWNER: CANT_OWN}) from refusal
