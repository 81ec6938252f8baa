"""Who counts as what, by what Slack says of them."""

from typing import Any

import pytest

from bot.authorization.members import REFUSALS, classify_account
from storage.tables import Kind


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ({}, Kind.MEMBER),
        ({"is_admin": True, "is_owner": True}, Kind.MEMBER),
        ({"team_id": "T1", "is_restricted": False}, Kind.MEMBER),
        ({"is_restricted": True}, Kind.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Kind.GUEST),
        ({"is_ultra_restricted": True}, Kind.GUEST),
        ({"is_bot": True}, Kind.BOT),
        ({"id": "USLACKBOT", "is_bot": False}, Kind.BOT),
        ({"is_stranger": True}, Kind.STRANGER),
        ({"team_id": "T2"}, Kind.STRANGER),
        ({"team_id": "T2", "is_restricted": True}, Kind.STRANGER),
        ({"deleted": True}, Kind.DEACTIVATED),
        ({"deleted": True, "is_bot": True}, Kind.DEACTIVATED),
    ],
)
def test_someone_is_what_slack_says(says: dict[str, Any], kind: Kind) -> None:
    assert classify_account({"id": "U1", **says}, "T1") is kind


def test_everyone_who_has_no_vote_is_told_why() -> None:
    assert REFUSALS.keys() == {*Kind} - {Kind.MEMBER, Kind.UNKNOWN}
