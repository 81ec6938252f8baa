"""Names of the people and channels that a message mentions by ID."""

from collections.abc import Iterable
from copy import copy
from time import monotonic
from typing import Any

from slack_sdk import WebClient

from bot.listeners.actor import Actor
from bot.slack.answers.user import read_user
from bot.slack.error_messages import SLACK_CALL_ERRORS
from bot.views.parts.message_text import mentioned_people
from storage.database import Database
from storage.people import people

# A form must open within the three seconds that Slack waits.
LOOKUP_TIMEOUT_SECONDS = 0.5


def mentioned_names(
    message: dict[str, Any],
    boards: Iterable[tuple[str, str]],
    client: WebClient,
    database: Database,
    actor: Actor,
) -> dict[str, str]:
    """Return names by ID: of the mentioned people, and of the channels in `boards`.

    Slack doesn't send the names in mentions. Other channels get no name: they may be private.
    """
    mentioned = mentioned_people(message)
    with database.snapshot() as session:
        known = people.names(session, actor.team_id, mentioned) if mentioned else {}
    unknown = [person for person in mentioned if person not in known]
    return dict(boards) | known | _look_up(client, unknown)


def _look_up(client: WebClient, user_ids: Iterable[str]) -> dict[str, str]:
    """Ask Slack for names, until it fails or half a second is over."""
    client_with_timeout = copy(client)
    found: dict[str, str] = {}
    end = monotonic() + LOOKUP_TIMEOUT_SECONDS
    for user_id in user_ids:
        remaining = end - monotonic()
        if remaining <= 0:
            break
        client_with_timeout.timeout = remaining  # type: ignore[assignment]
        try:
            name = read_user(client_with_timeout.users_info(user=user_id)).shown_name
        except SLACK_CALL_ERRORS:
            break
        if name:
            found[user_id] = name
    return found
