"""Control API for faults of calls, deliveries, and connections."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from slack_sandbox.delivery.socket_mode import MAX_CLOSE_AFTER, REFUSALS
from slack_sandbox.model.errors import SlackError
from slack_sandbox.slack import Slack


class FaultRoutes:
    """The routes for faults."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/faults", self.add_fault, methods=["POST"]),
            Route("/control/faults", self.count_delayed_calls, methods=["GET"]),
            Route("/control/delivery_faults", self.add_delivery_fault, methods=["POST"]),
            Route("/control/connections/{action}", self.disconnect, methods=["POST"]),
        ]

    async def add_fault(self, request: Request) -> JSONResponse:
        """Add a fault of API calls. The fields are those of `HttpFault`."""
        self._slack.faults.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def count_delayed_calls(self, _request: Request) -> JSONResponse:
        """Return how many calls the faults delay now."""
        return JSONResponse({"ok": True, "delayed_calls": self._slack.faults.delayed_calls})

    async def add_delivery_fault(self, request: Request) -> JSONResponse:
        """Add a fault of deliveries. The fields are those of `DeliveryFault`."""
        self._slack.delivery_faults.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def disconnect(self, request: Request) -> JSONResponse:
        """Close, abort, freeze, refresh, or refuse every Socket Mode connection."""
        sockets = self._slack.socket_mode
        match request.path_params["action"]:
            case "close":
                await sockets.close()
            case "abort":
                sockets.abort()
            case "freeze":
                sockets.freeze()
            case "refresh":
                await sockets.refresh(_close_after(await body_of(request)))
            case "refuse":
                await sockets.refuse(_refusal(await body_of(request)))
            case _:
                return JSONResponse({"ok": False, "error": "unknown_action"}, 404)
        return JSONResponse({"ok": True})


def _close_after(fields: Any) -> float:
    """Return the seconds until the connections close. Raise SlackError if they're out of range."""
    seconds = fields.get("close_after", MAX_CLOSE_AFTER) if isinstance(fields, dict) else None
    if not isinstance(seconds, int | float) or not 0 <= seconds <= MAX_CLOSE_AFTER:
        raise SlackError(
            "invalid_arguments", f"close_after must be from 0 to {MAX_CLOSE_AFTER:.0f}"
        )
    return seconds


def _refusal(fields: Any) -> str:
    """Return the reason for which connections are refused, or "". Raise SlackError if unknown."""
    reason = fields.get("reason", "") if isinstance(fields, dict) else None
    if reason not in {"", *REFUSALS}:
        raise SlackError("invalid_arguments", f"reason must be empty, {', or '.join(REFUSALS)}")
    return str(reason)


async def body_of(request: Request) -> Any:
    """Return a request's JSON. Raise SlackError if it isn't JSON."""
    try:
        return json.loads(await request.body() or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
