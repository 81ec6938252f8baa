"""Dispatch of Web API calls (/api/METHOD): shared checks, the response, and the traffic entry."""

import base64
import json
import time
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import RateLimited
from slack_sandbox.model.workspace import Json
from slack_sandbox.slack import Slack

# Each import registers methods.
from slack_sandbox.web_api.methods import (  # noqa: F401
    apps,
    chat,
    conversations,
    files,
    history,
    oauth,
    reactions,
    users,
    views,
)
from slack_sandbox.web_api.methods.registry import METHODS, Call, Method, invalid_arguments

POST_ONLY = {"apps.connections.open"}  # docs.slack.dev/reference/methods/apps.connections.open


async def handle_call(slack: Slack, name: str, request: Request) -> JSONResponse:
    started = time.perf_counter()
    args: Json = {}
    headers = {}
    status = 200
    try:
        body_args = await _parse_body(request)
        # Slack ignores tokens in the query (changelog/2020-11-no-more-tokens-in-querystrings-…).
        token = _token(request, body_args)
        args = dict(request.query_params) | body_args | _client_credentials(request)
        if name in POST_ONLY and request.method != "POST":
            raise SlackError("insecure_request")
        body = _call(slack, name, args, token)
    except RateLimited as error:
        body, status = error.body(), 429
        headers["Retry-After"] = str(error.retry_after)
    except SlackError as error:
        body = error.body()
    ms = round((time.perf_counter() - started) * 1e3, 1)
    slack.traffic.record(
        "app", "api", name, request=args, response=body, error=body.get("error"), ms=ms
    )
    headers["x-oauth-scopes"] = ",".join(sorted(slack.installation.scopes))
    return JSONResponse(body, status, headers)


async def named_channel(request: Request) -> str:
    """Return the `channel` argument of a call, or "" if it has none."""
    try:
        args = dict(request.query_params) | await _parse_body(request)
    except SlackError:
        return ""
    return str(args.get("channel", ""))


def _call(slack: Slack, name: str, args: Json, token: str) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    _authenticate(slack, method, token)
    if method.tier:
        slack.rate_limiter.count(name, method.tier)
    call = Call(slack, args)
    if method.scopes:
        call.require_scope(*method.scopes)
    missing = [name for name in method.required if not call.has(name)]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
    return method.function(call)


def _authenticate(slack: Slack, method: Method, token: str) -> None:
    if not method.authenticated:
        return
    if not token:
        raise SlackError("not_authed")
    slack.installation.check(token, app_level=method.app_level)


async def _parse_body(request: Request) -> Json:
    """Return the arguments in the body: JSON or a form. Raise SlackError if the JSON is invalid."""
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            args = json.loads(body or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(args, dict):
            raise SlackError("json_not_object")
        return args
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def _client_credentials(request: Request) -> Json:
    """Return the client ID and secret of HTTP Basic authentication, if the request has it."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


def _token(request: Request, body_args: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return str(body_args.get("token") or "")
