"""Every view: its golden file, and that Slack takes it."""

import json
from collections.abc import Callable

import pytest

from bot.views.kit import MESSAGE_TEXT, Message
from sandbox.blocks.check import message_problems, text_length, view_problems
from tests.bot.surfaces import SURFACES, Surface, Words, plain_data

# "Far below": bot.views.overview.
MOST_IN_ALL = 12_000


def problems(surface: Surface) -> list[str]:
    """What Slack would find wrong with it."""
    if not isinstance(surface, Message):
        return view_problems(surface)
    found = message_problems(surface.blocks)
    if not 0 < len(surface.text) <= MESSAGE_TEXT:
        found.append(f"{len(surface.text)} characters of text")
    if text_length(surface.blocks) > MOST_IN_ALL:
        found.append(f"{text_length(surface.blocks)} characters in all")
    return found


@pytest.mark.parametrize("name", SURFACES)
def test_it_is_as_its_golden_file_has_it(name: str, is_golden: Callable[[str, str], None]) -> None:
    data = plain_data(SURFACES[name](Words()))
    is_golden(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", SURFACES)
def test_slack_takes_it(name: str) -> None:
    assert problems(SURFACES[name](Words())) == []
