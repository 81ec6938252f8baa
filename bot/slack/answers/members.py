"""Answer to conversations.members: https://docs.slack.dev/reference/methods/conversations.members"""

from slack_sdk import WebClient

from bot.slack.answers.answer import Answer, MalformedAnswer, SlackId, parse_answer
from bot.slack.answers.pages import all_pages

PAGE_SIZE = 1000


class MembersPage(Answer):
    """A page of a channel's members."""

    members: tuple[SlackId, ...]


def members_of(client: WebClient, channel_id: str) -> frozenset[str]:
    """Return the user ids of everyone in a channel, guests and apps too. Raise MalformedAnswer."""
    pages = all_pages(client.conversations_members, channel=channel_id, limit=PAGE_SIZE)
    people = frozenset(
        person for page in pages for person in parse_answer(MembersPage, page).members
    )
    if not people:  # somebody is in each channel
        raise MalformedAnswer("conversations.members", "names nobody")
    return people
