"""Emoji names: aliases, skin tones, and the picker."""

import pytest

from slack_sandbox.model.emoji import CHARACTERS, PICKER, picker_emoji, reaction_name
from slack_sandbox.model.errors import SlackError


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("+1", "+1"),
        ("thumbsup", "+1"),
        ("thumbsup::skin-tone-3", "+1::skin-tone-3"),
        ("raised_hand", "hand"),
        ("flag-nl", "flag-nl"),
    ],
)
def test_alias__is_the_first_name_in_a_reaction(alias: str, name: str) -> None:
    assert reaction_name(alias) == name


@pytest.mark.parametrize(
    "emoji", ["", "nope", ":+1:", "👍", "*", "lock::skin-tone-3", "+1::skin-tone-1", "+1::", "#"]
)
def test_unknown_emoji__is_rejected(emoji: str) -> None:
    with pytest.raises(SlackError, match="invalid_name"):
        reaction_name(emoji)


def test_picker__uses_the_names_of_reactions() -> None:
    assert [name for name, _ in PICKER if reaction_name(name) != name] == []


def test_picker__lists_all_aliases() -> None:
    thumb = next(emoji for emoji in picker_emoji() if emoji["name"] == "+1")
    assert thumb == {"name": "+1", "character": "👍", "aliases": ["thumbsup"], "has_tones": True}
    assert [emoji for emoji in picker_emoji() if set(emoji) != set(thumb)] == []


def test_alias__has_the_character_of_its_emoji() -> None:
    assert (CHARACTERS["thumbsup"], CHARACTERS["raised_hand"]) == ("👍", "✋")
