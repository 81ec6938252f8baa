"""/control: what the page and the tests see and do as a person."""

import asyncio
import contextlib
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

# Imported for what they enter into the table.
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
from slack_sandbox.model.emoji import offered
from slack_sandbox.model.errors import SlackError
from slack_sandbox.slack import Slack
from slack_sandbox.snapshot import take
from slack_sandbox.surfaces.screens import serialize_person

TRY_AGAIN_LATER = 1013  # a WebSocket's reason for being closed


class ControlRoutes:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/workspace", self.workspace),
            Route("/control/screen/{person}", self.screen),
            Route("/control/snapshot", self.snapshot),
            Route("/control/traffic", self.traffic),
            Route("/control/app", self.app),
            Route("/control/as/{person}/{act}", self.act, methods=["POST"]),
            WebSocketRoute("/control/live/{person}", self.live),
        ]

    async def workspace(self, _request: Request) -> JSONResponse:
        workspace, app = self._slack.workspace, self._slack.app
        everybody = [
            serialize_person(person) | {"is_app": person.id == app.bot_user_id}
            for person in workspace.people.values()
        ]
        declared = {
            "id": app.id,
            "name": app.name,
            "bot_user_id": app.bot_user_id,
            "has_home": app.has_home,
            "commands": [asdict(each) for each in app.commands.values()],
            "shortcuts": [asdict(each) for each in app.shortcuts],
        }
        return JSONResponse(
            {
                "team": {"id": workspace.team_id, "name": workspace.name},
                "app": declared,
                "built_in_commands": [asdict(each.declared) for each in BUILT_IN.values()],
                "people": everybody,
                "emoji": offered(),
            }
        )

    async def screen(self, request: Request) -> JSONResponse:
        try:
            person = self._slack.workspace.person(request.path_params["person"])
        except SlackError as refusal:
            return JSONResponse(refusal.body(), 404)
        asked = request.query_params
        newest = asked.get("newest", "")
        screen = self._slack.screens.screen(
            person,
            asked.get("messages_of"),
            ts=asked.get("ts"),
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
                "installed": self._slack.installation.is_active,
            }
        )

    async def act(self, request: Request) -> JSONResponse:
        who, what = request.path_params["person"], request.path_params["act"]
        return JSONResponse(await perform(self._slack, who, what, await body_of(request)))

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
                pass  # the page only listens; this ends when it goes
        finally:
            self._slack.screens.unsubscribe(viewer)
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sending


async def _send_frames(websocket: WebSocket, frames: asyncio.Queue[str | None]) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (text := await frames.get()) is not None:
            await websocket.send_text(text)
        await websocket.close(TRY_AGAIN_LATER)
