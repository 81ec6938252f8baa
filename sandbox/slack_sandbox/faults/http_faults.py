"""HTTP faults: API calls that fail, are delayed, or get no response."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from slack_sandbox.faults.schedule import Fault, FaultQueue
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.traffic import Traffic

MAX_DELAY = 60  # seconds
STATUSES = range(200, 600)


@dataclass
class HttpFault(Fault):
    """A fault of the next calls of a method.

    `method` can also be "response_url", or "*" for any. The app gets `status`, `error`, and
    `retry_after` (seconds). `delay` is in seconds. `disconnect` ends the connection without a
    response. With `after_processing`, Slack processes the call before the fault happens.
    """

    method: str
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    delay: float = 0
    disconnect: bool = False
    after_processing: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.delay <= MAX_DELAY:
            raise SlackError("invalid_arguments", f"delay must be from 0 to {MAX_DELAY} seconds")
        if self.status not in STATUSES:
            raise SlackError("invalid_arguments", "status must be from 200 to 599")

    def matches(self, name: str) -> bool:
        return self.method in ("*", name)

    @property
    def replaces(self) -> bool:
        """Whether the app gets the fault's response instead of Slack's."""
        return self.disconnect or bool(self.error) or self.status != 200

    async def wait(self) -> None:
        await asyncio.sleep(self.delay)

    def respond(self, request: Request) -> JSONResponse:
        """Return the fault's response, after ending the connection if the fault disconnects."""
        if self.disconnect:
            request.state.transport.abort()
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse({"ok": False, "error": self.error}, self.status, headers)


async def respond_with_faults(
    faults: FaultQueue[HttpFault],
    traffic: Traffic,
    name: str,
    request: Request,
    respond: Callable[[], Awaitable[Response]],
) -> Response:
    """Return the response to a call of a method: a fault's, or the one that `respond` returns."""
    fault = faults.take(name)
    if fault is None:
        return await respond()
    if not fault.after_processing:
        await fault.wait()
        if not fault.replaces:
            return await respond()
        traffic.record("app", "api", name, request={}, error=fault.error or "fault")
        return fault.respond(request)
    response = await respond()
    await fault.wait()
    return fault.respond(request) if fault.replaces else response
