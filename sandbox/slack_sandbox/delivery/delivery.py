"""Sending to the app: events until they are taken, acts of people once."""

import asyncio
import contextlib
import dataclasses
import uuid
from collections.abc import Coroutine, Sequence

from slack_sandbox.delivery.envelopes import Envelope, Transport, Unacknowledged
from slack_sandbox.faults.delivery_faults import DeliveryFault
from slack_sandbox.faults.schedule import FaultQueue
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.workspace import Json

# At once, after a minute, after five (docs.slack.dev/apis/events-api, "Retries").
RETRY_DELAYS = (0.0, 60.0, 300.0)
MOST_PENDING = 10_000  # events on their way
HELD_AT_MOST = 2.0  # seconds that a swapped envelope waits for one that overtakes it


class Deliveries:
    """`retry_delays` is in seconds, one for each retry of an event."""

    def __init__(
        self,
        transport: Transport,
        traffic: Traffic,
        faults: FaultQueue[DeliveryFault],
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self._transport = transport
        self._traffic = traffic
        self._faults = faults
        self._retry_delays = retry_delays
        self._held: list[asyncio.Event] = []  # each is set by an envelope that overtook
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, envelope: Envelope) -> Json:
        """Send, and wait for the ack: its payload, maybe empty. Raises `Unacknowledged`."""
        fault = self._faults.take(envelope.type)
        if fault:
            await self._astray(fault, envelope)
        overtaken, self._held = self._held, []
        try:
            return await self._transport.ask(envelope)
        finally:
            for each in overtaken:
                each.set()

    def send_event(self, name: str, payload: Json) -> None:
        """Send an event, and again if nobody acks; with nobody to send it to, it is lost."""
        if len(self._tasks) >= MOST_PENDING:
            self._traffic.record("slack", "event", name, request=payload, error="too_many_pending")
            return
        self._start(self._send_event(name, payload))

    def tell(self, envelope: Envelope) -> None:
        """Send once, and let nobody wait for the ack."""
        self._start(self._tell(envelope))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_event(self, name: str, payload: Json) -> None:
        reason = ""
        for attempt, seconds in enumerate((0.0, *self._retry_delays)):
            if seconds:
                await asyncio.sleep(seconds)
            envelope = Envelope(
                "events_api", payload, "event", name, retry_attempt=attempt, retry_reason=reason
            )
            try:
                await self.ask(envelope)
            except Unacknowledged as failure:
                never_sent = not attempt and failure.reason == "no_connection"
                if never_sent or not failure.retry_reason:
                    return
                reason = failure.retry_reason
            else:
                return

    async def _tell(self, envelope: Envelope) -> None:
        with contextlib.suppress(Unacknowledged):
            await self.ask(envelope)

    async def _astray(self, fault: DeliveryFault, envelope: Envelope) -> None:
        await asyncio.sleep(fault.delay)
        if fault.reorder:
            overtaken = asyncio.Event()
            self._held.append(overtaken)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(overtaken.wait(), HELD_AT_MOST)
        if fault.duplicate:
            again = dataclasses.replace(envelope, id=str(uuid.uuid4()))
            self._start(self._send_copy(again))

    async def _send_copy(self, envelope: Envelope) -> None:
        with contextlib.suppress(Unacknowledged):
            await self._transport.ask(envelope)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
