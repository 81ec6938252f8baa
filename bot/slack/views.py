"""Replacement of an open view, safe against a second click."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import error_code

HASH_CONFLICT = "hash_conflict"


def replace_view(client: WebClient, view: dict[str, Any], replacement: dict[str, Any]) -> None:
    """Show another view in place of one, unless an earlier click has replaced it already.

    https://docs.slack.dev/surfaces/modals#handling_race_conditions
    """
    try:
        client.views_update(view_id=view["id"], hash=view["hash"], view=replacement)
    except SlackApiError as error:
        if error_code(error) != HASH_CONFLICT:
            raise
