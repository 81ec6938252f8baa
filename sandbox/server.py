"""A sandbox that runs: the HTTP and WebSocket server around one Slack."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from sandbox import web_api
from sandbox.control import Control
from sandbox.manifest import install
from sandbox.refusal import Refused
from sandbox.replies import reply
from sandbox.slack import Slack
from sandbox.workspace import Clock

PAGE = Path(__file__).parent / "page"
LOOPBACK = "127.0.0.1"
# Should words of people or apps ever become HTML, nothing in them would run.
PAGE_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' http: https:",  # images of Block Kit come from anywhere
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Sandbox:
    """A strict local Slack with one app installed, on a thread of its own.

    `clock` gives epoch seconds and rules triggers, response URLs and rate limits; `ack_within` is
    how many seconds the app has to ack.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        port: int = 0,
        clock: Clock = time.time,
        ack_within: float = 3.0,
    ) -> None:
        self._port = port
        self._clock = clock
        self._ack_within = ack_within
        self._app = install(manifest)
        self.bot_token = self._app.bot_token
        self.app_token = self._app.app_token
        self.url = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def __enter__(self) -> Self:
        listening = socket.create_server((LOOPBACK, self._port))
        self.url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        slack = Slack(self._app, self.url, self._clock, self._ack_within)
        self._server = Server(uvicorn.Config(_routes(slack), **SERVING))
        self._thread = threading.Thread(
            target=self._server.run, args=([listening],), name="sandbox", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


SERVING: dict[str, Any] = {
    "log_config": None,
    "log_level": "warning",
    "access_log": False,
    "ws": "websockets-sansio",
    "timeout_graceful_shutdown": 1,
}


class Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def _routes(slack: Slack) -> Starlette:
    async def api(request: Request) -> JSONResponse:
        return await web_api.answer(slack, request)

    async def response(request: Request) -> Response:
        return await _respond(slack, request)

    async def connect(websocket: WebSocket) -> None:
        await slack.socket_mode.serve(websocket)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await slack.socket_mode.stop()

    return Starlette(
        routes=[
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/response/{key}", response, methods=["POST"]),
            WebSocketRoute("/socket", connect),
            *Control(slack).routes(),
            Route("/", _page),
            Route("/archives/{rest:path}", _page),
            Mount("/static", StaticFiles(directory=PAGE, check_dir=False)),
        ],
        # A web page elsewhere must not reach in by a name of its own that points here.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
        lifespan=lifespan,
    )


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


async def _respond(slack: Slack, request: Request) -> Response:
    """An answer by response_url; Slack says a plain "ok"."""
    body: Any = {}
    try:
        body = json.loads(await request.body() or b"null")
        if not isinstance(body, dict):
            raise Refused("invalid_payload")
        reply(slack, slack.response_urls.use(request.path_params["key"]), body)
    except (Refused, ValueError) as refusal:
        error = refusal.error if isinstance(refusal, Refused) else "invalid_payload"
        slack.traffic.record("app", "api", "response_url", request={"body": body}, error=error)
        status = 404 if error in ("used_url", "expired_url") else 400
        return JSONResponse({"ok": False, "error": error}, status)
    slack.traffic.record("app", "api", "response_url", request=body)
    return PlainTextResponse("ok")
