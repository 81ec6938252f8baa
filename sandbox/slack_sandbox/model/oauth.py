"""OAuth v2: authorization requests, and codes that the app exchanges for a token.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import Clock, Person

CODE_LIFETIME = 10 * 60  # seconds: "it will expire ten minutes later"
MAX_PENDING = 1000
T = TypeVar("T")


@dataclass(frozen=True)
class AuthorizationRequest:
    """An app's request for authorization. `sent_uri` is the `redirect_uri` in it, or empty."""

    scopes: frozenset[str]
    redirect_uri: str
    sent_uri: str
    state: str

    def redirect_url(self, **answer: str) -> str:
        """Return the redirect URI with the answer and the state."""
        return str(httpx.URL(self.redirect_uri).copy_merge_params(answer | {"state": self.state}))


@dataclass
class Code:
    """A code that a person's consent gave the app."""

    request: AuthorizationRequest
    person: Person
    issued: float
    used: bool = False


class OAuth:
    def __init__(self, app: App, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._requests: dict[str, AuthorizationRequest] = {}
        self._codes: dict[str, Code] = {}

    def begin(self, params: Mapping[str, str]) -> tuple[str, AuthorizationRequest]:
        """Check the query parameters of an authorization URL.

        Return a key to finish the request with, and the request. Raise SlackError if it's invalid.
        """
        if params.get("client_id") != self._app.client_id:
            raise SlackError("invalid_client_id", "No app has this client_id.")
        scopes = frozenset(filter(None, params.get("scope", "").replace(" ", ",").split(",")))
        if not scopes:
            raise SlackError("no_scopes", "The link requests no scopes.")
        # Stricter than Slack, where a link can request scopes that aren't in the configuration.
        if unknown := scopes - self._app.scopes:
            names = ", ".join(sorted(unknown))
            raise SlackError("invalid_scope", f"The manifest doesn't have these scopes: {names}.")
        sent_uri = params.get("redirect_uri", "")
        request = AuthorizationRequest(
            scopes, self._redirect(sent_uri), sent_uri, params.get("state", "")
        )
        return _store(self._requests, request), request

    def finish(self, key: str, person: Person | None) -> str:
        """Return the redirect URL: with a code for the person who allows it, or with an error.

        Raise SlackError if the request is unknown or already finished.
        """
        request = self._requests.pop(key, None)
        if request is None:
            raise SlackError("invalid_request", "This page was already answered.")
        if person is None:
            return request.redirect_url(error="access_denied")
        return request.redirect_url(code=_store(self._codes, Code(request, person, self._clock())))

    def exchange(self, key: str, redirect_uri: str) -> Code:
        """Return a code. It works once, within ten minutes, with the `redirect_uri` of its request.

        Raise SlackError otherwise.
        """
        code = self._codes.get(key)
        if code is None or self._clock() - code.issued > CODE_LIFETIME:
            raise SlackError("invalid_code")
        if code.used:
            raise SlackError("code_already_used")  # kmrshntr/omniauth-slack issue 54
        if redirect_uri != code.request.sent_uri:
            raise SlackError("bad_redirect_uri")
        code.used = True
        return code

    def check_client(self, client_id: str, client_secret: str) -> None:
        """Raise SlackError if these aren't the app's ID and secret."""
        if client_id != self._app.client_id:
            raise SlackError("invalid_client_id")
        if not secrets.compare_digest(client_secret, self._app.client_secret):
            raise SlackError("bad_client_secret")

    def _redirect(self, sent: str) -> str:
        """Return the redirect URI that was sent, or the manifest's first one if none was.

        Raise SlackError if it's neither in the manifest nor below a URL in it.
        """
        for declared in self._app.redirect_urls:
            if not sent or sent == declared or sent.startswith(f"{declared.rstrip('/')}/"):
                return sent or declared
        raise SlackError("bad_redirect_uri", f"The manifest's redirect_urls don't allow {sent!r}.")


def _store(stored: dict[str, T], value: T) -> str:
    """Store a value, and return its key, which can't be guessed. Remove the oldest if necessary."""
    if len(stored) >= MAX_PENDING:
        del stored[next(iter(stored))]
    key = secrets.token_urlsafe(24)
    stored[key] = value
    return key
