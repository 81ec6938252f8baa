"""Every view: its golden file, and that Slack takes it."""

import json
from collections.abc import Callable

import pytest

from tests.bot.slack import plain_data, problems
from tests.bot.surfaces import SURFACES, Words


@pytest.mark.parametrize("name", SURFACES)
def test_it_is_as_its_golden_file_has_it(name: str, is_golden: Callable[[str, str], None]) -> None:
    data = plain_data(SURFACES[name](Words()))
    is_golden(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", SURFACES)
def test_slack_takes_it(name: str) -> None:
    assert problems(SURFACES[name](Words())) == []
