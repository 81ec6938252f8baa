"""Account types of Slack's user objects."""

from typing import Any

import pytest

from bot.authorization.members import REFUSALS, classify_account, require_member
from bot.slack.answers.user import User
from bot.slack.checked_client import CheckedClient
from bot.slack.error_messages import SLACK_CALL_ERRORS, is_outage
from storage.people import people
from storage.tables import AccountType
from tests.support.answer_proxy import answer_proxy, body
from tests.support.listener_harness import TEAM, ListenerHarness


def in_teams(*teams: str) -> dict[str, Any]:
    """Return the part of a user object that lists the person's workspaces in an organization."""
    return {"enterprise_user": {"id": "W1", "enterprise_id": "E1", "teams": teams}}


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
        ({"team_id": "T2", "is_stranger": True}, AccountType.EXTERNAL),
        # Members of several workspaces of an organization, named by one of them, none, or the
        # organization: https://docs.slack.dev/reference/objects/user-object
        ({"id": "W1", **in_teams("T1", "T2"), "team_id": "T2"}, AccountType.MEMBER),
        ({"id": "W1", **in_teams("T1", "T2"), "team_id": "T1"}, AccountType.MEMBER),
        ({"id": "W1", **in_teams("T1", "T2"), "team_id": "E1"}, AccountType.MEMBER),
        ({"id": "W1", **in_teams("T1", "T2"), "team_id": None}, AccountType.MEMBER),
        ({"id": "W1", **in_teams("T1", "T2"), "is_stranger": True}, AccountType.MEMBER),
        ({"id": "W1", **in_teams("T1", "T2"), "is_restricted": True}, AccountType.GUEST),
        ({"id": "W1", **in_teams("T1", "T2"), "deleted": True}, AccountType.DEACTIVATED),
        ({"id": "W1", **in_teams("T2", "T3"), "team_id": "T2"}, AccountType.EXTERNAL),
        ({"id": "W1", **in_teams("T2", "T3"), "team_id": None}, AccountType.EXTERNAL),
        ({"id": "W1", "enterprise_user": {"teams": None}}, AccountType.MEMBER),
        ({"deleted": True}, AccountType.DEACTIVATED),
        ({"deleted": True, "is_bot": True}, AccountType.DEACTIVATED),
    ],
)
def test_user_object__gives_account_type(fields: dict[str, Any], account_type: AccountType) -> None:
    assert classify_account(User.model_validate({"id": "U1", **fields}), "T1") is account_type


def test_every_account_type_without_rights__has_a_refusal() -> None:
    assert REFUSALS.keys() == {*AccountType} - {AccountType.MEMBER, AccountType.UNKNOWN}


@pytest.mark.parametrize(
    "answer", ["null", "[]", '{"ok": true}', '{"ok": true, "user": {}}', '{"ok": false}']
)
def test_malformed_user__stores_nothing(team: ListenerHarness, answer: str) -> None:
    with answer_proxy(team.slack.base_url) as proxy:
        proxy.change_all("users.info", body(answer))
        client = CheckedClient(token=team.slack.token, base_url=proxy.url, retry_handlers=[])
        with pytest.raises(SLACK_CALL_ERRORS) as error:
            require_member(team.database, client, TEAM, "UNEW")
    assert is_outage(error.value)
    with team.database.snapshot() as session:
        assert people.account_type(session, TEAM, "UNEW") is AccountType.UNKNOWN
