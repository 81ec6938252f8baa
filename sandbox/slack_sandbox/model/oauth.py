"""OAuth v2: what an app asks a person for, and the code that it gets and turns into a token.

docs.slack.dev/authentication/installing-with-oauth
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import Clock, Person

CODE_SECONDS = 10 * 60  # "it will expire ten minutes later"
MOST_KEPT = 1000
T = TypeVar("T")


@dataclass(frozen=True)
class Asking:
    """What an app asks for; `sent_uri` is the redirect_uri that it named, maybe none."""

    scopes: frozenset[str]
    redirect_uri: str
    sent_uri: str
    state: str

    def leads_to(self, **answer: str) -> str:
        query = urlencode(answer | {"state": self.state})
        return f"{self.redirect_uri}{'&' if '?' in self.redirect_uri else '?'}{query}"


@dataclass
class Code:
    asking: Asking
    person: Person
    issued: float
    used: bool = False


class OAuth:
    def __init__(self, app: App, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._asked: dict[str, Asking] = {}
        self._codes: dict[str, Code] = {}

    def ask(self, given: Mapping[str, str]) -> tuple[str, Asking]:
        """Check what an app asks for; with a key by which it is answered, once."""
        if given.get("client_id") != self._app.client_id:
            raise Refused("invalid_client_id", "No app has this client_id.")
        scopes = frozenset(filter(None, given.get("scope", "").replace(" ", ",").split(",")))
        if not scopes:
            raise Refused("no_scopes", "The link asks for no scope.")
        # Stricter than Slack, where a link may ask for more than the app's configuration.
        if unknown := scopes - self._app.scopes:
            named = ", ".join(sorted(unknown))
            raise Refused("invalid_scope", f"The manifest does not have these scopes: {named}.")
        sent_uri = given.get("redirect_uri", "")
        asking = Asking(scopes, self._redirect(sent_uri), sent_uri, given.get("state", ""))
        return _keep(self._asked, asking), asking

    def answer(self, key: str, person: Person | None) -> str:
        """Where to go on: with a code if this person allows it, with an error if nobody does."""
        asking = self._asked.pop(key, None)
        if asking is None:
            raise Refused("invalid_request", "This page was answered already.")
        if person is None:
            return asking.leads_to(error="access_denied")
        return asking.leads_to(code=_keep(self._codes, Code(asking, person, self._clock())))

    def exchange(self, key: str, redirect_uri: str) -> Code:
        """A code works once, within ten minutes, with the redirect_uri that it was asked with."""
        code = self._codes.get(key)
        if code is None or self._clock() - code.issued > CODE_SECONDS:
            raise Refused("invalid_code")
        if code.used:
            raise Refused("code_already_used")  # kmrshntr/omniauth-slack issue 54
        if redirect_uri != code.asking.sent_uri:
            raise Refused("bad_redirect_uri")
        code.used = True
        return code

    def check_client(self, client_id: str, client_secret: str) -> None:
        if client_id != self._app.client_id:
            raise Refused("invalid_client_id")
        if not secrets.compare_digest(client_secret, self._app.client_secret):
            raise Refused("bad_client_secret")

    def _redirect(self, sent: str) -> str:
        """One that the manifest names, or an address below it; the first if none is sent."""
        for known in self._app.redirect_urls:
            if not sent or sent == known or sent.startswith(f"{known.rstrip('/')}/"):
                return sent or known
        raise Refused("bad_redirect_uri", f"The manifest's redirect_urls do not allow {sent!r}.")


def _keep(kept: dict[str, T], value: T) -> str:
    """Under a key that nobody can guess; the oldest go when there are too many."""
    if len(kept) >= MOST_KEPT:
        del kept[next(iter(kept))]
    key = secrets.token_urlsafe(24)
    kept[key] = value
    return key
