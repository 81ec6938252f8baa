"""Channel events: the bot joins a channel, which becomes a board; people join or leave."""

from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.authorization.channel_membership import ChannelMembership
from bot.slack.conversations import is_direct_message
from storage.boards import boards
from storage.idempotency import Request
from storage.locks import STORE, OfChannel


def register(app: App) -> None:
    app.event("member_joined_channel")(member_joined)
    app.event("member_left_channel")(member_left)


def member_joined(
    event: dict[str, Any], context: BoltContext, slack_request: Request, now: datetime
) -> None:
    """Create a board if the bot joined. If a person joined, Slack must list the members again.

    A direct message is never a board.
    """
    team_id, channel_id = context.team_id or "", event["channel"]
    if is_direct_message(channel_id):
        return
    if event["user"] != context.bot_user_id:
        with slack_request.transaction(OfChannel(team_id, channel_id)) as session:
            boards.mark_members_changed(session, team_id, [channel_id], now)
        return
    with slack_request.transaction(STORE) as session:
        if not boards.create(session, team_id, channel_id, event.get("inviter"), now):
            boards.mark_rejoined(session, team_id, channel_id, now)


def member_left(
    event: dict[str, Any],
    context: BoltContext,
    membership: ChannelMembership,
    slack_request: Request,
    now: datetime,
) -> None:
    """Let Slack be asked again who is in the channel. Then absent owners lose their projects.

    The event doesn't decide that: Slack may send it again when the person is back.
    """
    team_id, channel_id = context.team_id or "", event["channel"]
    membership.forget(channel_id)
    with slack_request.transaction(OfChannel(team_id, channel_id)) as session:
        boards.mark_members_changed(session, team_id, [channel_id], now)
