"""Slack Web API client that raises MalformedAnswer where the SDK fails on an answer."""

from typing import Any

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import MalformedAnswer
from bot.slack.answers.auth_test import read_identity
from bot.slack.answers.connection import read_websocket_url
from bot.slack.payload import remove_unstorable
from bot.slack.time_limited_client import TimeLimitedClient

# What the SDK raises for JSON that isn't an object, for numbers that are too long, and for nesting
# that is too deep.
PARSE_ERRORS = (AttributeError, RecursionError, ValueError)


class CheckedClient(TimeLimitedClient):
    """Client whose answers are JSON objects of storable text, even if Bolt makes the call."""

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method. Return its answer, with only text that can be stored.

        Raise MalformedAnswer if the answer can't be parsed.
        """
        try:
            response = super().api_call(api_method, **arguments)
            remove_unstorable(response.data)
        except UnicodeEncodeError:  # a bug: the request, not the answer
            raise
        except PARSE_ERRORS as error:
            raise MalformedAnswer(api_method, "can't be parsed") from error
        return response

    def auth_test(self, **arguments: Any) -> SlackResponse:
        """Return the answer to auth.test, which Bolt reads too. Raise MalformedAnswer."""
        response = super().auth_test(**arguments)
        read_identity(response)
        return response

    def apps_connections_open(self, *, app_token: str, **arguments: Any) -> SlackResponse:
        """Return the answer to apps.connections.open. Raise MalformedAnswer."""
        response = super().apps_connections_open(app_token=app_token, **arguments)
        read_websocket_url(response)
        return response
