"""Who someone is, by what Slack says of them. Only full members propose, score and vote."""

from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.exceptions import Refusal
from storage.database import Database
from storage.people import people
from storage.tables import AccountType

REFUSALS = {
    AccountType.GUEST: "Guests can look on, but only full members propose, score and decide.",
    AccountType.BOT: "Only people propose, score and decide.",
    AccountType.EXTERNAL: "Only people of this workspace propose, score and decide.",
    AccountType.DEACTIVATED: "This account is deactivated.",
}


def require_member(database: Database, client: WebClient, team_id: str, user_id: str) -> None:
    """Pass for a full member; anyone else is refused in words. Asks Slack about new people."""
    with database.snapshot() as session:
        kind = people.account_type(session, team_id, user_id)
    if kind is AccountType.UNKNOWN:
        kind = fetch_account_type(database, client, team_id, user_id)
    if kind is not AccountType.MEMBER:
        raise Refusal(REFUSALS[kind])


def fetch_account_type(
    database: Database, client: WebClient, team_id: str, user_id: str
) -> AccountType:
    """Ask Slack who someone is, and keep the answer."""
    asked_at = datetime.now(UTC)
    with database.snapshot() as session:
        changed_at = people.changed_at(session, team_id, user_id)
    user = _described(client, user_id)
    kind = AccountType.EXTERNAL if user is None else classify_account(user, team_id)
    time_zone = None if user is None else user.get("tz")
    with database.transaction() as session:
        people.save_profile(session, team_id, user_id, kind, time_zone, asked_at, changed_at)
    return kind


def time_zone_of(client: WebClient, user_id: str) -> str | None:
    """As Slack tells it; None if it tells us nothing of them."""
    user = _described(client, user_id)
    return None if user is None else user.get("tz")


def _described(client: WebClient, user_id: str) -> dict[str, Any] | None:
    try:
        user: dict[str, Any] = client.users_info(user=user_id)["user"]
    except SlackApiError as error:
        if error.response.get("error") not in ("user_not_found", "user_not_visible"):
            raise
        return None
    return user


def channels_of(client: WebClient, user_id: str) -> set[str]:
    """Channels that they are in, of those that we may know of: content goes to nobody else."""
    pages = client.users_conversations(
        user=user_id, types="public_channel,private_channel", exclude_archived=True, limit=999
    )
    return {channel["id"] for page in pages for channel in page["channels"]}


def classify_account(user: dict[str, Any], team_id: str) -> AccountType:
    """https://docs.slack.dev/reference/objects/user-object"""
    if user.get("deleted"):
        return AccountType.DEACTIVATED
    # Slackbot's is_bot is false.
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return AccountType.BOT
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return AccountType.EXTERNAL
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return AccountType.GUEST
    return AccountType.MEMBER
