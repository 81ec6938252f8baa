"""Options of the selects for users, channels and conversations."""

from collections.abc import Iterator

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json, Person, Workspace


def check_selection(workspace: Workspace, person: Person, entry: Json) -> None:
    """Raise SlackError if a person selected something that Slack doesn't offer them.

    `entry` is the element's entry in `state.values`.
    """
    people = {user.id for user in workspace.people.values() if not user.deleted}
    channels = list(workspace.channels_visible_to(person))
    conversations = people | {channel.id for channel in channels}
    # A channels_select lists only public channels.
    public_channels = {channel.id for channel in channels if channel.scope_prefix == "channels"}
    for options, keys in (
        (people, ("selected_user", "selected_users")),
        (public_channels, ("selected_channel", "selected_channels")),
        (conversations, ("selected_conversation", "selected_conversations")),
    ):
        for selected in _selected(entry, *keys):
            if selected not in options:
                raise SlackError("no_such_option", f"{selected!r} isn't one of the options.")


def _selected(entry: Json, single_key: str, multi_key: str) -> Iterator[str]:
    if entry.get(single_key):
        yield entry[single_key]
    yield from entry.get(multi_key) or ()
