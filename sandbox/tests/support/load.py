"""A load test: many people act at once on a sandbox in another process."""

import asyncio
import json
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from websockets.asyncio.client import connect

from slack_sandbox.client.client import SandboxClient

Json = dict[str, Any]
CHANNEL = "C0OPS00001"
APP_SOCKETS = 10  # as many as Slack allows
PAGES = 10
CATCHES_UP_WITHIN = 10.0  # seconds after the last action


@dataclass
class Received:
    """What the sockets received: events by ID, and frames by page."""

    events: Counter[str] = field(default_factory=Counter)
    by_socket: Counter[int] = field(default_factory=Counter)
    frames: Counter[int] = field(default_factory=Counter)


@dataclass
class Measured:
    actions: int
    seconds: float
    received: Received
    memory_before: int  # bytes
    memory_after: int
    slowest_action: float  # seconds

    def __str__(self) -> str:
        return (
            f"{self.actions} actions in {self.seconds:.1f} s, "
            f"the slowest {self.slowest_action:.2f} s; "
            f"{len(self.received.events)} events, {self.received.frames.total()} frames; "
            f"memory {self.memory_before / 2**20:.0f} → {self.memory_after / 2**20:.0f} MiB"
        )


class Caller:
    """A connection on which a person's actions are sent in sequence."""

    def __init__(self, url: str, person: str) -> None:
        self._where = urlsplit(url)
        self._person = person

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(
            self._where.hostname, self._where.port
        )

    async def act(self, name: str, **given: str) -> Json:
        body = json.dumps(given)
        self._writer.write(
            f"POST /control/as/{self._person}/{name} HTTP/1.1\r\nHost: {self._where.netloc}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split()[0])
        answer: Json = json.loads(await self._reader.readexactly(length))
        assert answer["ok"], answer
        return answer

    def close(self) -> None:
        self._writer.close()


async def load(
    url: str, token: str, pid: int, people: list[str], rate: float, seconds: float
) -> Measured:
    """So many actions a second, of which the app hears by one event each, for so many seconds."""
    received = Received()
    async with AsyncExitStack() as stack:
        await _listen(stack, url, token, people[:PAGES], received)
        callers = [Caller(url, person) for person in people]
        for caller in callers:
            await caller.open()
            stack.callback(caller.close)
        ts = str((await callers[0].act("post", channel=CHANNEL, text="React to this"))["ts"])
        before = memory_of(pid)
        began = time.perf_counter()
        pace = len(people) / rate
        counted = await asyncio.gather(
            *(
                _react(caller, ts, began + pace * number / len(people), pace, began + seconds)
                for number, caller in enumerate(callers)
            )
        )
        taken = time.perf_counter() - began
        actions = sum(count for count, _ in counted)
        await _catch_up(received, actions)
        return Measured(
            actions, taken, received, before, memory_of(pid), max(slowest for _, slowest in counted)
        )


def memory_of(pid: int) -> int:
    """Resident, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("it does not run any more")


async def _listen(
    stack: AsyncExitStack, url: str, token: str, watchers: list[str], received: Received
) -> None:
    api = WebClient(base_url=f"{url}/api/")
    tasks = await stack.enter_async_context(asyncio.TaskGroup())
    for number in range(APP_SOCKETS):
        address = str(api.apps_connections_open(app_token=token)["url"])
        socket = await stack.enter_async_context(connect(address, proxy=None))
        listening = tasks.create_task(_take_events(socket, number, received))
        stack.callback(listening.cancel)
    for number, person in enumerate(watchers):
        address = f"{url.replace('http', 'ws', 1)}/control/live/{person}?traffic=no"
        socket = await stack.enter_async_context(connect(address, proxy=None))
        watching = tasks.create_task(_take_frames(socket, number, received))
        stack.callback(watching.cancel)


async def _take_events(socket: Any, number: int, received: Received) -> None:
    async for text in socket:
        said = json.loads(text)
        if said["type"] == "events_api":
            await socket.send(json.dumps({"envelope_id": said["envelope_id"]}))
            received.events[said["payload"]["event_id"]] += 1
            received.by_socket[number] += 1


async def _take_frames(socket: Any, number: int, received: Received) -> None:
    async for _ in socket:
        received.frames[number] += 1


async def _react(
    caller: Caller, ts: str, first: float, pace: float, until: float
) -> tuple[int, float]:
    """In turns add and remove one's reaction, at one's pace; how often, and the longest wait."""
    count, slowest = 0, 0.0
    while (due := first + pace * count) < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        began = time.perf_counter()
        await caller.act(
            "remove_reaction" if count % 2 else "react", channel=CHANNEL, ts=ts, emoji="eyes"
        )
        slowest = max(slowest, time.perf_counter() - began)
        count += 1
    return count, slowest


async def _catch_up(received: Received, actions: int) -> None:
    until = time.perf_counter() + CATCHES_UP_WITHIN
    while time.perf_counter() < until and (
        received.events.total() < actions
        or any(received.frames[n] <= actions for n in range(PAGES))
    ):
        await asyncio.sleep(0.01)


def invite_app(url: str) -> None:
    slack = SandboxClient(url)
    slack.person("mia").invites(slack.app_user_id, "ops")
