"""Routes of the OAuth consent page, where a person installs the app or declines."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Person
from slack_sandbox.slack import Slack

FOLDER = Path(__file__).parent
# Descriptions on the consent page. Scopes without one show only their name.
SCOPE_DESCRIPTIONS = {
    "channels:history": "Read messages in public channels it's in",
    "channels:join": "Join public channels",
    "channels:read": "See public channels",
    "chat:write": "Send messages as itself",
    "chat:write.customize": "Send messages under another name",
    "chat:write.public": "Send messages to channels it isn't in",
    "commands": "Add shortcuts and slash commands",
    "files:read": "See files shared with it",
    "files:write": "Upload files",
    "groups:history": "Read messages in private channels it's in",
    "groups:read": "See private channels it's in",
    "im:history": "Read direct messages sent to it",
    "im:write": "Start direct messages with people",
    "reactions:read": "See emoji reactions",
    "reactions:write": "Add emoji reactions",
    "team:read": "See the workspace's name",
    "users:read": "See people in the workspace",
}


class Consent:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/oauth/v2/authorize", self.show, methods=["GET"]),
            Route("/oauth/v2/authorize", self.submit, methods=["POST"]),
            Route("/oauth/consent.css", self.stylesheet),
        ]

    async def show(self, request: Request) -> Response:
        try:
            key, asking = self._slack.oauth.begin(request.query_params)
        except SlackError as error:
            return _error_page(error)
        return _page(
            "consent.html",
            app_name=escape(self._slack.app.name),
            team_name=escape(self._slack.workspace.name),
            key=key,
            scopes="".join(_scope(scope) for scope in sorted(asking.scopes)),
            people="".join(_option(person) for person in self._installers()),
        )

    async def submit(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        installers = {person.name: person for person in self._installers()}
        installer = installers.get(form.get("person", ""))
        try:
            is_allowed = form.get("answer") == "allow"
            if is_allowed and installer is None:
                raise SlackError("not_allowed", "Only members can install apps.")
            installed_by = installer if is_allowed else None
            url = self._slack.oauth.finish(form.get("key", ""), installed_by)
            return RedirectResponse(url, 302)
        except SlackError as error:
            return _error_page(error)

    async def stylesheet(self, _request: Request) -> Response:
        return FileResponse(FOLDER / "consent.css")

    def _installers(self) -> Iterable[Person]:
        return (person for person in self._slack.workspace.people.values() if person.is_member)


def _page(name: str, status: int = 200, **parts: str) -> Response:
    page = Template((FOLDER / name).read_text(encoding="utf-8"))
    return HTMLResponse(page.substitute(parts), status)


def _error_page(error: SlackError) -> Response:
    return _page("error.html", 400, error=escape(error.error), detail=escape(error.detail))


def _scope(name: str) -> str:
    return f"<li>{escape(SCOPE_DESCRIPTIONS.get(name, ''))} <code>{escape(name)}</code></li>"


def _option(person: Person) -> str:
    return f'<option value="{escape(person.name)}">{escape(person.real_name)}</option>'
