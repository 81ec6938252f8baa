"""Names of the people and channels that a message mentions by ID."""

from collections.abc import Callable, Iterable
from copy import copy
from functools import partial
from time import monotonic
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.listeners.actor import Actor
from bot.slack.answers.channel import read_channel
from bot.slack.answers.user import read_user
from bot.slack.error_messages import SLACK_CALL_ERRORS
from bot.slack.errors import CLOSED_CHANNEL, UNSEEN_PERSON, error_code
from bot.views.parts.message_text import mentioned_channels, mentioned_people
from storage.database import Database
from storage.people import people

# A form must open within the three seconds that Slack waits.
LOOKUP_TIMEOUT_SECONDS = 0.5

# The bot can't see the person or the channel, but may see others.
NOT_SEEN = UNSEEN_PERSON | CLOSED_CHANNEL

Lookup = Callable[[WebClient], str | None]


def mentioned_names(
    message: dict[str, Any],
    boards: Iterable[tuple[str, str]],
    client: WebClient,
    database: Database,
    actor: Actor,
) -> dict[str, str]:
    """Return names by ID: of the mentioned people, of `boards`, and of mentioned public channels.

    Slack doesn't send the names in mentions.
    """
    mentioned = mentioned_people(message)
    with database.snapshot() as session:
        known = dict(boards) | people.names(session, actor.team_id, mentioned)
    lookups: dict[str, Lookup] = {
        **{person: partial(_person_name, person) for person in mentioned},
        **{channel: partial(_channel_name, channel) for channel in mentioned_channels(message)},
    }
    unknown = {named: lookup for named, lookup in lookups.items() if named not in known}
    return known | _look_up(client, unknown)


def _person_name(user_id: str, client: WebClient) -> str | None:
    return read_user(client.users_info(user=user_id)).shown_name


def _channel_name(channel_id: str, client: WebClient) -> str | None:
    """Return a public channel's name, or None for a private channel.

    `channels:read` is enough for a public channel, also without the bot. With `groups:read`, Slack
    tells the names of the private channels that the bot is in
    (https://api.slack.com/conversations-api). Readers of the form and the card may not be in them.
    """
    channel = read_channel(client.conversations_info(channel=channel_id))
    return None if channel.is_private else channel.name


def _look_up(client: WebClient, lookups: dict[str, Lookup]) -> dict[str, str]:
    """Ask Slack for names, until it fails or half a second is over.

    Leave out what the bot can't see.
    """
    client_with_timeout = copy(client)
    found: dict[str, str] = {}
    end = monotonic() + LOOKUP_TIMEOUT_SECONDS
    for named, lookup in lookups.items():
        remaining = end - monotonic()
        if remaining <= 0:
            break
        client_with_timeout.timeout = remaining  # type: ignore[assignment]
        try:
            name = lookup(client_with_timeout)
        except SLACK_CALL_ERRORS as error:
            if isinstance(error, SlackApiError) and error_code(error) in NOT_SEEN:
                continue
            break
        if name:
            found[named] = name
    return found
