"""/control: what goes wrong on demand — calls, envelopes, connections."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from slack_sandbox.delivery.socket_mode import WARNED_BEFORE
from slack_sandbox.model.errors import Refused
from slack_sandbox.slack import Slack


class Adversity:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/control/faults", self.add_fault, methods=["POST"]),
            Route("/control/misdeliveries", self.add_misdelivery, methods=["POST"]),
            Route("/control/connections/{what}", self.disconnect, methods=["POST"]),
        ]

    async def add_fault(self, request: Request) -> JSONResponse:
        """The next calls go wrong, or answers by response_url; the fields are those of
        `faults.Fault`.
        """
        self._slack.faults.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def add_misdelivery(self, request: Request) -> JSONResponse:
        """The next envelopes go astray; the fields are those of `misdelivery.Misdelivery`."""
        self._slack.misdeliveries.add(await body_of(request))
        return JSONResponse({"ok": True})

    async def disconnect(self, request: Request) -> JSONResponse:
        """Each open Socket Mode connection is closed, cut, frozen, or asked to be renewed."""
        sockets = self._slack.socket_mode
        match request.path_params["what"]:
            case "drop":
                await sockets.drop()
            case "cut":
                sockets.cut()
            case "freeze":
                sockets.freeze()
            case "refresh":
                await sockets.refresh(_warned_before(await body_of(request)))
            case _:
                return JSONResponse({"ok": False, "error": "unknown_act"}, 404)
        return JSONResponse({"ok": True})


def _warned_before(given: Any) -> float:
    """Seconds; no longer than Slack's."""
    asked = given.get("warned_before", WARNED_BEFORE) if isinstance(given, dict) else None
    if not isinstance(asked, int | float) or not 0 <= asked <= WARNED_BEFORE:
        raise Refused("invalid_arguments", f"warned_before is from 0 to {WARNED_BEFORE:.0f}")
    return asked


async def body_of(request: Request) -> Any:
    try:
        return json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refused("invalid_json") from None
