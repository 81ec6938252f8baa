"""Whom and what a picker of people or conversations offers."""

from collections.abc import Iterator

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Person, Workspace


def check_selection(workspace: Workspace, chooser: Person, held: Json) -> None:
    """`held` is what a person chose, as `state.values` says it."""
    people = {each.id for each in workspace.people.values() if not each.deleted}
    seen = {each.id: each for each in workspace.channels_seen_by(chooser)}
    # A channels_select lists public channels alone.
    public = {each.id for each in seen.values() if each.kind == "channels"}
    for offered, names in (
        (people, ("selected_user", "selected_users")),
        (public, ("selected_channel", "selected_channels")),
        (people | seen.keys(), ("selected_conversation", "selected_conversations")),
    ):
        for chosen in _chosen(held, *names):
            if chosen not in offered:
                raise Refused("no_such_option", f"{chosen!r} is not offered")


def _chosen(held: Json, one: str, several: str) -> Iterator[str]:
    if held.get(one):
        yield held[one]
    yield from held.get(several) or ()
