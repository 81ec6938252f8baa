"""What the workspace gave the app: a bot token with scopes, until it is taken back.

docs.slack.dev/authentication/installing-with-oauth, …/authentication/tokens
"""

from collections.abc import Iterable

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.ids import bot_token
from slack_sandbox.model.manifest import App


class Installation:
    """From the start the app is installed with all that its manifest asks for, or not at all."""

    def __init__(self, app: App, *, installed: bool) -> None:
        self._app = app
        self._token = app.bot_token if installed else ""
        self._revoked: set[str] = set()
        self.scopes = app.scopes if installed else frozenset()

    @property
    def is_active(self) -> bool:
        return bool(self._token)

    def grant(self, scopes: Iterable[str]) -> str:
        """A token with these scopes; while one is in force, it is that one, with these added."""
        self._token = self._token or bot_token()
        self.scopes = self.scopes.union(scopes)
        return self._token

    def revoke(self) -> None:
        self._revoked.add(self._token)
        self._token = ""
        self.scopes = frozenset()

    def check(self, token: str, *, app_level: bool) -> None:
        """Refuse a token that is not good for a method, of the kind that needs one for the app."""
        if token in self._revoked:
            # "Authentication token is for a deleted user or workspace when using a bot token."
            raise Refused("account_inactive")
        if not token or token not in (self._token, self._app.app_token):
            raise Refused("invalid_auth")
        if app_level != (token == self._app.app_token):
            raise Refused("not_allowed_token_type")
