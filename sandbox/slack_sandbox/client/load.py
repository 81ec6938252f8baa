"""Many people who act on a sandbox at once, for load tests."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit


class AsyncPerson:
    """A person whose actions are sent in sequence on one connection, with little effort."""

    def __init__(self, url: str, name: str) -> None:
        self._address = urlsplit(url)
        self._name = name

    async def connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(
            self._address.hostname, self._address.port
        )

    async def act(self, action: str, **fields: str) -> dict[str, Any]:
        """Perform an action, and return the sandbox's response, which may be a refusal."""
        body = json.dumps(fields)
        self._writer.write(
            f"POST /control/as/{self._name}/{action} HTTP/1.1\r\nHost: {self._address.netloc}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split()[0])
        response: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return response

    def close(self) -> None:
        self._writer.close()
