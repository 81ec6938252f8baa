"""Rules for reactions (docs.slack.dev/reference/methods/reactions.add, …)."""

from typing import Any

from strictness.rule import Action, Effect, Rule
from strictness.workspace import ARCHIVED, OPS, Workspace

ADD = "reference/methods/reactions.add"
REMOVE = "reference/methods/reactions.remove"
UNKNOWN_TS = "1700000000.000000"


def adds(name: str = "eyes", **to: Any) -> Action:
    """Add a reaction to a new message in #ops, or to another target."""
    return lambda workspace: workspace.client.reactions_add(
        name=name, **({"channel": OPS, "timestamp": workspace.post()} | to)
    )


def adds_then(*more: str) -> Action:
    """Add eyes and then other reactions to the same message."""

    def run(workspace: Workspace) -> None:
        ts = workspace.post()
        for name in ("eyes", *more):
            workspace.client.reactions_add(channel=OPS, timestamp=ts, name=name)

    return run


def removes(name: str) -> Action:
    def run(workspace: Workspace) -> None:
        ts = workspace.post()
        workspace.client.reactions_add(channel=OPS, timestamp=ts, name="eyes")
        workspace.client.reactions_remove(channel=OPS, timestamp=ts, name=name)

    return run


def mia_reacts(*names: str) -> Action:
    def run(workspace: Workspace) -> None:
        ts = workspace.post()
        for name in names:
            workspace.act("mia", "react", channel="ops", ts=ts, emoji=name)

    return run


def removes_mias_reaction(workspace: Workspace) -> None:
    ts = workspace.post()
    workspace.act("mia", "react", channel="ops", ts=ts, emoji="eyes")
    workspace.client.reactions_remove(channel=OPS, timestamp=ts, name="eyes")


def check_primary_name(workspace: Workspace) -> None:
    ts = workspace.post()
    workspace.client.reactions_add(channel=OPS, timestamp=ts, name="thumbsup")
    assert [reaction["name"] for reaction in workspace.message(ts)["reactions"]] == ["+1"]


RULES = [
    Rule("an app reacts with an emoji once", ADD,
         adds_then("tada"), adds_then("eyes"), "already_reacted"),
    Rule("an alias counts as the same emoji", ADD,
         adds_then("thumbsup"), adds_then("thumbsup", "+1"), "already_reacted"),
    Rule("an emoji exists", ADD,
         adds("heavy_plus_sign"), adds("heavy_minus_signs"), "invalid_name"),
    Rule("an emoji's name has no colons", ADD, adds("tada"), adds(":tada:"), "invalid_name"),
    Rule("a skin tone exists", ADD,
         adds("+1::skin-tone-6"), adds("+1::skin-tone-7"), "invalid_name"),
    Rule("only some emoji have skin tones", "iamcal/emoji-data",
         adds("wave::skin-tone-2"), adds("lock::skin-tone-2"), "invalid_name"),
    Rule("a reaction names a message", ADD, adds(), adds(timestamp=""), "no_item_specified"),
    Rule("a reaction's timestamp is valid", ADD, adds(), adds(timestamp="12345"), "bad_timestamp"),
    Rule("a reaction's message exists", ADD,
         adds(), adds(timestamp=UNKNOWN_TS), "message_not_found"),
    Rule("an archived channel has no new reactions", ADD, adds(),
         lambda workspace: adds(channel=ARCHIVED, timestamp=workspace.archived_ts)(workspace),
         "is_archived"),
    Rule("a removed reaction exists", REMOVE,
         removes("eyes"), removes("tada"), "no_reaction"),
    Rule("an app can remove only its own reactions", REMOVE,
         removes("eyes"), removes_mias_reaction, "no_reaction"),
    Rule("a person reacts with an emoji once", ADD,
         mia_reacts("eyes", "+1", "+1::skin-tone-3"), mia_reacts("eyes", "eyes"),
         "already_reacted"),
    Rule("a person's emoji exists", ADD,
         mia_reacts("snail"), mia_reacts("snale"), "invalid_name"),
]  # fmt: skip

EFFECTS = [
    Effect("a reaction has the emoji's primary name", ADD, check_primary_name),
]  # fmt: skip
