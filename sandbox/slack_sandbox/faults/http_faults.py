"""HTTP faults: API calls that fail, are delayed, or get a slow response or none."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

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

    `method` can also be "response_url", or "*" for any. With `channel`, only calls that name this
    channel's ID are affected. The app gets `status`, `error`, and `retry_after` (seconds). `delay`
    is in seconds. `trickle` sends the response byte by byte, with that many seconds after each.
    `disconnect` ends the connection without a response. With `after_processing`, Slack processes
    the call before the fault happens.
    """

    method: str
    channel: str = ""
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    delay: float = 0
    trickle: float = 0
    disconnect: bool = False
    after_processing: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (0 <= self.delay <= MAX_DELAY and 0 <= self.trickle <= MAX_DELAY):
            raise SlackError(
                "invalid_arguments", f"delay and trickle must be from 0 to {MAX_DELAY} seconds"
            )
        if self.status not in STATUSES:
            raise SlackError("invalid_arguments", "status must be from 200 to 599")

    def applies_to(self, method: str, channel: str) -> bool:
        return self.method in ("*", method) and self.channel in ("", channel)

    @property
    def replaces(self) -> bool:
        """Whether the app gets the fault's response instead of Slack's."""
        return self.disconnect or bool(self.error) or self.status != 200

    def respond(self, request: Request) -> JSONResponse:
        """Return the fault's response, after ending the connection if the fault disconnects."""
        if self.disconnect:
            request.state.transport.abort()
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse({"ok": False, "error": self.error}, self.status, headers)

    async def send(self, request: Request, response: Response) -> Response:
        """Send the response byte by byte if the fault trickles. Return the response to send."""
        if self.trickle:
            await _trickle(request.state.transport, response, self.trickle)
        return response


class HttpFaults(FaultQueue[HttpFault]):
    """The faults of calls, and how many calls are delayed now."""

    def __init__(self) -> None:
        super().__init__(HttpFault)
        self.delayed_calls = 0

    async def delay(self, fault: HttpFault) -> None:
        """Delay a call as its fault says."""
        self.delayed_calls += 1
        try:
            await asyncio.sleep(fault.delay)
        finally:
            self.delayed_calls -= 1


async def _trickle(transport: asyncio.Transport, response: Response, seconds: float) -> None:
    """Write the response to the connection, then end it, so that nothing else can be sent."""
    status = HTTPStatus(response.status_code)
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    headers = b"".join(b"%s: %s\r\n" % header for header in response.raw_headers)
    for byte in head + headers + b"\r\n" + bytes(response.body):
        if transport.is_closing():
            return
        transport.write(bytes([byte]))
        await asyncio.sleep(seconds)
    transport.close()


async def respond_with_faults(
    faults: HttpFaults,
    traffic: Traffic,
    name: str,
    channel: str,
    request: Request,
    respond: Callable[[], Awaitable[Response]],
) -> Response:
    """Return the response to a call of a method: a fault's, or the one that `respond` returns.

    `channel` is the ID of the channel that the call names, or "".
    """
    fault = faults.take(lambda each: each.applies_to(name, channel))
    if fault is None:
        return await respond()
    if not fault.after_processing:
        await faults.delay(fault)
        if not fault.replaces:
            return await fault.send(request, await respond())
        traffic.record("app", "api", name, request={}, error=fault.error or "fault")
        return await fault.send(request, fault.respond(request))
    response = await respond()
    await faults.delay(fault)
    return await fault.send(request, fault.respond(request) if fault.replaces else response)
