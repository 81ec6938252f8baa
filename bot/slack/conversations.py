"""Kinds of Slack conversations: https://docs.slack.dev/reference/objects/conversation-object"""

GROUP_DIRECT_MESSAGE_NAME = "mpdm-"


def is_direct_message(channel_id: str, name: str = "") -> bool:
    """Return whether a conversation is a direct message between two people or in a group.

    Between two people, its id starts with D. In a group, its name starts with `mpdm-`:
    https://docs.slack.dev/apis/web-api/using-the-conversations-api
    """
    return channel_id.startswith("D") or name.startswith(GROUP_DIRECT_MESSAGE_NAME)
