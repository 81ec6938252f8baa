"""/control: what goes wrong on demand — calls, envelopes, connections."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from slack_sandbox.delivery.socket_mode import MAX_CLOSE_AFTER
from slack_sandbox.model.errors import SlackError
from slack_sandbox.slack import Slack


class FaultRoutes:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/faults", self.add_fault, methods=["POST"]),
            Route("/control/delivery_faults", self.add_delivery_fault, methods=["POST"]),
            Route("/control/connections/{what}", self.disconnect, methods=["POST"]),
        ]

    async def add_fault(self, request: Request) -> JSONResponse:
        """The next calls go wrong, or answers by response_url; the fields are those of
        `HttpFault`.
        """
        self._slack.faults.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def add_delivery_fault(self, request: Request) -> JSONResponse:
        """The next envelopes go astray; the fields are those of `DeliveryFault`."""
        self._slack.delivery_faults.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def disconnect(self, request: Request) -> JSONResponse:
        """Each open Socket Mode connection is closed, cut, frozen, or asked to be renewed."""
        sockets = self._slack.socket_mode
        match request.path_params["what"]:
            case "close":
                await sockets.close()
            case "abort":
                sockets.abort()
            case "freeze":
                sockets.freeze()
            case "refresh":
                await sockets.refresh(_close_after(await body_of(request)))
            case _:
                return JSONResponse({"ok": False, "error": "unknown_action"}, 404)
        return JSONResponse({"ok": True})


def _close_after(given: Any) -> float:
    """Seconds; no longer than Slack's."""
    asked = given.get("close_after", MAX_CLOSE_AFTER) if isinstance(given, dict) else None
    if not isinstance(asked, int | float) or not 0 <= asked <= MAX_CLOSE_AFTER:
        raise SlackError("invalid_arguments", f"close_after is from 0 to {MAX_CLOSE_AFTER:.0f}")
    return asked


async def body_of(request: Request) -> Any:
    try:
        return json.loads(await request.body() or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
