"""Mentions of people in the text of a post, shown by name as Slack shows them."""

import re
from collections.abc import Callable

from slack_sdk import WebClient

from bot.slack.answers.user import read_user
from bot.slack.error_messages import SLACK_CALL_ERRORS, SlackCallError
from bot.views.blocks.escape import escape, without_markup

MENTION = re.compile(r"<@(?P<person>[A-Z0-9]+)>")


def readable(text: str, name_of: Callable[[str], str | None]) -> str:
    """Return Slack's markup as plain text, with `@name` for a mention, or `@ID` without a name."""

    def named(mention: re.Match[str]) -> str:
        person = mention["person"]
        return f"@{escape(name_of(person) or person)}"

    return without_markup(MENTION.sub(named, text))


class NameLookup:
    """People's names, asked of Slack once per person.

    After the first failure, which `failure` keeps, it asks no more: an outage or a rate limit must
    not delay a dry run by a time-out for each mention.
    """

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._names: dict[str, str | None] = {}
        self.failure: SlackCallError | None = None

    def __call__(self, person: str) -> str | None:
        """Return the person's display name, or None if Slack didn't tell it."""
        if person not in self._names and self.failure is None:
            try:
                user = read_user(self._client.users_info(user=person))
            except SLACK_CALL_ERRORS as error:
                self.failure = error
            else:
                self._names[person] = user.shown_name
        return self._names.get(person)
