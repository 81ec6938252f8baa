"""Account types: only full members of the workspace may propose, score and vote."""

from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.exceptions import Refusal
from bot.slack.answers.user import User, read_user
from bot.slack.errors import UNSEEN_PERSON, error_code
from storage.database import Database
from storage.locks import STORE
from storage.people import people
from storage.tables import AccountType

REFUSALS = {
    AccountType.GUEST: "You're a guest here, and only full members can do that.",
    AccountType.BOT: "You're an app, and only people can do that.",
    AccountType.EXTERNAL: (
        "You're not in the workspace where I'm installed, and only its full members can do that."
    ),
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
    if user is None:
        account_type, time_zone, name = AccountType.EXTERNAL, None, None
    else:
        account_type = classify_account(user, team_id)
        time_zone, name = user.tz, user.shown_name
    with database.transaction(STORE) as session:
        people.save_profile(
            session, team_id, user_id, account_type, time_zone, requested_at, last_change, name
        )
    return account_type


def time_zone_of(client: WebClient, user_id: str) -> str | None:
    """Return a person's time zone, or None if Slack doesn't return it."""
    user = _fetch_user(client, user_id)
    return None if user is None else user.tz


def _fetch_user(client: WebClient, user_id: str) -> User | None:
    """Return Slack's user object, or None if the bot can't see that person."""
    try:
        return read_user(client.users_info(user=user_id))
    except SlackApiError as error:
        if error_code(error) not in UNSEEN_PERSON:
            raise
        return None


def classify_account(user: User, team_id: str) -> AccountType:
    """Return the account type of a user object."""
    if user.deleted:
        return AccountType.DEACTIVATED
    if user.is_app:
        return AccountType.BOT
    if not user.is_in_team(team_id):
        return AccountType.EXTERNAL
    return AccountType.GUEST if user.is_guest else AccountType.MEMBER
