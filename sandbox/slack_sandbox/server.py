"""A sandbox that runs: the HTTP and WebSocket server around one Slack."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
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

from slack_sandbox.control.fault_routes import FaultRoutes
from slack_sandbox.control.response_urls import reply
from slack_sandbox.control.routes import ControlRoutes
from slack_sandbox.delivery.deliveries import RETRY_DELAYS
from slack_sandbox.delivery.events import EVENTS_PER_HOUR
from slack_sandbox.faults.http_faults import through_faults
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.manifest import read_manifest
from slack_sandbox.model.workspace import Clock
from slack_sandbox.slack import Slack, SlackSettings
from slack_sandbox.snapshot import Snapshot, identify
from slack_sandbox.uvicorn_protocols import HttpConnection, SocketConnection
from slack_sandbox.web_api import dispatch
from slack_sandbox.web_api.consent.routes import Consent
from slack_sandbox.web_api.uploads import Uploads

RESPONSE_URL = "response_url"  # as a call is named, in the traffic and for faults
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
    """A strict local Slack with one app, on a thread of its own.

    `clock` gives epoch seconds and rules triggers, response URLs and rate limits; `ack_timeout` is
    how many seconds the app has to ack, `retry_delays` how many pass before each retry of an event.
    Without `installed`, the app has no bot token until it is installed over OAuth. `extra_members`
    are added to the workspace's eight. With a `snapshot`, which `SandboxClient.snapshot()` returns,
    the workspace is the one in it, at the same ids.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        port: int = 0,
        clock: Clock = time.time,
        ack_timeout: float = 3.0,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        events_per_hour: int = EVENTS_PER_HOUR,
        *,
        installed: bool = True,
        extra_members: int = 0,
        snapshot: Snapshot | None = None,
    ) -> None:
        self._port = port
        self._settings = SlackSettings(clock, ack_timeout, retry_delays, events_per_hour)
        self._installed = installed
        self._extra_members = extra_members
        self._snapshot = snapshot
        self._app = (
            read_manifest(manifest)
            if snapshot is None
            else identify(read_manifest(manifest), snapshot)
        )
        self.bot_token = self._app.bot_token if installed else ""
        self.app_token = self._app.app_token
        self.client_id = self._app.client_id
        self.client_secret = self._app.client_secret
        self.signing_secret = self._app.signing_secret
        self.url = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which Bolt apps are configured, as far as this one needs them."""
        app = self._app
        given = {
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_APP_TOKEN": "" if app.request_urls else app.app_token,
            "SLACK_SIGNING_SECRET": app.signing_secret if app.request_urls else "",
            "SLACK_CLIENT_ID": app.client_id if app.redirect_urls else "",
            "SLACK_CLIENT_SECRET": app.client_secret if app.redirect_urls else "",
        }
        return {name: value for name, value in given.items() if value}

    def __enter__(self) -> Self:
        listening = socket.create_server((LOOPBACK, self._port))
        self.url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        slack = Slack(
            self._app,
            self.url,
            self._settings,
            installed=self._installed,
            extra_members=self._extra_members,
            snapshot=self._snapshot,
        )
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
    "http": HttpConnection,
    "ws": SocketConnection,
    "ws_per_message_deflate": False,  # nothing is gained by it on loopback
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
    met = partial(through_faults, slack.faults, slack.traffic)

    async def api(request: Request) -> Response:
        name = request.path_params["method"]
        return await met(name, request, lambda: dispatch.handle_call(slack, name, request))

    async def response(request: Request) -> Response:
        return await met(RESPONSE_URL, request, lambda: _respond(slack, request))

    async def connect(websocket: WebSocket) -> None:
        await slack.socket_mode.serve(websocket)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await slack.stop()

    return Starlette(
        routes=[
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/response/{key}", response, methods=["POST"]),
            WebSocketRoute("/socket", connect),
            *Uploads(slack).routes(),
            *ControlRoutes(slack).routes(),
            *FaultRoutes(slack).routes(),
            *Consent(slack).routes(),
            Route("/", _page),
            Route("/archives/{rest:path}", _page),
            Mount("/static", StaticFiles(directory=PAGE, check_dir=False)),
        ],
        # A web page elsewhere must not reach in by a name of its own that points here.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
        exception_handlers={SlackError: _refused},
        lifespan=lifespan,
    )


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    """As Slack refuses: with 200."""
    return JSONResponse(refusal.body() if isinstance(refusal, SlackError) else {})


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


async def _respond(slack: Slack, request: Request) -> Response:
    """An answer by response_url; Slack says a plain "ok"."""
    body: Any = {}
    try:
        body = json.loads(await request.body() or b"null")
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        reply(slack, slack.response_urls.use(request.path_params["key"]), body)
    except (SlackError, ValueError) as refusal:
        error = refusal.error if isinstance(refusal, SlackError) else "invalid_payload"
        slack.traffic.record("app", "api", RESPONSE_URL, request={"body": body}, error=error)
        status = 404 if error in ("used_url", "expired_url") else 400
        return JSONResponse({"ok": False, "error": error}, status)
    slack.traffic.record("app", "api", RESPONSE_URL, request=body)
    return PlainTextResponse("ok")
