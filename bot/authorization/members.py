"""Account types: only full members of the workspace may propose, score and vote."""

from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.exceptions import Refusal
from storage.database import Database
from storage.people import people
from storage.tables import AccountType

REFUSALS = {
    AccountType.GUEST: "You're a guest here, and only full members can do that.",
    AccountType.BOT: "You're an app, and only people can do that.",
    AccountType.EXTERNAL: "You're from another workspace, and only this one's members can do that.",
    AccountType.DEACTIVATED: "Your account is deactivated.",
}
ASK_A_MEMBER = "Ask a full member to do it."


def require_member(database: Database, client: WebClient, team_id: str, user_id: str) -> None:
    """Raise Refusal unless a person is a full member. Ask Slack if the type isn't stored yet."""
    with database.snapshot() as session:
        account_type = people.account_type(session, team_id, user_id)
    if account_type is AccountType.UNKNOWN:
        account_type = fetch_account_type(database, client, team_id, user_id)
    if account_type is not AccountType.MEMBER:
        raise Refusal(f"{REFUSALS[account_type]} {ASK_A_MEMBER}")


def fetch_account_type(
    database: Database, client: WebClient, team_id: str, user_id: str
) -> AccountType:
    """Return a person's account type as Slack describes it.

    Store it with the person's name and time zone.
    """
    requested_at = datetime.now(UTC)
    with database.snapshot() as session:
        last_change = people.changed_at(session, team_id, user_id)
    user = _fetch_user(client, user_id)
    account_type = AccountType.EXTERNAL if user is None else classify_account(user, team_id)
    time_zone = None if user is None else user.get("tz")
    name = None if user is None else display_name(user)
    with database.transaction() as session:
        people.save_profile(
            session, team_id, user_id, account_type, time_zone, requested_at, last_change, name
        )
    return account_type


def display_name(user: dict[str, Any]) -> str | None:
    """Return the name that Slack shows for a user object, or None if it has none.

    A person may leave the display name empty: https://docs.slack.dev/reference/objects/user-object
    """
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"))
    return next(filter(None, names), None)


def time_zone_of(client: WebClient, user_id: str) -> str | None:
    """Return a person's time zone, or None if Slack doesn't return it."""
    user = _fetch_user(client, user_id)
    return None if user is None else user.get("tz")


def _fetch_user(client: WebClient, user_id: str) -> dict[str, Any] | None:
    """Return Slack's user object, or None if the bot can't see that person."""
    try:
        user: dict[str, Any] = client.users_info(user=user_id)["user"]
    except SlackApiError as error:
        if error.response.get("error") not in ("user_not_found", "user_not_visible"):
            raise
        return None
    return user


def channels_of(client: WebClient, user_id: str) -> set[str]:
    """Return the ids of the channels that a person is in and the bot can see."""
    pages = client.users_conversations(
        user=user_id, types="public_channel,private_channel", exclude_archived=True, limit=999
    )
    return {channel["id"] for page in pages for channel in page["channels"]}


def classify_account(user: dict[str, Any], team_id: str) -> AccountType:
    """Return the account type of a user object.

    https://docs.slack.dev/reference/objects/user-object
    """
    if user.get("deleted"):
        return AccountType.DEACTIVATED
    # Slackbot's own `is_bot` is false.
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return AccountType.BOT
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return AccountType.EXTERNAL
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return AccountType.GUEST
    return AccountType.MEMBER
