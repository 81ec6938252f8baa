"""Answer to users.conversations: https://docs.slack.dev/reference/methods/users.conversations"""

from slack_sdk import WebClient

from bot.slack.answers.answer import Answer, SlackId, parse_answer
from bot.slack.answers.pages import all_pages

PAGE_SIZE = 999  # https://docs.slack.dev/reference/methods/users.conversations#arg_limit


class ListedChannel(Answer):
    """A channel in a list. Only its id is read."""

    id: SlackId


class ChannelsPage(Answer):
    """A page of channels."""

    channels: tuple[ListedChannel, ...]


def channels_of(client: WebClient, user_id: str | None = None) -> set[str]:
    """Return the ids of the channels that a person is in and the bot can see.

    Without a person, return those that the bot is in. Raise MalformedAnswer.
    """
    pages = all_pages(
        client.users_conversations,
        types="public_channel,private_channel",
        exclude_archived=True,
        limit=PAGE_SIZE,
        **({} if user_id is None else {"user": user_id}),
    )
    return {channel.id for page in pages for channel in parse_answer(ChannelsPage, page).channels}
