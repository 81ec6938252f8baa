"""The sandbox: an HTTP and WebSocket server around a `Slack`."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from email.utils import formatdate
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
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from slack_sandbox.control.fault_routes import FaultRoutes
from slack_sandbox.control.response_urls import respond
from slack_sandbox.control.routes import ControlRoutes
from slack_sandbox.delivery.deliveries import RETRY_DELAYS
from slack_sandbox.delivery.events import EVENTS_PER_HOUR, never_sent
from slack_sandbox.faults.http_faults import respond_with_faults
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.manifest import read_manifest
from slack_sandbox.model.workspace import Clock
from slack_sandbox.slack import Slack, SlackSettings
from slack_sandbox.snapshot import Snapshot, identify
from slack_sandbox.uvicorn_protocols import HttpConnection, SocketConnection
from slack_sandbox.web_api import dispatch
from slack_sandbox.web_api.consent.routes import Consent
from slack_sandbox.web_api.uploads import Uploads

RESPONSE_URL = "response_url"  # its name in the traffic and for faults
PAGE = Path(__file__).parent / "page"
LOOPBACK = "127.0.0.1"
# If text from people or apps became HTML by mistake, no script in it could run.
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
    """A strict local Slack with one app, on its own thread.

    `clock` returns epoch seconds, for timestamps, trigger IDs, response URLs, rate limits, and the
    `Date` of responses.
    `ack_timeout` is how many seconds the app has to acknowledge. `retry_delays` are the seconds
    before each retry of an event. If not `installed`, the app has no bot token until it's installed
    over OAuth. `extra_members` are added to the workspace's eight. With a `snapshot` from
    `SandboxClient.snapshot()`, the workspace is the one in it.
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
        """The environment variables that the app needs, by the names that Bolt uses."""
        app = self._app
        variables = {
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_APP_TOKEN": "" if app.request_urls else app.app_token,
            "SLACK_SIGNING_SECRET": app.signing_secret if app.request_urls else "",
            "SLACK_CLIENT_ID": app.client_id if app.redirect_urls else "",
            "SLACK_CLIENT_SECRET": app.client_secret if app.redirect_urls else "",
        }
        return {name: value for name, value in variables.items() if value}

    @property
    def events_never_sent(self) -> list[str]:
        """The events that the app subscribes to and the sandbox never sends."""
        return never_sent(self._app)

    def __enter__(self) -> Self:
        listener = socket.create_server((LOOPBACK, self._port))
        self.url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
        slack = Slack(
            self._app,
            self.url,
            self._settings,
            installed=self._installed,
            extra_members=self._extra_members,
            snapshot=self._snapshot,
        )
        self._server = Server(
            uvicorn.Config(_routes(slack, self._settings.clock), **UVICORN_OPTIONS)
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="sandbox", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


UVICORN_OPTIONS: dict[str, Any] = {
    "log_config": None,
    "log_level": "warning",
    "access_log": False,
    "date_header": False,  # the sandbox's clock, not the host's: see `DateHeader`
    "http": HttpConnection,
    "ws": SocketConnection,
    "ws_per_message_deflate": False,  # useless on loopback
    "timeout_graceful_shutdown": 1,
}


class DateHeader:
    """Middleware that dates each HTTP response by the sandbox's clock, as Slack's servers do."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the header to its response."""

        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(self._clock(), usegmt=True)
                message["headers"] = [*message["headers"], (b"date", date.encode())]
            await send(message)

        await self._app(scope, receive, send_dated)


class Server(uvicorn.Server):
    """A server that signals when it's ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def _routes(slack: Slack, clock: Clock) -> Starlette:
    with_faults = partial(respond_with_faults, slack.faults, slack.traffic)

    async def api(request: Request) -> Response:
        name = request.path_params["method"]
        channel = await dispatch.named_channel(request)
        return await with_faults(
            name, channel, request, lambda: dispatch.handle_call(slack, name, request)
        )

    async def response(request: Request) -> Response:
        return await with_faults(RESPONSE_URL, "", request, lambda: _respond(slack, request))

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
        # DNS rebinding: another web page must not reach the sandbox by a name that resolves here.
        middleware=[
            Middleware(DateHeader, clock=clock),
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
        ],
        exception_handlers={SlackError: _refused},
        lifespan=lifespan,
    )


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    """Return the error with status 200, as Slack does."""
    return JSONResponse(refusal.body() if isinstance(refusal, SlackError) else {})


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


async def _respond(slack: Slack, request: Request) -> Response:
    """Handle a response by response URL. Slack answers with the text "ok"."""
    body: Any = {}
    try:
        body = json.loads(await request.body() or b"null")
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        respond(slack, slack.response_urls.use(request.path_params["key"]), body)
    except (SlackError, ValueError) as refusal:
        error = refusal.error if isinstance(refusal, SlackError) else "invalid_payload"
        slack.traffic.record("app", "api", RESPONSE_URL, request={"body": body}, error=error)
        status = 404 if error in ("used_url", "expired_url") else 400
        return JSONResponse({"ok": False, "error": error}, status)
    slack.traffic.record("app", "api", RESPONSE_URL, request=body)
    return PlainTextResponse("ok")
