"""Reactions (docs.slack.dev/reference/methods/reactions.add and its neighbours)."""

from typing import Any

from strictness.rule import Do, Effect, Rule
from strictness.world import ARCHIVED, OPS, World

ADD = "reference/methods/reactions.add"
REMOVE = "reference/methods/reactions.remove"
NOWHEN = "1700000000.000000"


def adds(name: str = "eyes", **to: Any) -> Do:
    """To a new message in #ops, or as told."""
    return lambda world: world.client.reactions_add(
        name=name, **({"channel": OPS, "timestamp": world.post()} | to)
    )


def adds_then(*more: str) -> Do:
    """Eyes, and then these upon the same message."""

    def do(world: World) -> None:
        ts = world.post()
        for name in ("eyes", *more):
            world.client.reactions_add(channel=OPS, timestamp=ts, name=name)

    return do


def removes(name: str) -> Do:
    def do(world: World) -> None:
        ts = world.post()
        world.client.reactions_add(channel=OPS, timestamp=ts, name="eyes")
        world.client.reactions_remove(channel=OPS, timestamp=ts, name=name)

    return do


def mia_reacts(*names: str) -> Do:
    def do(world: World) -> None:
        ts = world.post()
        for name in names:
            world.act("mia", "react", channel="ops", ts=ts, emoji=name)

    return do


def takes_another_hands_reaction(world: World) -> None:
    ts = world.post()
    world.act("mia", "react", channel="ops", ts=ts, emoji="eyes")
    world.client.reactions_remove(channel=OPS, timestamp=ts, name="eyes")


def answers_the_first_name(world: World) -> None:
    ts = world.post()
    world.client.reactions_add(channel=OPS, timestamp=ts, name="thumbsup")
    assert [each["name"] for each in world.message(ts)["reactions"]] == ["+1"]


RULES = [
    Rule("one reacts with an emoji once", ADD,
         adds_then("tada"), adds_then("eyes"), "already_reacted"),
    Rule("another name of an emoji is the same emoji", ADD,
         adds_then("thumbsup"), adds_then("thumbsup", "+1"), "already_reacted"),
    Rule("an emoji is one that there is", ADD,
         adds("heavy_plus_sign"), adds("heavy_minus_signs"), "invalid_name"),
    Rule("an emoji is named without colons", ADD, adds("tada"), adds(":tada:"), "invalid_name"),
    Rule("a skin tone is one of five", ADD,
         adds("+1::skin-tone-6"), adds("+1::skin-tone-7"), "invalid_name"),
    Rule("only hands and people come in skin tones", "iamcal/emoji-data",
         adds("wave::skin-tone-2"), adds("lock::skin-tone-2"), "invalid_name"),
    Rule("a reaction names a message", ADD, adds(), adds(timestamp=""), "no_item_specified"),
    Rule("a message is named by its ts", ADD, adds(), adds(timestamp="12345"), "bad_timestamp"),
    Rule("nobody reacts to a message that is not there", ADD,
         adds(), adds(timestamp=NOWHEN), "message_not_found"),
    Rule("nobody reacts in an archived channel", ADD, adds(),
         lambda world: adds(channel=ARCHIVED, timestamp=world.archived_ts)(world), "is_archived"),
    Rule("a reaction that is not there is not taken away", REMOVE,
         removes("eyes"), removes("tada"), "no_reaction"),
    Rule("an app takes its own reactions away alone", REMOVE,
         removes("eyes"), takes_another_hands_reaction, "no_reaction"),
    Rule("a person reacts with an emoji once", ADD,
         mia_reacts("eyes", "+1", "+1::skin-tone-3"), mia_reacts("eyes", "eyes"),
         "already_reacted"),
    Rule("a person reacts with an emoji that there is", ADD,
         mia_reacts("snail"), mia_reacts("snale"), "invalid_name"),
]  # fmt: skip

EFFECTS = [
    Effect("a reaction carries the first name of its emoji", ADD, answers_the_first_name),
]  # fmt: skip
