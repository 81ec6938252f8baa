"""Control API: what the page, the client, and tests see and do as a person."""

import asyncio
import contextlib
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

# Imported because they register actions.
from slack_sandbox.control.actions import (  # noqa: F401
    channels,
    external_menus,
    interactions,
    members,
    messages,
    modals,
)
from slack_sandbox.control.actions.built_in_commands import BUILT_IN
from slack_sandbox.control.actions.registry import perform
from slack_sandbox.control.fault_routes import body_of
from slack_sandbox.model.emoji import picker_emoji
from slack_sandbox.model.errors import SlackError
from slack_sandbox.slack import Slack
from slack_sandbox.snapshot import take
from slack_sandbox.surfaces.screens import serialize_person

WEBSOCKET_TRY_AGAIN_LATER = 1013  # https://www.rfc-editor.org/rfc/rfc6455#section-7.4


class ControlRoutes:
    """The routes of the control API, except those for faults."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/workspace", self.workspace),
            Route("/control/screen/{person}", self.screen),
            Route("/control/snapshot", self.snapshot),
            Route("/control/traffic", self.traffic),
            Route("/control/app", self.app),
            Route("/control/as/{person}/{action}", self.act, methods=["POST"]),
            WebSocketRoute("/control/live/{person}", self.live),
        ]

    async def workspace(self, _request: Request) -> JSONResponse:
        workspace, app = self._slack.workspace, self._slack.app
        is_installed = self._slack.installation.is_installed
        people = [
            serialize_person(person) | {"is_app": person.id == app.bot_user_id}
            for person in workspace.people.values()
        ]
        app_json = {
            "id": app.id,
            "name": app.name,
            "bot_user_id": app.bot_user_id,
            "has_home": app.has_home,
            "has_messages_tab": app.has_messages_tab,
            "accepts_direct_messages": app.accepts_direct_messages,
            "commands": [asdict(each) for each in app.commands.values() if is_installed],
            "shortcuts": [asdict(each) for each in app.shortcuts if is_installed],
        }
        return JSONResponse(
            {
                "team": {"id": workspace.team_id, "name": workspace.name},
                "app": app_json,
                "built_in_commands": [asdict(built_in.declared) for built_in in BUILT_IN.values()],
                "people": people,
                "emoji": picker_emoji(),
            }
        )

    async def screen(self, request: Request) -> JSONResponse:
        try:
            person = self._slack.workspace.person(request.path_params["person"])
        except SlackError as refusal:
            return JSONResponse(refusal.body(), 404)
        params = request.query_params
        newest = params.get("newest", "")
        screen = self._slack.screens.screen(
            person,
            params.get("messages_of"),
            ts=params.get("ts"),
            newest=int(newest) if newest.isdecimal() else None,
        )
        return JSONResponse(screen)

    async def snapshot(self, _request: Request) -> JSONResponse:
        return JSONResponse(take(self._slack.app, self._slack.workspace, self._slack.views))

    async def traffic(self, request: Request) -> JSONResponse:
        after = request.query_params.get("after", "0")
        entries = self._slack.traffic.after(int(after) if after.isdigit() else 0)
        return JSONResponse({"entries": entries})

    async def app(self, _request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "connections": self._slack.socket_mode.connections,
                "installed": self._slack.installation.is_installed,
            }
        )

    async def act(self, request: Request) -> JSONResponse:
        person, action = request.path_params["person"], request.path_params["action"]
        return JSONResponse(await perform(self._slack, person, action, await body_of(request)))

    async def live(self, websocket: WebSocket) -> None:
        try:
            person = self._slack.workspace.person(websocket.path_params["person"])
        except SlackError:
            await websocket.close()
            return
        await websocket.accept()
        with_traffic = websocket.query_params.get("traffic") != "no"
        viewer = self._slack.screens.subscribe(person, with_traffic=with_traffic)
        sending = asyncio.create_task(_send_frames(websocket, viewer.frames))
        try:
            async for _ in websocket.iter_text():
                pass  # the page sends nothing; the loop ends when it disconnects
        finally:
            self._slack.screens.unsubscribe(viewer)
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sending


async def _send_frames(websocket: WebSocket, frames: asyncio.Queue[str | None]) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (text := await frames.get()) is not None:
            await websocket.send_text(text)
        await websocket.close(WEBSOCKET_TRY_AGAIN_LATER)
