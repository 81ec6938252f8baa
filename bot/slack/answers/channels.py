"""Answer to users.conversations: https://docs.slack.dev/reference/methods/users.conversations"""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.answers.answer import Answer, SlackId, parse_answer
from bot.slack.answers.pages import all_pages
from bot.slack.conversations import is_direct_message
from bot.slack.errors import UNSEEN_PERSON, error_code

PAGE_SIZE = 999  # https://docs.slack.dev/reference/methods/users.conversations#arg_limit


class ListedChannel(Answer):
    """A channel in a list.

    Needle asks only for public and private channels. Some servers also list direct messages.
    """

    id: SlackId
    name: str = ""
    is_im: bool = False
    is_mpim: bool = False

    @property
    def is_direct_message(self) -> bool:
        """Whether the channel is a direct message between two people or in a group."""
        return self.is_im or self.is_mpim or is_direct_message(self.id, self.name)


class ChannelsPage(Answer):
    """A page of channels."""

    channels: tuple[ListedChannel, ...]


def channels_of(client: WebClient, user_id: str | None = None) -> set[str]:
    """Return the ids of the channels that a person is in and the bot can see.

    Without a person, return the channels that the bot is in. For a person whom the bot can't see,
    such as someone from another organization, return none. Raise MalformedAnswer.
    """
    pages = all_pages(
        client.users_conversations,
        types="public_channel,private_channel",
        exclude_archived=True,
        limit=PAGE_SIZE,
        **({} if user_id is None else {"user": user_id}),
    )
    try:
        return {
            channel.id
            for page in pages
            for channel in parse_answer(ChannelsPage, page).channels
            if not channel.is_direct_message
        }
    except SlackApiError as error:
        if user_id is None or error_code(error) not in UNSEEN_PERSON:
            raise
        return set()
