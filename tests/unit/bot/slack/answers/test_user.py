"""User objects: the name that Slack shows."""

from typing import Any

import pytest

from bot.slack.answers.user import User


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "ana", "profile": {"display_name": "Ana", "real_name": "Ana Silva"}}, "Ana"),
        ({"name": "ana", "profile": {"display_name": "", "real_name": "Ana Silva"}}, "Ana Silva"),
        ({"name": "ana", "profile": None}, "ana"),
        ({"name": "ana"}, "ana"),
        ({}, None),
    ],
)
def test_user_object__gives_the_name_that_slack_shows(
    fields: dict[str, Any], name: str | None
) -> None:
    assert User.model_validate({"id": "U1", **fields}).shown_name == name
