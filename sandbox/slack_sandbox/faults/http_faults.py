"""Faults on demand: the next calls of a method go wrong, before or after the work is done."""

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
    """A fault of an HTTP call; `method` may be "*" for any, or "response_url".

    The app gets no answer if `disconnect` is set. With `processed`, the fault follows the work.
    """

    method: str
    status: int = 200
    error: str = ""
    retry_after: int | None = None  # seconds
    delay: float = 0  # seconds until it answers
    disconnect: bool = False
    processed: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.delay <= MAX_DELAY:
            raise SlackError("invalid_arguments", "delay is out of range")
        if self.status not in STATUSES:
            raise SlackError("invalid_arguments", "status is no HTTP status of an answer")

    def matches(self, name: str) -> bool:
        return self.method in ("*", name)

    @property
    def replaces(self) -> bool:
        """Whether Slack's own answer is lost, and not only late."""
        return self.disconnect or bool(self.error) or self.status != 200

    async def wait(self) -> None:
        await asyncio.sleep(self.delay)

    def answer(self, request: Request) -> JSONResponse:
        """Instead of Slack's own; to a connection that was cut, nothing more arrives."""
        if self.disconnect:
            request.state.transport.abort()
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse({"ok": False, "error": self.error}, self.status, headers)


async def through_faults(
    planned: FaultQueue[HttpFault],
    traffic: Traffic,
    name: str,
    request: Request,
    work: Callable[[], Awaitable[Response]],
) -> Response:
    """The answer to a call of that name, which the work gives unless a fault is planned for it."""
    fault = planned.take(name)
    if fault is None:
        return await work()
    if not fault.processed:
        await fault.wait()
        if not fault.replaces:
            return await work()
        traffic.record("app", "api", name, request={}, error=fault.error or "fault")
        return fault.answer(request)
    answered = await work()
    await fault.wait()
    return fault.answer(request) if fault.replaces else answered
