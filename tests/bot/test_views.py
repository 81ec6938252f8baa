"""Every view: its golden file, and that Slack takes it."""

import json
import re
from collections.abc import Callable

import pytest

from bot.views.kit import Message
from tests.bot.conftest import FOLDER
from tests.bot.slack import plain_data, problems
from tests.bot.surfaces import SURFACES, Words


@pytest.mark.parametrize("name", SURFACES)
def test_it_is_as_its_golden_file_has_it(name: str, is_golden: Callable[[str, str], None]) -> None:
    data = plain_data(SURFACES[name](Words()))
    is_golden(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def test_no_golden_file_outlives_its_view() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == set(SURFACES)


@pytest.mark.parametrize("name", SURFACES)
def test_slack_takes_it(name: str) -> None:
    assert problems(SURFACES[name](Words())) == []


MESSAGES = [name for name, make in SURFACES.items() if isinstance(make(Words()), Message)]


@pytest.mark.parametrize("name", MESSAGES)
def test_who_hears_only_its_text_hears_of_every_project_that_it_shows(name: str) -> None:
    data = plain_data(SURFACES[name](Words()))
    assert numbers_in(str(data["blocks"])) <= numbers_in(data["text"])


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"#\d+", text))
