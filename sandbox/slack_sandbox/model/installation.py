"""The app's installation: a bot token with scopes, until it's revoked.

Without the token, the app is still installed: people can use its commands and forms.

https://docs.slack.dev/authentication/installing-with-oauth and
https://docs.slack.dev/authentication/tokens
"""

from collections.abc import Iterable

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.ids import bot_token
from slack_sandbox.model.manifest import App


class Installation:
    """The installation. If it starts `installed`, it has all scopes of the manifest."""

    def __init__(self, app: App, *, installed: bool) -> None:
        self._app = app
        self._token = app.bot_token if installed else ""
        self._revoked: set[str] = set()
        self.is_installed = installed
        self.scopes = app.scopes if installed else frozenset()

    @property
    def has_token(self) -> bool:
        return bool(self._token)

    def grant(self, scopes: Iterable[str]) -> str:
        """Return a token with these scopes. If the app has one, add the scopes to it."""
        self.is_installed = True
        self._token = self._token or bot_token()
        self.scopes = self.scopes.union(scopes)
        return self._token

    def revoke(self) -> None:
        """Revoke the token, and with it all scopes."""
        self._revoked.add(self._token)
        self._token = ""
        self.scopes = frozenset()

    def check(self, token: str, *, app_level: bool) -> None:
        """Raise SlackError if a token isn't valid, or isn't an app-level token as required."""
        if token in self._revoked:
            # "Authentication token is for a deleted user or workspace when using a bot token."
            raise SlackError("account_inactive")
        if not token or token not in (self._token, self._app.app_token):
            raise SlackError("invalid_auth")
        if app_level != (token == self._app.app_token):
            raise SlackError("not_allowed_token_type")
