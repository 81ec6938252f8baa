"""A load test: many people act at once on a sandbox in another process."""

import asyncio
import json
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from websockets.asyncio.client import connect

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.client.load import AsyncPerson

Json = dict[str, Any]
CHANNEL = "C0OPS00001"
APP_SOCKETS = 10  # as many as Slack allows
PAGES = 10
CATCH_UP_TIMEOUT = 10.0  # seconds after the last action


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


async def load(
    url: str, token: str, pid: int, people: list[str], rate: float, seconds: float
) -> Measured:
    """Perform `rate` actions a second, each of which sends the app one event, for `seconds`."""
    received = Received()
    async with AsyncExitStack() as stack:
        await _listen(stack, url, token, people[:PAGES], received)
        callers = [AsyncPerson(url, person) for person in people]
        for caller in callers:
            await caller.connect()
            stack.callback(caller.close)
        ts = str((await callers[0].act("post", channel=CHANNEL, text="React to this"))["ts"])
        memory_before = memory_of(pid)
        start = time.perf_counter()
        interval = len(people) / rate  # of one person
        results = await asyncio.gather(
            *(
                _react(
                    caller, ts, start + interval * number / len(people), interval, start + seconds
                )
                for number, caller in enumerate(callers)
            )
        )
        duration = time.perf_counter() - start
        actions = sum(count for count, _ in results)
        await _catch_up(received, actions)
        return Measured(
            actions,
            duration,
            received,
            memory_before,
            memory_of(pid),
            max(slowest for _, slowest in results),
        )


def memory_of(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the process has ended")


async def _listen(
    stack: AsyncExitStack, url: str, token: str, watchers: list[str], received: Received
) -> None:
    api = WebClient(base_url=f"{url}/api/")
    tasks = await stack.enter_async_context(asyncio.TaskGroup())
    for number in range(APP_SOCKETS):
        address = str(api.apps_connections_open(app_token=token)["url"])
        socket = await stack.enter_async_context(connect(address, proxy=None))
        listening = tasks.create_task(_receive_events(socket, number, received))
        stack.callback(listening.cancel)
    for number, person in enumerate(watchers):
        address = f"{url.replace('http', 'ws', 1)}/control/live/{person}?traffic=no"
        socket = await stack.enter_async_context(connect(address, proxy=None))
        watching = tasks.create_task(_receive_frames(socket, number, received))
        stack.callback(watching.cancel)


async def _receive_events(socket: Any, number: int, received: Received) -> None:
    async for text in socket:
        envelope = json.loads(text)
        if envelope["type"] == "events_api":
            await socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            received.events[envelope["payload"]["event_id"]] += 1
            received.by_socket[number] += 1


async def _receive_frames(socket: Any, number: int, received: Received) -> None:
    async for _ in socket:
        received.frames[number] += 1


async def _react(
    caller: AsyncPerson, ts: str, first: float, interval: float, end: float
) -> tuple[int, float]:
    """Add and remove a reaction in turn, until `end`. Return the count and the longest wait."""
    count, slowest = 0, 0.0
    while (due := first + interval * count) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        start = time.perf_counter()
        response = await caller.act(
            "remove_reaction" if count % 2 else "react", channel=CHANNEL, ts=ts, emoji="eyes"
        )
        assert response["ok"], response
        slowest = max(slowest, time.perf_counter() - start)
        count += 1
    return count, slowest


async def _catch_up(received: Received, actions: int) -> None:
    """Wait until the app and the pages have received every action, or until the timeout."""
    deadline = time.perf_counter() + CATCH_UP_TIMEOUT
    while time.perf_counter() < deadline and (
        received.events.total() < actions
        or any(received.frames[n] <= actions for n in range(PAGES))
    ):
        await asyncio.sleep(0.01)


def invite_app(url: str) -> None:
    slack = SandboxClient(url)
    slack.person("mia").invites(slack.app_user_id, "ops")
