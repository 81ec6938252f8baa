"""Account types of Slack's user objects."""

from typing import Any

import pytest

from bot.authorization.members import REFUSALS, classify_account
from bot.slack.answers.user import User
from storage.tables import AccountType


@pytest.mark.parametrize(
    ("fields", "account_type"),
    [
        ({}, AccountType.MEMBER),
        ({"is_admin": True, "is_owner": True}, AccountType.MEMBER),
        ({"team_id": "T1", "is_restricted": False}, AccountType.MEMBER),
        ({"team_id": None, "is_restricted": None}, AccountType.MEMBER),
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
    assert classify_account(User.model_validate({"id": "U1", **fields}), "T1") is account_type


def test_every_account_type_without_rights__has_a_refusal() -> None:
    assert REFUSALS.keys() == {*AccountType} - {AccountType.MEMBER, AccountType.UNKNOWN}
