"""Account types of Slack's user objects."""

from typing import Any

import pytest

from bot.authorization.members import REFUSALS, classify_account, display_name
from storage.tables import AccountType


@pytest.mark.parametrize(
    ("fields", "account_type"),
    [
        ({}, AccountType.MEMBER),
        ({"is_admin": True, "is_owner": True}, AccountType.MEMBER),
        ({"team_id": "T1", "is_restricted": False}, AccountType.MEMBER),
        ({"is_restricted": True}, AccountType.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, AccountType.GUEST),
        ({"is_ultra_restricted": True}, AccountType.GUEST),
        ({"is_bot": True}, AccountType.BOT),
        ({"id": "USLACKBOT", "is_bot": False}, AccountType.BOT),
        ({"is_stranger": True}, AccountType.EXTERNAL),
        ({"team_id": "T2"}, AccountType.EXTERNAL),
        ({"team_id": "T2", "is_restricted": True}, AccountType.EXTERNAL),
        ({"deleted": True}, AccountType.DEACTIVATED),
        ({"deleted": True, "is_bot": True}, AccountType.DEACTIVATED),
    ],
)
def test_user_object__gives_account_type(fields: dict[str, Any], account_type: AccountType) -> None:
    assert classify_account({"id": "U1", **fields}, "T1") is account_type


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "ana", "profile": {"display_name": "Ana", "real_name": "Ana Silva"}}, "Ana"),
        ({"name": "ana", "profile": {"display_name": "", "real_name": "Ana Silva"}}, "Ana Silva"),
        ({"name": "ana"}, "ana"),
        ({}, None),
    ],
)
def test_user_object__gives_the_name_that_slack_shows(
    user: dict[str, Any], name: str | None
) -> None:
    assert display_name(user) == name


def test_every_account_type_without_rights__has_a_refusal() -> None:
    assert REFUSALS.keys() == {*AccountType} - {AccountType.MEMBER, AccountType.UNKNOWN}
