"""Emoji by Slack's names for them."""

import pytest

from slack_sandbox.model.emoji import CHARACTERS, PICKER, picker_emoji, reaction_name
from slack_sandbox.model.errors import SlackError


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ("+1", "+1"),
        ("thumbsup", "+1"),
        ("thumbsup::skin-tone-3", "+1::skin-tone-3"),
        ("raised_hand", "hand"),
        ("flag-nl", "flag-nl"),
    ],
)
def test_a_reaction_carries_the_first_name_of_its_emoji(given: str, carried: str) -> None:
    assert reaction_name(given) == carried


@pytest.mark.parametrize(
    "given", ["", "nope", ":+1:", "👍", "*", "lock::skin-tone-3", "+1::skin-tone-1", "+1::", "#"]
)
def test_an_emoji_that_is_not_there_is_refused(given: str) -> None:
    with pytest.raises(SlackError, match="invalid_name"):
        reaction_name(given)


def test_the_picker_offers_emoji_by_the_names_that_reactions_carry() -> None:
    assert [name for name, _ in PICKER if reaction_name(name) != name] == []


def test_the_picker_knows_each_emoji_by_all_of_its_names() -> None:
    thumb = next(each for each in picker_emoji() if each["name"] == "+1")
    assert thumb == {"name": "+1", "character": "👍", "aliases": ["thumbsup"], "has_tones": True}
    assert [each for each in picker_emoji() if set(each) != set(thumb)] == []


def test_an_alias_is_read_as_its_emoji() -> None:
    assert (CHARACTERS["thumbsup"], CHARACTERS["raised_hand"]) == ("👍", "✋")
