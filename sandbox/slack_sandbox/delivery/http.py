"""Sending to the app over signed HTTP, at the addresses that its manifest gives.

docs.slack.dev/apis/events-api and …/authentication/verifying-requests-from-slack
"""

import asyncio
import contextlib
import hashlib
import hmac
import http.client
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from slack_sandbox.delivery.envelopes import Envelope, Unacknowledged
from slack_sandbox.model.manifest import App
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.workspace import Clock, Json

MOST_REDIRECTS = 2  # "If we encounter more than 2, we'll retry": docs.slack.dev/apis/events-api
REDIRECTS = frozenset({301, 302, 303, 307, 308})
AT_ONCE = 32  # requests; more wait for their turn
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def why_not(self) -> str:
        """The reason that a retry gives."""
        return "too_many_redirects" if self.leads_on else "http_error"

    @property
    def leads_on(self) -> bool:
        return self.status in REDIRECTS and "location" in self.headers

    def ack(self, envelope: Envelope) -> Json:
        """The payload that the answer carries; plain text answers a command."""
        if not self.text.strip() or envelope.type == "events_api":
            return {}
        if JSON in self.headers.get("content-type", ""):
            payload = json.loads(self.text)
            return payload if isinstance(payload, dict) else {}
        return {"text": self.text} if envelope.type == "slash_commands" else {}


class RequestUrls:
    def __init__(self, app: App, traffic: Traffic, clock: Clock, ack_timeout: float) -> None:
        self._app = app
        self._traffic = traffic
        self._clock = clock
        self._ack_within = ack_timeout
        self._verified: set[str] = set()
        self._verifying = asyncio.Lock()  # once for each address, though several events wait
        self._threads = ThreadPoolExecutor(AT_ONCE, "request-urls")

    async def ask(self, envelope: Envelope) -> Json:
        """Post, and take the answer for the ack. An address for events is verified first."""
        url = self._app.request_urls.address(envelope.type, envelope.payload)
        if not url:
            self._record(envelope, error="no_connection")
            raise Unacknowledged("no_connection", "connection_failed")
        if envelope.type == "events_api":
            async with self._verifying:
                await self._verify(url, envelope)
        self._record(envelope)
        started = time.monotonic()
        content_type, body = _body(envelope)
        answer = await self._post(url, content_type, body, _retry(envelope), envelope)
        ms = round((time.monotonic() - started) * 1e3, 1)
        shown: Json = {"status": answer.status, "body": answer.text}
        if not answer.is_ok:
            self._record_ack(envelope, shown, error=answer.why_not, ms=ms)
            wants_none = answer.headers.get("x-slack-no-retry") == "1"
            raise Unacknowledged("dispatch_failed", "" if wants_none else answer.why_not)
        self._record_ack(envelope, shown, ms=ms)
        try:
            return answer.ack(envelope)
        except ValueError:
            raise Unacknowledged("dispatch_failed", "") from None

    def stop(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _verify(self, url: str, envelope: Envelope) -> None:
        """Once for each address: it says the challenge back, in one of three ways."""
        if url in self._verified:
            return
        challenge = secrets.token_hex(20)
        asked = {"token": "verification-token", "challenge": challenge, "type": "url_verification"}
        self._traffic.record("slack", "event", "url_verification", request=asked)
        answer = await self._post(url, JSON, json.dumps(asked), {}, envelope)
        if not answer.is_ok or challenge not in _said_back(answer.text):
            shown = {"status": answer.status, "body": answer.text}
            self._record_ack(envelope, shown, error="url_not_verified")
            raise Unacknowledged("dispatch_failed", "http_error")
        self._verified.add(url)

    async def _post(
        self, url: str, content_type: str, body: str, more: Mapping[str, str], envelope: Envelope
    ) -> Answer:
        headers = {"Content-Type": content_type, **self._signature(body), **more}
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._ack_within):
                return await loop.run_in_executor(
                    self._threads, _post, url, headers, body.encode(), self._ack_within
                )
        except TimeoutError:
            self._record_ack(envelope, {}, error="timed_out")
            raise Unacknowledged("timed_out", "http_timeout") from None
        except ssl.SSLError:
            self._record_ack(envelope, {}, error="ssl_error")
            raise Unacknowledged("dispatch_failed", "ssl_error") from None
        except (OSError, http.client.HTTPException):
            self._record_ack(envelope, {}, error="connection_failed")
            raise Unacknowledged("dispatch_failed", "connection_failed") from None

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        signed = f"v0:{timestamp}:{body}".encode()
        key = self._app.signing_secret.encode()
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0=" + hmac.new(key, signed, hashlib.sha256).hexdigest(),
        }

    def _record(self, envelope: Envelope, **more: Any) -> None:
        self._traffic.record(
            "slack", envelope.kind, envelope.name, request=envelope.payload, **more
        )

    def _record_ack(self, envelope: Envelope, shown: Json, **more: Any) -> None:
        self._traffic.record("app", "ack", envelope.name, request=shown, **more)


def _body(envelope: Envelope) -> tuple[str, str]:
    """Events are JSON, commands a form, interactions a form with JSON in its one field."""
    if envelope.type == "events_api":
        return JSON, json.dumps(envelope.payload)
    if envelope.type == "slash_commands":
        return FORM, urlencode(envelope.payload)
    return FORM, urlencode({"payload": json.dumps(envelope.payload)})


def _retry(envelope: Envelope) -> dict[str, str]:
    if not envelope.retry_attempt:
        return {}
    return {
        "X-Slack-Retry-Num": str(envelope.retry_attempt),
        "X-Slack-Retry-Reason": envelope.retry_reason,
    }


def _said_back(text: str) -> set[str]:
    """The challenge as plain text, in a form or in JSON."""
    said = {text.strip(), text.strip().removeprefix("challenge=")}
    with contextlib.suppress(ValueError, KeyError, TypeError):
        said.add(str(json.loads(text)["challenge"]))
    return said


def _post(url: str, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
    """On a thread; the same to where a redirect leads, twice at most."""
    answer = _post_once(url, headers, body, timeout)
    for _ in range(MOST_REDIRECTS):
        if not answer.leads_on:
            break
        url = urljoin(url, answer.headers["location"])
        answer = _post_once(url, headers, body, timeout)
    return answer


def _post_once(url: str, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connecting = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connecting(parts.hostname or "", parts.port, timeout=timeout)
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", target, body, dict(headers))
        answer = connection.getresponse()
        lowered = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, lowered, answer.read().decode(errors="replace"))
    finally:
        connection.close()
