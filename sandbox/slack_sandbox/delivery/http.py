"""Delivery over signed HTTP, to the request URLs in the app's manifest.

https://docs.slack.dev/apis/events-api and
https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import httpx

from slack_sandbox.delivery.envelopes import DeliveryFailed, Envelope
from slack_sandbox.model.manifest import App
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.workspace import Clock, Json

# "If we encounter more than 2, we'll retry": https://docs.slack.dev/apis/events-api
MAX_REDIRECTS = 2
MAX_REQUESTS = 32  # at the same time
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class RequestUrls:
    """The transport of an app without Socket Mode. `ack_timeout` is in seconds."""

    def __init__(self, app: App, traffic: Traffic, clock: Clock, ack_timeout: float) -> None:
        self._app = app
        self._traffic = traffic
        self._clock = clock
        self._ack_timeout = ack_timeout
        self._verified: set[str] = set()
        self._verifying = asyncio.Lock()  # verifies each URL once, even if several events wait
        self._slots = asyncio.Semaphore(MAX_REQUESTS)

    async def send(self, envelope: Envelope) -> Json:
        """Post an envelope, and return the payload of the response. Verify an event URL first.

        Raise `DeliveryFailed` if the app doesn't acknowledge the envelope in time.
        """
        url = self._app.request_urls.address(envelope.type, envelope.payload)
        if not url:
            self._record(envelope, error="no_connection")
            raise DeliveryFailed("no_connection", "")
        if envelope.type == "events_api":
            async with self._verifying:
                await self._verify(url, envelope)
        self._record(envelope)
        started = time.monotonic()
        content_type, body = _body(envelope)
        response = await self._post(url, content_type, body, _retry_headers(envelope), envelope)
        ms = round((time.monotonic() - started) * 1e3, 1)
        if not response.is_success:
            reason = "too_many_redirects" if response.has_redirect_location else "http_error"
            self._record_ack(envelope, _summary(response), error=reason, ms=ms)
            wants_no_retry = response.headers.get("x-slack-no-retry") == "1"
            raise DeliveryFailed("dispatch_failed", "" if wants_no_retry else reason)
        self._record_ack(envelope, _summary(response), ms=ms)
        try:
            return _ack_payload(envelope, response)
        except ValueError:
            raise DeliveryFailed("dispatch_failed", "") from None

    async def _verify(self, url: str, envelope: Envelope) -> None:
        """Send a challenge to a URL, unless the app has returned one from it before."""
        if url in self._verified:
            return
        challenge = secrets.token_hex(20)
        request = {
            "token": "verification-token",
            "challenge": challenge,
            "type": "url_verification",
        }
        self._traffic.record("slack", "event", "url_verification", request=request)
        response = await self._post(url, JSON, json.dumps(request), {}, envelope)
        if not response.is_success or challenge not in _challenges(response.text):
            self._record_ack(envelope, _summary(response), error="url_not_verified")
            raise DeliveryFailed("dispatch_failed", "http_error")
        self._verified.add(url)

    async def _post(
        self,
        url: str,
        content_type: str,
        body: str,
        extra_headers: Mapping[str, str],
        envelope: Envelope,
    ) -> httpx.Response:
        headers = {"Content-Type": content_type, **self._signature(body), **extra_headers}
        try:
            async with asyncio.timeout(self._ack_timeout), self._slots:
                return await self._follow_redirects(url, headers, body.encode())
        except (TimeoutError, httpx.TimeoutException):
            self._record_ack(envelope, {}, error="timed_out")
            raise DeliveryFailed("timed_out", "http_timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = "ssl_error" if _is_tls_error(error) else "connection_failed"
            self._record_ack(envelope, {}, error=reason)
            raise DeliveryFailed("dispatch_failed", reason) from None

    async def _follow_redirects(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> httpx.Response:
        """Post the body, and post it again for each redirect. httpx would turn it into a GET.

        Return the last response, which is a redirect if there were more than `MAX_REDIRECTS`.
        """
        response = await self._post_once(httpx.URL(url), headers, body)
        for _ in range(MAX_REDIRECTS):
            if not response.has_redirect_location:
                break
            location = response.url.join(response.headers["location"])
            response = await self._post_once(location, headers, body)
        return response

    async def _post_once(
        self, url: httpx.URL, headers: Mapping[str, str], body: bytes
    ) -> httpx.Response:
        """Post the body with a client of its own, so that no cookie or connection outlives it."""
        verify = self._tls if url.scheme == "https" else False
        async with httpx.AsyncClient(
            verify=verify, trust_env=False, timeout=self._ack_timeout
        ) as client:
            return await client.post(url, headers=headers, content=body)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """The system's certificate authorities, loaded for the first `https` URL: it's slow."""
        return ssl.create_default_context()

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        signed = f"v0:{timestamp}:{body}".encode()
        key = self._app.signing_secret.encode()
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0=" + hmac.new(key, signed, hashlib.sha256).hexdigest(),
        }

    def _record(self, envelope: Envelope, **extra: Any) -> None:
        self._traffic.record(
            "slack", envelope.traffic_kind, envelope.name, request=envelope.payload, **extra
        )

    def _record_ack(self, envelope: Envelope, response: Json, **extra: Any) -> None:
        self._traffic.record("app", "ack", envelope.name, request=response, **extra)


def _body(envelope: Envelope) -> tuple[str, str]:
    """Return the content type and the body.

    Events are JSON, commands are forms, and interactions are forms with JSON in one field.
    """
    if envelope.type == "events_api":
        return JSON, json.dumps(envelope.payload)
    if envelope.type == "slash_commands":
        return FORM, str(httpx.QueryParams(envelope.payload))
    return FORM, str(httpx.QueryParams({"payload": json.dumps(envelope.payload)}))


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.retry_attempt:
        return {}
    return {
        "X-Slack-Retry-Num": str(envelope.retry_attempt),
        "X-Slack-Retry-Reason": envelope.retry_reason,
    }


def _ack_payload(envelope: Envelope, response: httpx.Response) -> Json:
    """Return the payload in a response. Plain text is a message that answers a command.

    Raise ValueError if the response declares JSON and isn't JSON.
    """
    if not response.text.strip() or envelope.type == "events_api":
        return {}
    if JSON in response.headers.get("content-type", ""):
        payload = response.json()
        return payload if isinstance(payload, dict) else {}
    return {"text": response.text} if envelope.type == "slash_commands" else {}


def _challenges(text: str) -> set[str]:
    """Return what can be the challenge in a response: plain text, or a field of a form or JSON."""
    challenges = {text.strip(), text.strip().removeprefix("challenge=")}
    with contextlib.suppress(ValueError, KeyError, TypeError):
        challenges.add(str(json.loads(text)["challenge"]))
    return challenges


def _summary(response: httpx.Response) -> Json:
    return {"status": response.status_code, "body": response.text}


def _is_tls_error(error: BaseException | None) -> bool:
    """Return whether an error or one of its causes is a TLS error; httpx has no type for these."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
