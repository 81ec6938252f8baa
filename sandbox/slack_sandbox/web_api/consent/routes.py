"""The page on which a person lets an app into the workspace, or does not."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Person
from slack_sandbox.slack import Slack

FOLDER = Path(__file__).parent
# What a scope means to the person who is asked; the others are shown by their names alone.
SCOPE_DESCRIPTIONS = {
    "channels:history": "Read messages in public channels it is in",
    "channels:join": "Join public channels",
    "channels:read": "See public channels",
    "chat:write": "Send messages as itself",
    "chat:write.customize": "Send messages under another name",
    "chat:write.public": "Send messages to channels it is not in",
    "commands": "Add shortcuts and slash commands",
    "files:read": "See files shared with it",
    "files:write": "Upload files",
    "groups:history": "Read messages in private channels it is in",
    "groups:read": "See private channels it is in",
    "im:history": "Read direct messages to it",
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
            Route("/oauth/v2/authorize", self.ask, methods=["GET"]),
            Route("/oauth/v2/authorize", self.answer, methods=["POST"]),
            Route("/oauth/consent.css", self.style),
        ]

    async def ask(self, request: Request) -> Response:
        try:
            key, asking = self._slack.oauth.ask(request.query_params)
        except Refused as refusal:
            return _refused(refusal)
        return _page(
            "consent.html",
            app_name=escape(self._slack.app.name),
            team_name=escape(self._slack.workspace.name),
            key=key,
            scopes="".join(_scope(each) for each in sorted(asking.scopes)),
            people="".join(_option(each) for each in self._installers()),
        )

    async def answer(self, request: Request) -> Response:
        given = dict(parse_qsl((await request.body()).decode()))
        chosen = given.get("person")
        person = next((each for each in self._installers() if each.name == chosen), None)
        try:
            if given.get("answer") == "allow" and person is None:
                raise Refused("not_allowed", "Only members can install apps.")
            allows = person if given.get("answer") == "allow" else None
            return RedirectResponse(self._slack.oauth.answer(given.get("key", ""), allows), 302)
        except Refused as refusal:
            return _refused(refusal)

    async def style(self, _request: Request) -> Response:
        return FileResponse(FOLDER / "consent.css")

    def _installers(self) -> Iterable[Person]:
        return (each for each in self._slack.workspace.people.values() if each.is_member)


def _page(name: str, status: int = 200, **parts: str) -> Response:
    page = Template((FOLDER / name).read_text(encoding="utf-8"))
    return HTMLResponse(page.substitute(parts), status)


def _refused(refusal: Refused) -> Response:
    error, detail = escape(refusal.error), escape(refusal.detail)
    return _page("error.html", 400, error=error, detail=detail)


def _scope(name: str) -> str:
    return f"<li>{escape(SCOPE_DESCRIPTIONS.get(name, ''))} <code>{escape(name)}</code></li>"


def _option(person: Person) -> str:
    return f'<option value="{escape(person.name)}">{escape(person.real_name)}</option>'
